//! Cards move between the lanes of the board: by mouse and by keyboard.

use crate::{
    browser::{Browser, Window},
    site::Site,
    support::TestApp,
};
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
