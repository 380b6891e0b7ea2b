//! The chair moves the day of launch by a decision: everything that moves is shown first, and says afterwards why it moved.

use crate::{
    browser::{Browser, Window},
    site::Site,
    support::TestApp,
};
use jiff::civil::date;
use tutti::platform::locale::{Language, T};

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_decision_moves_the_launch() {
    moves(Language::English).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_decision_moves_the_launch_in_chinese() {
    moves(Language::Chinese).await;
}

async fn moves(language: Language) {
    let t = T(language);
    let (app, geo) = TestApp::with_project().await;
    app.task(geo, "MKT", "Press kit", Some("liaison"), "2026-12-01").await;
    let site = Site::serve(app).await;
    let browser = Browser::open(&site.base, language, Window::Wide).await;
    browser.enter(&site, "chair").await;
    browser.go("/p/GEO/decisions/new").await;
    browser.is_on(&t.decisions_new_title()).await;
    browser.mark().await;
    browser.fill(&t.decisions_ruling_title(), "Launch a week later").await;
    browser.fill(&t.decisions_rationale(), "The audit takes a week more.").await;
    browser.choose(&t.decisions_kind_of(), &t.decisions_kind_change()).await;
    browser.choose(&t.decisions_owner(), "lead").await;
    browser.choose(&t.decisions_more(), &t.decisions_more_launch()).await;
    browser.press(&t.decisions_more_add()).await;
    browser.fill_in(&t.decisions_effect_launch(2), &t.decisions_new_launch(), "2027-01-19").await;
    let day = |day| t.day(day, date(2026, 11, 18));
    browser.sees(&t.decisions_then_launches(day(date(2027, 1, 19)), day(date(2027, 1, 12)))).await;
    browser.sees(&t.decisions_then_carries(3)).await;
    browser.has_section(&t.decisions_moves()).await;
    browser.sees("Press kit").await;
    browser.sees(&t.date(date(2026, 12, 8))).await;
    browser.is_same_page().await;
    browser.is_accessible().await;
    assert_eq!(site.value("select launches_on::text from projects where key = 'GEO'").await, "2027-01-12");
    browser.send(&t.escalation_decide()).await;
    browser.is_on("Launch a week later").await;
    browser.sees(&t.decisions_carried(3)).await;
    browser.is_accessible().await;
    assert_eq!(site.value("select launches_on::text from projects where key = 'GEO'").await, "2027-01-19");
    assert_eq!(site.value("select due_on::text from tasks").await, "2026-12-08");
    // From the task back to the decision.
    browser.go("/p/GEO/tasks/1").await;
    browser.sees(&t.task_moved_by()).await;
    browser.press("D-1 Launch a week later").await;
    browser.is_on("Launch a week later").await;
    browser.close().await;
}
