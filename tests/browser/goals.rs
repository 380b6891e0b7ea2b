//! Goals from nothing: an objective, a key result, a split that does not add up and then does, the sign-off by the committee, what
//! was reached, and a change that is the committee's; and the strategy above them. In both languages, on a wide screen and on a phone.

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
        sign_off(&browser, &site, t).await;
        check_in(&browser, &site, t).await;
        too_large(&browser, &site, t).await;
        decided(&browser, &site, t).await;
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
    // Out of a cell straight to the button.
    let mut cell = String::new();
    for amount in ["7", ""] {
        browser.press_link(&t.goals_split()).await;
        browser.is_on(&t.goals_split()).await;
        let label = t.goals_cell(marketing, t.month(jiff::civil::date(2026, 11, 1)));
        if cell.is_empty() {
            cell = browser.field(&label).await.prop("value").await.unwrap().unwrap();
        }
        browser.fill(&label, if amount.is_empty() { &cell } else { amount }).await;
        browser.send_by_hand(&t.goals_split_save()).await;
        browser.is_on("5,000 trials").await;
    }
    browser.sees(&t.goals_left_nothing()).await;
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

/// The lead proposes, the chair finds it among what waits for the committee and signs it off.
async fn sign_off(browser: &Browser, site: &Site, t: T) {
    browser.go("/p/GEO/goals").await;
    browser.sees(&t.goals_not_signed()).await;
    browser.press(&t.goals_propose()).await;
    browser.is_on(&t.goals_propose()).await;
    browser.sees(&t.goals_propose_means(14, 10)).await;
    browser.is_accessible().await;
    browser.send(&t.goals_propose()).await;
    browser.sees(&t.goals_proposed()).await;
    browser.is_accessible().await;
    browser.enter(site, "chair").await;
    browser.go("/committee").await;
    browser.sees(&t.goals_committee_title()).await;
    browser.is_accessible().await;
    browser.press(&format!("{} GEO Monitor", t.goals_sign_off())).await;
    browser.is_on(&t.decisions_new_title()).await;
    browser.sees("KR1.1 5,000 trials").await;
    browser.is_accessible().await;
    browser.fill(&t.decisions_rationale(), "It adds up.").await;
    browser.choose(&t.decisions_owner(), "lead").await;
    browser.send(&t.escalation_decide()).await;
    browser.is_on(&t.decisions_sign_off_title()).await;
    browser.sees(&t.decisions_effect_signed_off(1)).await;
    browser.is_accessible().await;
    browser.go("/p/GEO/goals").await;
    browser.sees(&t.goals_signed_off()).await;
}

/// A tenth more is refused, and the escalation that it is drafted as can be sent as it stands.
async fn too_large(browser: &Browser, site: &Site, t: T) {
    browser.enter(site, "lead").await;
    browser.go("/p/GEO/goals/1.1/edit").await;
    browser.fill(&t.goals_target(), "5,500").await;
    browser.fill(&t.goals_reason(), "The survey says so").await;
    browser.send(&t.goals_save()).await;
    browser.sees(&t.goals_draft_title()).await;
    browser.sees(&t.goals_large_target("+10%")).await;
    browser.is_accessible().await;
    let typed = browser.field(&t.goals_target()).await.prop("value").await.unwrap().unwrap();
    assert_eq!(typed, "5,500", "nothing typed is lost");
    browser.press(&t.goals_draft_raise()).await;
    browser.is_on(&t.decisions_raise_button()).await;
    let question = browser.field(&t.decisions_question()).await.prop("value").await.unwrap().unwrap();
    assert!(question.starts_with("KR1.1 5,000 trials"), "{question}");
    browser.is_accessible().await;
    assert_eq!(site.value("select max(target)::text from key_result_terms").await, "5000");
}

/// The committee decides it: the chair gives the key result another target, and it says by which decision.
async fn decided(browser: &Browser, site: &Site, t: T) {
    browser.enter(site, "chair").await;
    browser.go("/p/GEO/decisions/new").await;
    browser.fill(&t.decisions_ruling_title(), "5,500 trials").await;
    browser.choose(&t.decisions_kind_of(), &t.decisions_kind_change()).await;
    browser.fill(&t.decisions_rationale(), "The survey says so.").await;
    browser.choose(&t.decisions_owner(), "lead").await;
    browser.choose(&t.decisions_more(), &t.decisions_more_target()).await;
    browser.press(&t.decisions_more_add()).await;
    let row = t.decisions_effect_target(2);
    let asks = t.goals_asked(t.date(jiff::civil::date(2027, 7, 31)), "5,000");
    browser.choose(&t.goals_kr(), &t.decisions_named_on("KR1.1 5,000 trials", asks)).await;
    browser.fill_in(&row, &t.decisions_new_target(), "5,500").await;
    browser.is_accessible().await;
    browser.send(&t.escalation_decide()).await;
    browser.is_on("5,500 trials").await;
    browser.is_accessible().await;
    browser.press("KR1.1 5,000 trials").await;
    browser.is_on("5,000 trials").await;
    browser.sees("D-2").await;
    browser.sees(&t.goals_of("5,500")).await;
    browser.is_accessible().await;
}
