//! A liaison asks another department; it offers another date, promises, slips; another request is refused twice and escalated.

use crate::{
    browser::{Browser, Window},
    site::Site,
    support::TestApp,
};
use jiff::civil::date;
use tutti::platform::locale::{Language, T};

const TITLE: &str = "Price book for the launch";

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_request_is_answered_kept_late_and_escalated() {
    let t = T(Language::English);
    let (app, geo) = TestApp::with_project().await;
    app.task(geo, "MKT", "Pricing page", Some("liaison"), "2026-11-27").await;
    let site = Site::serve(app).await;
    let browser = Browser::open(&site.base, Language::English, Window::Wide).await;
    browser.enter(&site, "liaison").await;
    asks_from_a_blocked_task(&browser, t).await;
    browser.enter(&site, "other").await;
    offers_another_date(&browser, t).await;
    browser.enter(&site, "liaison").await;
    agrees(&browser, t, &site).await;
    browser.enter(&site, "other").await;
    slips(&browser, t, &site).await;
    is_refused_twice_and_escalated(&browser, t, &site).await;
    browser.close().await;
}

async fn asks_from_a_blocked_task(browser: &Browser, t: T) {
    browser.go("/p/GEO/tasks/1").await;
    browser.send(&t.status_blocked()).await;
    browser.fill(&t.task_blocked_reason(), TITLE).await;
    browser.choose(&t.task_waits_for(), "Sales").await;
    browser.press(&t.task_mark_blocked()).await;
    browser.press(&t.request_ask_for_it("Sales")).await;
    browser.is_on(&t.request_ask()).await;
    browser.is_accessible().await;
    browser.send(&t.request_ask_send()).await;
    browser.is_on(TITLE).await;
    browser.sees(&t.request_state_asked()).await;
    browser.sees(&t.request_said_asked(t.date(date(2026, 11, 27)), "Marketing", "Sales")).await;
    browser.is_accessible().await;
    browser.go("/").await;
    browser.has_section(&t.my_work_i_wait_for()).await;
}

async fn offers_another_date(browser: &Browser, t: T) {
    browser.go("/").await;
    browser.has_section(&t.my_work_answers()).await;
    browser.press(TITLE).await;
    browser.is_on(TITLE).await;
    browser.press(&t.request_counter()).await;
    browser.fill(&t.request_other_day(), "2026-12-04").await;
    browser.send(&t.request_counter_send()).await;
    browser.sees(&t.request_why_missing()).await;
    browser.is_accessible().await;
    browser.fill(&t.request_why_other(), "The fair comes first.").await;
    browser.send(&t.request_counter_send()).await;
    browser.sees(&t.request_state_countered()).await;
    browser.is_accessible().await;
}

async fn agrees(browser: &Browser, t: T, site: &Site) {
    browser.go("/p/GEO").await;
    browser.tab(&t.tab_requests()).await;
    browser.is_accessible().await;
    browser.press(&format!("R-1 {TITLE}")).await;
    let day = t.day(date(2026, 12, 4), date(2026, 11, 18));
    browser.send(&t.request_agree(day.as_str())).await;
    browser.sees(&t.request_promise(day)).await;
    browser.is_accessible().await;
    assert_eq!(site.value("select due_on::text from tasks where number = 2").await, "2026-12-04");
}

/// Sales moves its task beyond the day it promised: both sides read it.
async fn slips(browser: &Browser, t: T, site: &Site) {
    browser.go("/p/GEO/tasks/2/edit").await;
    browser.fill(&t.task_due_on(), "2026-12-11").await;
    browser.send(&t.task_save()).await;
    browser.sees(&t.request_slips(1_i64)).await;
    browser.is_accessible().await;
    browser.enter(site, "liaison").await;
    browser.go("/").await;
    browser.sees(&t.request_slips(1_i64)).await;
    browser.go("/p/GEO/requests/1").await;
    browser.sees(&t.request_state_slipped()).await;
    browser.is_accessible().await;
}

async fn is_refused_twice_and_escalated(browser: &Browser, t: T, site: &Site) {
    browser.go("/p/GEO/requests/new?to=SAL").await;
    browser.fill(&t.request_title_field(), "Ten reference customers").await;
    browser.send(&t.request_ask_send()).await;
    browser.is_on("Ten reference customers").await;
    for reason in ["Nobody is free.", "Still nobody."] {
        browser.enter(site, "other").await;
        browser.go("/p/GEO/requests/2").await;
        browser.press(&t.request_decline()).await;
        browser.fill(&t.request_why_not(), reason).await;
        browser.send(&t.request_decline_send()).await;
        browser.sees(&t.request_state_declined()).await;
        browser.enter(site, "liaison").await;
        browser.go("/p/GEO/requests/2").await;
        if reason == "Nobody is free." {
            browser.fill(&t.request_why_insist(), "Launch hangs on it.").await;
            browser.send(&t.request_insist_send()).await;
            browser.sees(&t.request_state_asked()).await;
        }
    }
    browser.is_accessible().await;
    browser.press(&t.decisions_raise_button()).await;
    browser.is_on(&t.decisions_raise_button()).await;
    browser.is_accessible().await;
    browser.send(&t.decisions_raise_button()).await;
    browser.sees(&t.escalation_state_with_liaisons()).await;
    browser.go("/p/GEO/requests/2").await;
    browser.sees(&t.request_state_escalated()).await;
    browser.press(&t.request_open_escalation(1)).await;
    browser.sees(&t.escalation_state_with_liaisons()).await;
}
