//! The lead locks the baseline; a change is asked for, sized and accepted by both sides; the next goes over the budget and is
//! escalated.

use crate::{
    browser::{Browser, Window},
    site::Site,
    support::TestApp,
};
use tutti::{
    platform::locale::{Language, T},
    projects::scope::Days,
};

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn changes_are_counted_until_the_budget_is_used() {
    let t = T(Language::English);
    let (app, geo) = TestApp::with_project().await;
    for (name, code) in [("product", "PM"), ("rnd", "RND")] {
        app.person(name, "member").await;
        app.seat(geo, name, "liaison", Some(code)).await;
    }
    let site = Site::serve(app).await;
    let browser = Browser::open(&site.base, Language::English, Window::Wide).await;
    browser.enter(&site, "lead").await;
    browser.go("/p/GEO/scope").await;
    browser.sees(&t.scope_none()).await;
    browser.is_accessible().await;
    browser.press(&t.scope_set()).await;
    browser.is_on(&t.scope_set()).await;
    browser.is_accessible().await;
    browser.fill(&t.scope_in_scope(), "The MVP list.").await;
    browser.fill(&t.scope_budget_days(), "5").await;
    browser.send(&t.scope_set_save()).await;
    browser.sees(&t.scope_no_changes()).await;
    accepted(&browser, &site, t, ("Export", "2")).await;
    browser.sees(&t.scope_state_accepted()).await;
    browser.is_accessible().await;
    accepted(&browser, &site, t, ("Single sign-on", "4")).await;
    browser.sees(&t.scope_state_over_budget()).await;
    browser.press(&t.request_open_escalation(1)).await;
    browser.sees(&t.scope_question("C-2", "Single sign-on")).await;
    browser.go("/p/GEO/scope").await;
    browser.sees(&t.scope_waits_for_escalation()).await;
    browser.is_accessible().await;
    browser.close().await;
}

/// Sales asks, R&D sizes, both accept; the page of the change stays open.
async fn accepted(browser: &Browser, site: &Site, t: T, (title, size): (&str, &str)) {
    browser.enter(site, "other").await;
    browser.go("/p/GEO/scope").await;
    browser.press(&t.scope_ask()).await;
    browser.fill(&t.scope_title_field(), title).await;
    browser.send(&t.scope_ask_send()).await;
    browser.sees(&t.scope_why_missing()).await;
    browser.is_accessible().await;
    browser.fill(&t.scope_why(), "Pilots ask for it.").await;
    browser.send(&t.scope_ask_send()).await;
    browser.is_on(title).await;
    browser.enter(site, "rnd").await;
    browser.go("/").await;
    browser.press(title).await;
    browser.fill(&t.scope_size_field(), size).await;
    browser.is_accessible().await;
    browser.send(&t.scope_size_send()).await;
    let days = Days::parse(size).map(|days| days.words(t)).unwrap_or_default();
    browser.send(&t.scope_accept_for("R&D", days.as_str())).await;
    browser.enter(site, "product").await;
    browser.go("/").await;
    browser.press(title).await;
    browser.send(&t.scope_accept_for("Product", days.as_str())).await;
    browser.is_on(title).await;
}
