//! The liaison updates tasks: on a phone, with a script and without.

use crate::{
    browser::{Browser, Window},
    site::Site,
    support::TestApp,
};
use thirtyfour::Key;
use tutti::platform::locale::{Language, T};

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_liaison_updates_tasks_on_a_phone() {
    on_a_phone(Language::English).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_liaison_updates_tasks_on_a_phone_in_chinese() {
    on_a_phone(Language::Chinese).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_liaison_updates_tasks_without_script() {
    without_script(Language::English).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_liaison_updates_tasks_without_script_in_chinese() {
    without_script(Language::Chinese).await;
}

/// Four tasks of the liaison of marketing: late, due today, two due this week.
async fn site() -> Site {
    let (app, geo) = TestApp::with_project().await;
    for (title, due) in [
        ("Pricing page", "2026-11-13"),
        ("Launch film", "2026-11-18"),
        ("Webinar", "2026-11-20"),
        ("Battle cards", "2026-11-20"),
    ] {
        app.task(geo, "MKT", title, Some("liaison"), due).await;
    }
    Site::serve(app).await
}

const STATUSES: &str = "select string_agg(status, ' ' order by number) from tasks";

fn sales(t: T) -> &'static str {
    if t.is_chinese() { "销售" } else { "Sales" }
}

async fn on_a_phone(language: Language) {
    let (t, site) = (T(language), site().await);
    let browser = Browser::open(&site.base, language, Window::Phone).await;
    browser.enter(&site, "liaison").await;
    updates_in_place(&browser, t, &site).await;
    by_keyboard(&browser, t, &site).await;
    browser.close().await;
}

/// N changes are N choices on one page, and one more says that the rest is on track; what is late is not among it.
async fn updates_in_place(browser: &Browser, t: T, site: &Site) {
    browser.go("/").await;
    for heading in [t.my_work_late(), t.my_work_today(), t.my_work_week()] {
        browser.has_section(&heading).await;
    }
    browser.sees(&t.my_work_nobody_waits()).await;
    browser.is_accessible().await;
    browser.script("scrollTo(0, 200)").await;
    let bar = "scrollY > 0 && document.querySelector('.me').getBoundingClientRect().top === 0";
    browser.until("the account menu in the bar on top", bar).await;
    browser.mark().await;
    browser.set_status("Launch film", &t.status_done()).await;
    browser.sees(&t.my_work_moved(t.status_done(), "Launch film")).await;
    browser.has_no_section(&t.my_work_today()).await;
    assert_eq!(site.value(STATUSES).await, "todo done todo todo");
    browser.press(&t.undo()).await;
    browser.sees(&t.my_work_moved(t.status_todo(), "Launch film")).await;
    browser.has_section(&t.my_work_today()).await;
    browser.set_status("Webinar", &t.status_blocked()).await;
    browser.sees(&t.task_blocked_question()).await;
    browser.is_accessible().await;
    browser.fill(&t.task_blocked_reason(), "No speaker yet").await;
    browser.choose(&t.task_waits_for(), sales(t)).await;
    browser.press(&t.task_mark_blocked()).await;
    browser.sees(&t.my_work_moved(t.status_blocked(), "Webinar")).await;
    browser.sees(&t.my_work_waits_for_part(sales(t))).await;
    browser.press(&t.my_work_confirm(1_usize)).await;
    browser.sees(&t.my_work_confirmed(1_usize)).await;
    browser.sees(&t.my_work_left_out(t.my_work_quoted("Pricing page"))).await;
    browser.until("the focus near what was pressed", "document.activeElement.id === 'mine'").await;
    browser.is_same_page().await;
    browser.is_accessible().await;
    assert_eq!(site.value(STATUSES).await, "todo todo blocked todo");
    assert_eq!(site.value("select blocked_reason from tasks where number = 3").await, "No speaker yet");
    assert_eq!(site.value("select count(*)::text from events where kind = 'task.reviewed'").await, "1");
}

/// The arrow keys choose, Enter or leaving the row saves; a blocked task asks, and left alone it stands as it was. A date
/// comes from a menu.
async fn by_keyboard(browser: &Browser, t: T, site: &Site) {
    browser.go("/").await;
    browser.mark().await;
    let before = site.posts();
    browser.script("document.querySelector('#GEO-1 select').focus()").await;
    browser.keys(Key::Down).await;
    browser.until("chosen", "document.querySelector('#GEO-1 select').value === 'doing'").await;
    assert_eq!(site.posts(), before, "on the way to another status nothing is sent");
    browser.keys(Key::Enter).await;
    browser.sees(&t.my_work_moved(t.status_doing(), "Pricing page")).await;
    browser.until("the focus on it", "document.activeElement.matches('#GEO-1 select')").await;
    browser.keys(Key::Down).await;
    browser.keys(Key::Tab).await;
    browser.sees(&t.task_blocked_question()).await;
    browser.keys(Key::Escape).await;
    browser.until("as it was", "document.querySelector('#GEO-1 select').value === 'doing'").await;
    assert_eq!(site.value(STATUSES).await, "doing todo blocked todo");
    browser.script("document.querySelector('#GEO-1 select').focus()").await;
    browser.keys(Key::Up).await;
    browser.keys(Key::Tab).await;
    browser.sees(&t.my_work_moved(t.status_todo(), "Pricing page")).await;
    browser.script("document.querySelector('#GEO-1 summary').focus()").await;
    browser.keys(Key::Enter).await;
    browser.until("the focus in the menu", "document.activeElement.matches('#due-menu-open [name=due_on]')").await;
    browser.keys(Key::Escape).await;
    browser.until("the focus back", "document.activeElement.matches('#GEO-1 summary')").await;
    browser.keys(Key::Enter).await;
    browser.fill(&t.my_work_set_date(), "2026-12-01").await;
    browser.press(&t.my_work_set_date()).await;
    let day = t.day(jiff::civil::date(2026, 12, 1), jiff::civil::date(2026, 11, 18));
    browser.sees(&t.my_work_due(day, "Pricing page")).await;
    browser.is_same_page().await;
    assert_eq!(site.value("select due_on::text from tasks where number = 1").await, "2026-12-01");
    browser.press(&t.undo()).await;
    browser.until("sent", "document.querySelector('#GEO-1 [type=date]').value === '2026-11-13'").await;
    assert_eq!(site.posts(), before + 4, "two statuses, a date, and the date taken back");
    browser.script("document.querySelector('#GEO-4 .tick').focus()").await;
    browser.keys(Key::Enter).await;
    browser.sees(&t.my_work_moved(t.status_done(), "Battle cards")).await;
    browser.until("the focus near it", "document.activeElement.closest('#GEO-3')").await;
    browser.is_same_page().await;
    assert_eq!(site.value(STATUSES).await, "todo todo blocked done");
}

/// One form with one submit.
async fn without_script(language: Language) {
    let (t, site) = (T(language), site().await);
    let browser = Browser::open(&site.base, language, Window::PlainPhone).await;
    browser.enter(&site, "liaison").await;
    browser.go("/").await;
    browser.sees(&t.my_work_form_hint()).await;
    // The first row is the late one.
    browser.set_status("Pricing page", &t.status_blocked()).await;
    browser.fill(&t.task_blocked_reason(), "No price yet").await;
    browser.fill(&t.task_waits_for(), sales(t)).await;
    browser.set_status("Launch film", &t.status_done()).await;
    browser.press(&t.my_work_confirm(3_usize)).await;
    browser.sees(&t.my_work_saved(2_usize)).await;
    browser.sees(&t.my_work_confirmed(2_usize)).await;
    browser.sees("No price yet").await;
    assert_eq!(site.value(STATUSES).await, "blocked done todo todo");
    // A mistake comes back with what was chosen.
    browser.set_status("Webinar", &t.status_blocked()).await;
    browser.press(&t.my_work_save_all()).await;
    browser.sees(&t.errors_title(1_usize)).await;
    browser.sees(&t.task_refused_reason_missing()).await;
    assert_eq!(site.value(STATUSES).await, "blocked done todo todo");
    browser.close().await;
}
