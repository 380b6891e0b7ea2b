//! The playbook: published, read with one wrong choice on the way, changed, and read again. In both languages, on a wide screen and
//! on a phone.

use crate::{
    browser::{Browser, Window},
    site::Site,
    support::TestApp,
};
use tutti::platform::locale::{Language, T};

const AUDIENCE: &str = "Brands that sell overseas";
const NEED: &str = "They cannot see it";
const NEW_NEED: &str = "They lose customers";
const DIFFERENCE: &str = "Answers, not links";

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_version_is_published_read_changed_and_read_again() {
    for (language, window) in [(Language::English, Window::Wide), (Language::Chinese, Window::Phone)] {
        let t = T(language);
        let (app, _) = TestApp::with_project().await;
        let site = Site::serve(app).await;
        let browser = Browser::open(&site.base, language, window).await;
        browser.enter(&site, "lead").await;
        first(&browser, t).await;
        browser.enter(&site, "liaison").await;
        read(&browser, t).await;
        browser.enter(&site, "lead").await;
        second(&browser, t).await;
        browser.enter(&site, "liaison").await;
        read_again(&browser, t).await;
        browser.close().await;
    }
}

/// The page from nothing: what is missing, the strategy, the draft, the version.
async fn first(browser: &Browser, t: T) {
    browser.go("/p/GEO/playbook").await;
    browser.sees(&t.playbook_none()).await;
    browser.is_accessible().await;
    browser.press_link(&t.playbook_look()).await;
    browser.sees(&t.playbook_needs_strategy()).await;
    browser.is_accessible().await;
    browser.press_link(&t.goals_strategy_write()).await;
    for (label, text) in [
        (t.goals_strategy_vision(), "Every brand knows"),
        (t.goals_strategy_way(), "Start small"),
        (t.goals_strategy_audience(), AUDIENCE),
        (t.goals_strategy_need(), NEED),
        (t.goals_strategy_difference(), DIFFERENCE),
        (t.goals_strategy_worth(), "3,000 customers"),
    ] {
        browser.fill(&label, text).await;
    }
    browser.send(&t.goals_strategy_save()).await;
    browser.sees(&t.goals_strategy_done()).await;
    browser.go("/p/GEO/playbook/draft").await;
    browser.is_on(&t.playbook_publish_number(1)).await;
    browser.sees(&t.playbook_will_ask()).await;
    browser.is_accessible().await;
    browser.send(&t.playbook_publish_number(1)).await;
    browser.sees(&t.playbook_publish_done(1)).await;
    browser.sees(&t.playbook_done(0, 4)).await;
    browser.is_accessible().await;
}

/// From my work to the questions; the wrong choice is told calmly.
async fn read(browser: &Browser, t: T) {
    browser.go("/").await;
    browser.sees(&t.my_work_playbook(1)).await;
    browser.go("/p/GEO/playbook").await;
    browser.sees(&t.playbook_must_read(1)).await;
    browser.is_accessible().await;
    browser.press_link(&t.playbook_acknowledge()).await;
    browser.is_on(&t.playbook_three(1)).await;
    browser.is_accessible().await;
    browser.pick_in(&t.goals_strategy_audience(), AUDIENCE).await;
    browser.pick_in(&t.goals_strategy_need(), DIFFERENCE).await;
    browser.pick_in(&t.goals_strategy_difference(), DIFFERENCE).await;
    browser.send(&t.playbook_answer()).await;
    browser.sees(&t.playbook_not_right()).await;
    browser.is_accessible().await;
    browser.pick_in(&t.goals_strategy_need(), NEED).await;
    browser.send(&t.playbook_answer()).await;
    browser.sees(&t.playbook_read_done(1)).await;
    browser.sees(&t.playbook_you_read(1)).await;
}

/// Another answer: what changed, and that everybody reads again.
async fn second(browser: &Browser, t: T) {
    browser.go("/p/GEO/goals/strategy/edit").await;
    browser.fill(&t.goals_strategy_need(), NEW_NEED).await;
    browser.fill(&t.goals_strategy_reason(), "Sales learned more").await;
    browser.send(&t.goals_strategy_save()).await;
    browser.sees(&t.goals_strategy_done()).await;
    browser.go("/p/GEO/playbook").await;
    browser.sees(&t.playbook_has_read()).await;
    browser.press_link(&t.playbook_next()).await;
    browser.is_on(&t.playbook_publish_number(2)).await;
    browser.sees(&t.playbook_change_said(t.goals_strategy_need())).await;
    browser.is_accessible().await;
    browser.fill(&t.playbook_note(), "The need").await;
    browser.send(&t.playbook_publish_number(2)).await;
    browser.sees(&t.playbook_publish_done(2)).await;
}

async fn read_again(browser: &Browser, t: T) {
    browser.go("/p/GEO/playbook").await;
    browser.sees(&t.playbook_must_read(2)).await;
    browser.sees(&t.playbook_since(1)).await;
    browser.sees(&t.playbook_change_said(t.goals_strategy_need())).await;
    browser.is_accessible().await;
    browser.press_link(&t.playbook_acknowledge()).await;
    browser.is_on(&t.playbook_three(2)).await;
    browser.pick_in(&t.goals_strategy_audience(), AUDIENCE).await;
    browser.pick_in(&t.goals_strategy_need(), NEW_NEED).await;
    browser.pick_in(&t.goals_strategy_difference(), DIFFERENCE).await;
    browser.send(&t.playbook_answer()).await;
    browser.sees(&t.playbook_read_done(2)).await;
    browser.go("/p/GEO/playbook?version=1").await;
    browser.sees(&t.playbook_is_old()).await;
    browser.sees(NEED).await;
}
