//! Goals from nothing: an objective, a key result, a split that does not add up and then does, and what was reached; and the
//! strategy above them. In both languages, on a wide screen and on a phone.

use crate::{
    browser::{Browser, Window},
    site::Site,
    support::TestApp,
};
use thirtyfour::Key;
use tutti::platform::locale::{Language, T};

/// The names of marketing and of the unit that is counted, in a language.
fn names(t: T) -> (&'static str, &'static str) {
    if t.is_chinese() { ("市场", "注册") } else { ("Marketing", "sign-ups") }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn goals_are_set_split_and_reported_on() {
    for (language, window) in [(Language::English, Window::Wide), (Language::Chinese, Window::Phone)] {
        let t = T(language);
        let (app, _) = TestApp::with_project().await;
        let site = Site::serve(app).await;
        let browser = Browser::open(&site.base, language, window).await;
        browser.enter(&site, "lead").await;
        strategy(&browser, t).await;
        objective(&browser, t).await;
        split(&browser, t).await;
        check_in(&browser, &site, t).await;
        browser.close().await;
    }
}

async fn strategy(browser: &Browser, t: T) {
    browser.go("/p/GEO/goals").await;
    browser.sees(&t.goals_none()).await;
    browser.is_accessible().await;
    browser.press(&t.goals_strategy_write()).await;
    for label in [
        t.goals_strategy_vision(),
        t.goals_strategy_way(),
        t.goals_strategy_audience(),
        t.goals_strategy_need(),
        t.goals_strategy_difference(),
        t.goals_strategy_worth(),
    ] {
        browser.fill(&label, &format!("{label} GEO")).await;
    }
    browser.is_accessible().await;
    browser.send(&t.goals_strategy_save()).await;
    browser.sees(&t.goals_strategy_done()).await;
    browser.go("/p/GEO/goals").await;
    browser.sees(&format!("{} GEO", t.goals_strategy_vision())).await;
}

async fn objective(browser: &Browser, t: T) {
    let (marketing, unit) = names(t);
    browser.press(&t.goals_objective_add()).await;
    browser.is_on(&t.goals_objective_add()).await;
    browser.send(&t.goals_objective_create()).await;
    browser.sees(&t.goals_objective_missing()).await;
    browser.is_accessible().await;
    browser.fill(&t.goals_objective_title(), "GEO Monitor 1.0").await;
    browser.send(&t.goals_objective_create()).await;
    browser.is_on(&t.goals_key_result_add()).await;
    browser.fill(&t.goals_key_result_title(), "5,000 trials").await;
    browser.choose(&t.goals_owner(), &t.request_part_with(marketing, "liaison")).await;
    browser.fill(&t.goals_unit(), unit).await;
    browser.fill(&t.goals_target(), "5,000").await;
    browser.is_accessible().await;
    browser.send(&t.goals_key_result_create()).await;
}

/// The hundred of one month is not the whole; what is filled is.
async fn split(browser: &Browser, t: T) {
    let (marketing, unit) = names(t);
    let missing = |amount: &str| t.goals_left_missing(t.goals_amount_named(amount, unit));
    browser.is_on(&t.goals_split()).await;
    browser.sees(&missing("5,000")).await;
    browser.is_accessible().await;
    browser.fill(&t.goals_cell(marketing, t.month(jiff::civil::date(2026, 11, 1))), "100").await;
    // Leaving a cell adds up what is there.
    browser.keys(Key::Tab).await;
    browser.sees(&missing("4,900")).await;
    browser.press(&format!("{} {}", t.goals_fill(), t.goals_fill_sub())).await;
    browser.send(&t.goals_fill_do()).await;
    browser.sees(&t.goals_filled()).await;
    browser.sees(&t.goals_left_nothing()).await;
    browser.is_accessible().await;
    browser.send(&t.goals_split_save()).await;
    browser.is_on("5,000 trials").await;
    browser.sees(&t.goals_left_nothing()).await;
    browser.is_accessible().await;
}

async fn check_in(browser: &Browser, site: &Site, t: T) {
    let (_, unit) = names(t);
    browser.enter(site, "liaison").await;
    browser.go("/p/GEO/goals").await;
    browser.press(&t.goals_enter()).await;
    browser.is_on(&t.goals_enter()).await;
    browser.is_accessible().await;
    browser.fill(&t.goals_reached_in(unit), "many").await;
    browser.send(&t.goals_enter_save()).await;
    browser.sees(&t.goals_amount_wrong()).await;
    browser.is_accessible().await;
    browser.fill(&t.goals_reached_in(unit), "312").await;
    browser.fill(&t.goals_note(), "GEO").await;
    browser.send(&t.goals_enter_save()).await;
    browser.sees(&t.goals_entered(1)).await;
    browser.sees(&format!("312 {}", t.goals_of("5,000"))).await;
    browser.is_accessible().await;
}
