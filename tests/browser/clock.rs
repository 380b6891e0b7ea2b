//! A disagreement that nobody settles: the clock alone brings it to the lead and to the committee, and the ledger counts it.

use crate::{
    browser::{Browser, Window},
    site::Site,
    support::{TestApp, disputes::raised},
};
use tutti::platform::{
    jobs,
    locale::{Language, T},
};

const QUESTION: &str = "What should the Team plan cost at launch?";

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_clock_alone_brings_a_disagreement_to_the_committee() {
    for (language, window) in [(Language::English, Window::Wide), (Language::Chinese, Window::Phone)] {
        let t = T(language);
        let (app, geo) = TestApp::with_project().await;
        let path = raised(&app, geo).await;
        let site = Site::serve(app).await;
        let browser = Browser::open(&site.base, language, window).await;
        browser.enter(&site, "lead").await;
        browser.go(&path).await;
        browser.sees(&t.escalation_state_with_liaisons()).await;

        // Two working days for the liaisons, two for the lead; nobody says a word.
        time_passes(&site, "2026-11-20T02:00:00Z").await;
        browser.go("/").await;
        browser.press_link(QUESTION).await;
        browser.sees(&t.escalation_state_with_lead()).await;
        browser.is_accessible().await;
        browser.enter(&site, "chair").await;
        browser.go("/committee").await;
        browser.sees(&t.committee_nothing()).await;

        time_passes(&site, "2026-11-24T02:00:00Z").await;
        browser.enter(&site, "chair").await;
        browser.go("/committee").await;
        browser.is_accessible().await;
        browser.press(&format!("E-1 {QUESTION}")).await;
        browser.sees(&t.escalation_state_with_committee()).await;
        browser.go("/p/GEO/history").await;
        let case = t.events_asked("E-1", QUESTION);
        for sentence in [t.events_time_over_lead(&*case), t.events_time_over_committee(&*case)] {
            // A space stands where two scripts meet.
            browser.sees(&sentence.replace("上报E", "上报 E")).await;
        }
        let actors = "select string_agg(distinct actor_id::text, ',') from events where kind like 'escalation.time%'";
        assert_eq!(site.value(actors).await, "", "nobody did it");
        is_counted(&browser, t, &path).await;
        browser.close().await;
    }
}

/// In the ledger of the project, and in the one of all projects with the same figures.
async fn is_counted(browser: &Browser, t: T, path: &str) {
    // Where a case is named, the ledger of all projects names its project too.
    let figures =
        "return [...document.querySelectorAll('#sums dd, #ledger td')].map(cell => cell.innerText.replace('GEO ', ''))";
    browser.go("/p/GEO/requests").await;
    browser.press(&t.ledger_title()).await;
    browser.sees(&t.ledger_by_pair()).await;
    browser.is_accessible().await;
    let of_project = browser.script(figures).await;
    assert!(of_project.as_array().is_some_and(|cells| cells.len() > 10), "{of_project}");
    browser.go("/ledger").await;
    browser.is_on(&t.ledger_title()).await;
    browser.is_accessible().await;
    assert_eq!(browser.script(figures).await, of_project);
    browser.press("GEO E-1").await;
    assert_eq!(browser.path().await, path);
}

/// It is `now`, and the worker does what is due.
async fn time_passes(site: &Site, now: &str) {
    let state = &site.app.state;
    state.clock.set(now.parse().unwrap());
    let mut lease = state.db.begin().await.unwrap();
    jobs::enqueue(&mut lease, "decisions.run_clocks", serde_json::json!({}), None).await.unwrap();
    lease.commit().await.unwrap();
    tutti::jobs::worker(state).await.unwrap().run_once().await.unwrap();
}
