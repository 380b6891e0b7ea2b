//! Cards move between the lanes of the board: by mouse, by keyboard, and by touch on a phone.

use crate::{
    browser::{Browser, Window},
    site::Site,
    support::TestApp,
};
use serde_json::json;
use std::time::{Duration, Instant};
use thirtyfour::Key;
use tutti::platform::locale::{Language, T};

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn cards_move_by_mouse_and_by_keyboard() {
    at_a_desk(Language::English).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn cards_move_by_mouse_and_by_keyboard_in_chinese() {
    at_a_desk(Language::Chinese).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn cards_move_by_touch() {
    on_a_phone(Language::English).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn cards_move_by_touch_in_chinese() {
    on_a_phone(Language::Chinese).await;
}

/// Three tasks of the liaison of marketing, not begun.
async fn site() -> Site {
    let (app, geo) = TestApp::with_project().await;
    for title in ["Pricing page", "Launch film", "Webinar"] {
        app.task(geo, "MKT", title, Some("liaison"), "2026-11-20").await;
    }
    Site::serve(app).await
}

const STATUSES: &str = "select string_agg(status, ' ' order by number) from tasks";

async fn at_a_desk(language: Language) {
    let (t, site) = (T(language), site().await);
    let browser = Browser::open(&site.base, language, Window::Wide).await;
    browser.enter(&site, "liaison").await;
    browser.go("/p/GEO/work").await;
    browser.mark().await;
    by_mouse(&browser, t, &site).await;
    by_keyboard(&browser, t, &site).await;
    asks_before_blocking(&browser, t, &site).await;
    browser.is_same_page().await;
    browser.is_accessible().await;
    browser.go("/p/GEO/work").await;
    for title in ["Pricing page", "Launch film"] {
        browser.card(&t.status_doing(), title).await;
    }
    browser.close().await;
}

async fn by_mouse(browser: &Browser, t: T, site: &Site) {
    let card = browser.card(&t.status_todo(), "Pricing page").await;
    let lane = browser.lane(&t.status_doing()).await;
    browser.driver.action_chain().drag_and_drop_element(&card, &lane).perform().await.unwrap();
    browser.card(&t.status_doing(), "Pricing page").await;
    browser.until("sent", "!document.querySelector('[aria-busy]')").await;
    browser.sees(&t.task_status_set(t.status_doing(), "GEO-1")).await;
    assert_eq!(site.value(STATUSES).await, "doing todo todo");
}

/// Space lifts and puts down, arrows choose the lane; Escape puts the card back.
async fn by_keyboard(browser: &Browser, t: T, site: &Site) {
    let card = browser.card(&t.status_todo(), "Launch film").await;
    card.focus().await.unwrap();
    lifted_by_keyboard(browser, t).await;
    let before = site.posts();
    browser.keys(Key::Escape).await;
    browser.until("put back", "!document.querySelector('.lifted, .over')").await;
    lifted_by_keyboard(browser, t).await;
    assert_eq!(site.posts(), before, "put back, nothing is sent");
    browser.keys(" ").await;
    browser.sees(&t.task_status_set(t.status_doing(), "GEO-2")).await;
    browser.card(&t.status_doing(), "Launch film").await;
    browser.until("the focus on the card", "document.activeElement.textContent.trim() === 'Launch film'").await;
    assert_eq!(site.value(STATUSES).await, "doing doing todo");
}

async fn lifted_by_keyboard(browser: &Browser, t: T) {
    let live = "document.querySelector('#live').textContent";
    browser.keys(" ").await;
    browser.until("picked up", &format!("{live}.includes('Launch film')")).await;
    browser.keys(Key::Right).await;
    browser.until("another lane", &format!("{live}.includes('{}')", t.status_doing())).await;
}

/// Dropped on "Blocked" a card asks first; left there, it goes home.
async fn asks_before_blocking(browser: &Browser, t: T, site: &Site) {
    let card = browser.card(&t.status_doing(), "Pricing page").await;
    let lane = browser.lane(&t.status_blocked()).await;
    browser.driver.action_chain().drag_and_drop_element(&card, &lane).perform().await.unwrap();
    browser.sees(&t.task_blocked_question()).await;
    browser.press(&t.cancel()).await;
    browser.card(&t.status_doing(), "Pricing page").await;
    assert_eq!(site.value(STATUSES).await, "doing doing todo");
}

/// A phone shows one lane and a bit of the next: a card that is held at an edge pulls the board along.
async fn on_a_phone(language: Language) {
    let (t, site) = (T(language), site().await);
    let browser = Browser::open(&site.base, language, Window::Phone).await;
    browser.enter(&site, "liaison").await;
    browser.go("/p/GEO/work").await;
    browser.card(&t.status_todo(), "Pricing page").await;
    browser.is_accessible().await;
    browser.mark().await;
    a_swipe_only_scrolls(&browser, t, &site).await;
    let (todo, done) = (t.status_todo(), t.status_done());
    let before = site.posts();
    carry(&browser, (&todo, "Pricing page"), None, &LAST).await;
    lies_in(&browser, t, &done, "GEO-1", "Pricing page").await;
    assert_eq!(site.value(STATUSES).await, "done todo todo");
    // The card stays with the finger that lifted it; another finger lifts none.
    carry(&browser, (&todo, "Launch film"), Some("Webinar"), &LAST).await;
    lies_in(&browser, t, &done, "GEO-2", "Launch film").await;
    assert_eq!(site.value(STATUSES).await, "done done todo");
    carry(&browser, (&done, "Pricing page"), None, &FIRST).await;
    lies_in(&browser, t, &todo, "GEO-1", "Pricing page").await;
    assert_eq!(site.value(STATUSES).await, "todo done todo");
    assert_eq!(site.posts(), before + 3);
    browser.is_accessible().await;
    browser.close().await;
}

/// An end of the board, where it stops: where a finger pulls it, and the lane that comes to lie there.
struct End {
    x: f64,
    lane: &'static str,
}

const FIRST: End = End { x: 20.0, lane: "todo" };
const LAST: End = End { x: 390.0 - 20.0, lane: "done" };

/// Lifts a card, rests at an edge of the board until its end lies under the finger, and lets go there. A bystander is a
/// card of the same lane on which a second finger lies meanwhile.
async fn carry(browser: &Browser, (lane, title): (&str, &str), bystander: Option<&str>, end: &End) {
    let (x, y) = press_long(browser, lane, title).await;
    let mut fingers = vec![(end.x, y)];
    if let Some(other) = bystander {
        let second = browser.middle(&browser.card(lane, other).await).await;
        browser.touch(&[(x, y), second]).await;
        fingers.push(second);
    }
    browser.slide(&fingers).await;
    let over = format!("document.querySelector('.lane.over')?.dataset.lane === '{}'", end.lane);
    browser.until("over the lane at the end", &over).await;
    browser.lift().await;
}

/// Rests a finger on a card until it is lifted; answers where.
async fn press_long(browser: &Browser, lane: &str, title: &str) -> (f64, f64) {
    let card = browser.card(lane, title).await;
    card.scroll_into_view().await.unwrap();
    let point = browser.middle(&card).await;
    browser.touch(&[point]).await;
    browser.until("picked up", "document.querySelector('.lifted')").await;
    point
}

/// The card is there, at once and after the page is loaded again.
async fn lies_in(browser: &Browser, t: T, lane: &str, label: &str, title: &str) {
    browser.card(lane, title).await;
    browser.until("sent", "!document.querySelector('[aria-busy]')").await;
    browser.sees(&t.task_status_set(lane, label)).await;
    browser.until("nothing is lifted", "!document.querySelector('.lifted, .ghost')").await;
    browser.is_same_page().await;
    browser.go("/p/GEO/work").await;
    browser.card(lane, title).await;
    browser.mark().await;
}

async fn a_swipe_only_scrolls(browser: &Browser, t: T, site: &Site) {
    let before = site.posts();
    let began = Instant::now();
    let watch = "const board = document.querySelector('#board');
        board.addEventListener('scroll', () => { window.moved ||= board.scrollLeft > 60; window.rests = false; });
        board.addEventListener('scrollend', () => { window.rests = window.moved; });";
    browser.script(watch).await;
    loop {
        let card = browser.card(&t.status_todo(), "Pricing page").await;
        card.scroll_into_view().await.unwrap();
        let (x, y) = browser.middle(&card).await;
        browser.touch(&[(x, y)]).await;
        for step in 1..=4 {
            browser.slide(&[(x - 30.0 * f64::from(step), y)]).await;
        }
        // On a busy machine the first of them may come so late that it is no swipe but a long press.
        let is_lifted = browser.script("return Boolean(document.querySelector('.lifted'))").await == json!(true);
        browser.lift().await;
        if !is_lifted {
            break;
        }
        assert!(began.elapsed() < Duration::from_secs(15), "every swipe lifts the card");
    }
    // A board that still moves would be stopped by the next touch, and only that.
    browser.until("scrolled and at rest", "window.rests").await;
    browser.until("nothing is lifted", "!document.querySelector('.lifted, .ghost')").await;
    assert_eq!(site.posts(), before, "a swipe sends nothing");
}
