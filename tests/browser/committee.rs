//! The committee votes on an escalation, and its chair records the decision that changes the plan.

use crate::{
    browser::{Browser, Window},
    site::Site,
    support::{TestApp, disputes::before_committee},
};
use jiff::civil::date;
use tutti::platform::locale::{Language, T};

const QUESTION: &str = "E-1 What should the Team plan cost at launch?";

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_committee_decides() {
    decides(Language::English).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_committee_decides_in_chinese() {
    decides(Language::Chinese).await;
}

async fn decides(language: Language) {
    let t = T(language);
    let (app, geo) = TestApp::with_project().await;
    app.task(geo, "MKT", "Publish the pricing page", Some("liaison"), "2026-11-20").await;
    let path = before_committee(&app, geo).await;
    let site = Site::serve(app).await;
    let browser = Browser::open(&site.base, language, Window::Wide).await;
    browser.enter(&site, "committee").await;
    votes(&browser, t, &site).await;
    browser.enter(&site, "chair").await;
    browser.go("/committee").await;
    browser.press(QUESTION).await;
    browser.press(&t.escalation_decide()).await;
    records(&browser, t, &site).await;
    follows(&browser, t, &path).await;
    browser.close().await;
}

/// A member dissents from the lead's recommendation (B): the reason is asked for.
async fn votes(browser: &Browser, t: T, site: &Site) {
    browser.go("/").await;
    browser.press_link(&t.nav_committee()).await;
    browser.is_on(&t.nav_committee()).await;
    browser.sees(&t.committee_your_vote()).await;
    browser.is_accessible().await;
    browser.press(QUESTION).await;
    browser.sees(&t.escalation_state_with_committee()).await;
    browser.sees("Seven of eleven lost pilots named price.").await;
    browser.is_accessible().await;
    browser.mark().await;
    browser.tick(&t.labelled("A", "299 flat")).await;
    browser.send(&t.escalation_vote()).await;
    browser.sees(&t.escalation_reason_missing()).await;
    browser.until("the focus on the mistakes", "document.activeElement.classList.contains('errors')").await;
    browser.is_accessible().await;
    browser.fill(&t.escalation_reason(), "Margin first").await;
    browser.send(&t.escalation_vote()).await;
    browser.sees(&t.escalation_vote_cast()).await;
    browser.sees(&t.escalation_vote_again()).await;
    browser.is_same_page().await;
    browser.is_accessible().await;
    assert_eq!(site.value("select string_agg(reason, ',') from ballots").await, "Margin first");
    browser.go("/committee").await;
    browser.sees(&t.committee_voted_for("A")).await;
}

/// The chair sees every consequence before the one button, and afterwards the decision.
async fn records(browser: &Browser, t: T, site: &Site) {
    browser.is_on(&t.decisions_decide_title()).await;
    browser.sees(&t.decisions_then_closes_with("E-1", "A")).await;
    browser.is_accessible().await;
    browser.mark().await;
    browser.tick(&t.labelled("B", "399 flat")).await;
    browser.sees(&t.decisions_then_closes_with("E-1", "B")).await;
    browser.fill(&t.decisions_rationale(), "It keeps the **margin**.").await;
    browser.choose(&t.decisions_owner(), "lead").await;
    browser.press(&t.decisions_more_move()).await;
    let row = t.decisions_effect_move(2);
    browser.fill_in(&row, &t.decisions_evidence_task(), "GEO-1").await;
    browser.fill_in(&row, &t.decisions_new_due(), "2026-12-01").await;
    let today = date(2026, 11, 18);
    let day = |day| t.day(day, today);
    let name = "GEO-1 Publish the pricing page";
    browser.sees(&t.decisions_then_moves(day(date(2026, 12, 1)), day(date(2026, 11, 20)), name)).await;
    let rationale = browser.field(&t.decisions_rationale()).await.prop("value").await.unwrap().unwrap();
    assert_eq!(rationale, "It keeps the **margin**.", "another row changes nothing else");
    browser.is_same_page().await;
    browser.is_accessible().await;
    assert_eq!(site.value("select count(*)::text from decisions").await, "0", "looking changes nothing");
    browser.send(&t.escalation_decide()).await;
    browser.is_on("399 flat").await;
    browser.sees(&t.decisions_consequences()).await;
    browser.is_accessible().await;
    assert_eq!(site.value("select due_on::text from tasks where number = 1").await, "2026-12-01");
}

/// From the decision to the task whose date it moved, back, and into the register; the escalation is closed.
async fn follows(browser: &Browser, t: T, path: &str) {
    browser.press("GEO-1 Publish the pricing page").await;
    browser.is_on("Publish the pricing page").await;
    browser.sees(&t.task_moved_by()).await;
    browser.is_accessible().await;
    browser.press("D-1 399 flat").await;
    browser.is_on("399 flat").await;
    browser.go("/p/GEO/decisions").await;
    browser.is_on("GEO Monitor").await;
    browser.sees("D-1 399 flat").await;
    browser.is_accessible().await;
    browser.go(path).await;
    browser.sees(&t.escalation_state_decided()).await;
    browser.press(&t.escalation_open_decision(1)).await;
    browser.is_on("399 flat").await;
    browser.go("/committee").await;
    browser.sees("D-1 399 flat").await;
    browser.sees(&t.committee_nothing()).await;
    browser.is_accessible().await;
}
