//! The liaison updates tasks: on a phone, with a script and without.

use crate::{
    browser::{Browser, Window},
    site::Site,
    support::TestApp,
};
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

/// Three tasks of the liaison of marketing: late, due today, due this week.
async fn site() -> Site {
    let (app, geo) = TestApp::with_project().await;
    for (title, due) in [("Pricing page", "2026-11-13"), ("Launch film", "2026-11-18"), ("Webinar", "2026-11-20")] {
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
    browser.close().await;
}

/// N changes are N clicks on one page, and one more says that the rest is on track.
async fn updates_in_place(browser: &Browser, t: T, site: &Site) {
    browser.go("/").await;
    for heading in [t.my_work_late(), t.my_work_today(), t.my_work_week()] {
        browser.has_section(&heading).await;
    }
    browser.sees(&t.my_work_nobody_waits()).await;
    browser.is_accessible().await;
    browser.mark().await;
    browser.press_in(&t.status_of("Launch film"), &t.status_done()).await;
    browser.sees(&t.my_work_moved(t.status_done(), "Launch film")).await;
    browser.has_no_section(&t.my_work_today()).await;
    assert_eq!(site.value(STATUSES).await, "todo done todo");
    browser.press(&t.undo()).await;
    browser.sees(&t.my_work_moved(t.status_todo(), "Launch film")).await;
    browser.has_section(&t.my_work_today()).await;
    browser.press_in(&t.status_of("Webinar"), &t.status_blocked()).await;
    browser.sees(&t.task_blocked_question()).await;
    browser.is_accessible().await;
    browser.fill(&t.task_blocked_reason(), "No speaker yet").await;
    browser.choose(&t.task_waits_for(), sales(t)).await;
    browser.press(&t.task_mark_blocked()).await;
    browser.sees(&t.my_work_moved(t.status_blocked(), "Webinar")).await;
    browser.sees(&t.my_work_waits_for_part(sales(t))).await;
    browser.press(&t.my_work_confirm()).await;
    browser.sees(&t.my_work_all_confirmed()).await;
    browser.is_same_page().await;
    browser.is_accessible().await;
    assert_eq!(site.value(STATUSES).await, "todo todo blocked");
    assert_eq!(site.value("select blocked_reason from tasks where number = 3").await, "No speaker yet");
    assert_eq!(site.value("select count(*)::text from events where kind = 'task.reviewed'").await, "1");
}

/// One form with one submit.
async fn without_script(language: Language) {
    let (t, site) = (T(language), site().await);
    let browser = Browser::open(&site.base, language, Window::PlainPhone).await;
    browser.enter(&site, "liaison").await;
    browser.go("/").await;
    browser.sees(&t.my_work_form_hint()).await;
    // The first row is the late one.
    browser.choose(&t.status_of("Pricing page"), &t.status_blocked()).await;
    browser.fill(&t.my_work_reason(), "No price yet").await;
    browser.choose(&t.my_work_waits_for(), sales(t)).await;
    browser.choose(&t.status_of("Launch film"), &t.status_done()).await;
    browser.press(&t.my_work_confirm()).await;
    browser.sees(&t.my_work_saved(2_usize)).await;
    browser.sees(&t.my_work_confirmed(1_usize)).await;
    browser.sees("No price yet").await;
    assert_eq!(site.value(STATUSES).await, "blocked done todo");
    // A mistake comes back with what was chosen.
    browser.choose(&t.status_of("Webinar"), &t.status_blocked()).await;
    browser.press(&t.my_work_save()).await;
    browser.sees(&t.errors_title(1_usize)).await;
    browser.sees(&t.task_refused_reason_missing()).await;
    assert_eq!(site.value(STATUSES).await, "blocked done todo");
    browser.close().await;
}
