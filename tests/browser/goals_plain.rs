//! Goals on a phone that runs no script: an objective, a key result, its split with the button that adds up, a check-in, the
//! commercial plan, and a KPI with a figure.

use crate::{
    browser::{Browser, Window},
    site::Site,
    support::TestApp,
};
use jiff::civil::{Date, date};
use tutti::platform::locale::{Language, T};

const SEPTEMBER: Date = date(2026, 9, 1);
const OCTOBER: Date = date(2026, 10, 1);
const NOVEMBER: Date = date(2026, 11, 1);
const SHARES: &str =
    "select coalesce(string_agg(to_char(month, 'MM') || ' ' || amount, ', ' order by month), 'none') from shares";
const ENTRIES: &str =
    "select coalesce(string_agg(to_char(period, 'MM') || ' ' || value, ', ' order by period), 'none') from entries";
const PLAN: &str = "select coalesce(string_agg(l.name || ' ' || to_char(f.month, 'MM') || ' ' || f.amount, ', ' order by l.position, f.month), 'none')
    from standing_money f join money_lines l on l.id = f.line_id where f.sort = 'plan' and f.amount <> 0";

/// GEO on a phone without scripts, open for somebody.
async fn opened(who: &str) -> (Site, Browser) {
    let (app, _) = TestApp::with_project().await;
    let site = Site::serve(app).await;
    let browser = Browser::open(&site.base, Language::English, Window::PlainPhone).await;
    browser.enter(&site, who).await;
    (site, browser)
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn goals_are_set_split_and_reported_on_without_script() {
    let t = T(Language::English);
    let (site, browser) = opened("lead").await;
    objective(&browser, t).await;
    key_result(&browser, t).await;
    split(&browser, &site, t).await;
    browser.enter(&site, "liaison").await;
    check_in(&browser, &site, t).await;
    browser.close().await;
}

async fn objective(browser: &Browser, t: T) {
    browser.go("/p/GEO/goals").await;
    browser.press(&t.goals_objective_add()).await;
    browser.is_on(&t.goals_objective_add()).await;
    browser.fill(&t.goals_objective_why(), "Because we can").await;
    browser.send(&t.goals_objective_create()).await;
    browser.sees(&t.goals_objective_missing()).await;
    assert_eq!(typed(browser, &t.goals_objective_why()).await, "Because we can");
    browser.fill(&t.goals_objective_title(), "GEO Monitor 1.0").await;
    browser.send(&t.goals_objective_create()).await;
}

/// What counts is chosen by a radio button, and the fields for every choice are there.
async fn key_result(browser: &Browser, t: T) {
    browser.is_on(&t.goals_key_result_add()).await;
    fits(browser).await;
    browser.fill(&t.goals_key_result_title(), "600 trials").await;
    browser.choose(&t.goals_owner(), &t.request_part_with("Marketing", "liaison")).await;
    browser.fill(&t.goals_target(), "600").await;
    browser.fill(&t.goals_starts(), "2026-09").await;
    browser.fill(&t.goals_due(), "2026-11-30").await;
    browser.send(&t.goals_key_result_create()).await;
    browser.sees(&t.errors_title(1_usize)).await;
    assert_eq!(typed(browser, &t.goals_starts()).await, "2026-09");
    browser.fill(&t.goals_unit(), "sign-ups").await;
    browser.send(&t.goals_key_result_create()).await;
}

/// The button adds up and saves nothing; weights are filled by the server; then it is saved.
async fn split(browser: &Browser, site: &Site, t: T) {
    let missing = |amount: &str| t.goals_left_missing(t.goals_amount_named(amount, "sign-ups"));
    browser.is_on(&t.goals_split()).await;
    browser.sees(&missing("600")).await;
    browser.fill(&t.goals_cell("Marketing", t.month(NOVEMBER)), "100").await;
    browser.send(&t.goals_split_check()).await;
    browser.sees(&missing("500")).await;
    fits(browser).await;
    assert_eq!(typed(browser, &t.goals_cell("Marketing", t.month(NOVEMBER))).await, "100");
    assert_eq!(site.value(SHARES).await, "none", "adding up saves nothing");
    browser.press(&format!("{} {}", t.goals_fill(), t.goals_fill_sub())).await;
    browser.send(&t.goals_fill_do()).await;
    browser.sees(&t.goals_filled()).await;
    browser.sees(&t.goals_left_nothing()).await;
    assert_eq!(site.value(SHARES).await, "none", "filling saves nothing");
    browser.send(&t.goals_split_save()).await;
    browser.is_on("600 trials").await;
    browser.sees(&t.goals_left_nothing()).await;
}

/// The month is chosen with a button.
async fn check_in(browser: &Browser, site: &Site, t: T) {
    browser.go("/p/GEO/goals").await;
    browser.press(&t.goals_enter()).await;
    browser.is_on(&t.goals_enter()).await;
    browser.choose(&t.goals_month(), &t.month(OCTOBER)).await;
    browser.send(&t.decisions_apply()).await;
    browser.sees(&format!("MK Marketing {}", t.month(OCTOBER))).await;
    browser.fill(&t.goals_reached_in("sign-ups"), "many").await;
    browser.fill(&t.goals_note(), "Two fairs").await;
    browser.send(&t.goals_enter_save()).await;
    browser.sees(&t.goals_amount_wrong()).await;
    assert_eq!(typed(browser, &t.goals_note()).await, "Two fairs");
    browser.fill(&t.goals_reached_in("sign-ups"), "312").await;
    browser.choose(&t.goals_confidence(), &t.goals_confidence_of(7)).await;
    fits(browser).await;
    browser.send(&t.goals_enter_save()).await;
    browser.sees(&t.goals_entered(1)).await;
    assert_eq!(site.value(ENTRIES).await, "10 312");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn money_is_planned_and_reported_without_script() {
    let t = T(Language::English);
    let (site, browser) = opened("lead").await;
    browser.go("/p/GEO/goals/money").await;
    browser.press(&t.goals_money_write()).await;
    browser.is_on(&t.goals_money_write()).await;
    plan(&browser, &site, t).await;
    actual(&browser, &site, t).await;
    browser.close().await;
}

/// The months are shown before they are filled; what does not read is said; the sums come by the button.
async fn plan(browser: &Browser, site: &Site, t: T) {
    let cell = |line: String, month: Date| t.goals_cell(line, t.month(month));
    let (revenue, selling) =
        (|month| cell(t.goals_money_usual_revenue(), month), |month| cell(t.goals_money_usual_selling(), month));
    browser.fill(&t.goals_starts(), "2026-09").await;
    browser.fill(&t.goals_money_months(), "3").await;
    browser.fill(&t.goals_money_envelope(), "500").await;
    browser.send(&t.goals_money_show_months()).await;
    browser.fill(&revenue(OCTOBER), "100").await;
    browser.fill(&revenue(NOVEMBER), "300").await;
    browser.fill(&selling(SEPTEMBER), "lots").await;
    browser.send(&t.goals_money_save()).await;
    browser.sees(&t.goals_amount_wrong()).await;
    assert_eq!(typed(browser, &revenue(NOVEMBER)).await, "300");
    browser.fill(&selling(SEPTEMBER), "310").await;
    browser.send(&t.goals_split_check()).await;
    browser.sees(&t.goals_money_costs_of("$310", "$500")).await;
    fits(browser).await;
    browser.sees(&t.goals_money_breaks_even(t.date(date(2026, 11, 21)))).await;
    assert_eq!(site.value(PLAN).await, "none", "adding up saves nothing");
    browser.send(&t.goals_money_save()).await;
    browser.sees(&t.goals_money_saved()).await;
    assert_eq!(site.value(PLAN).await, "New revenue 10 100, New revenue 11 300, Sales and marketing 09 310");
}

/// The first month that is owed, then the day of break-even.
async fn actual(browser: &Browser, site: &Site, t: T) {
    browser.press(&t.goals_money_enter(t.month(SEPTEMBER))).await;
    browser.is_on(&t.goals_money_actual_of(t.month(SEPTEMBER))).await;
    let reached = |line: String| t.goals_money_in(line, "USD");
    browser.fill(&reached(t.goals_money_usual_revenue()), "20").await;
    browser.fill(&reached(t.goals_money_usual_selling()), "300").await;
    browser.send(&t.goals_enter_save()).await;
    browser.sees(&t.goals_money_figure_missing()).await;
    assert_eq!(typed(browser, &reached(t.goals_money_usual_selling())).await, "300");
    browser.fill(&reached(t.goals_money_usual_making()), "0").await;
    browser.send(&t.goals_enter_save()).await;
    browser.is_on(&t.goals_money()).await;
    browser.sees(&t.goals_money_reported()).await;
    browser.send(&t.goals_money_record()).await;
    browser.is_on(&t.goals_money()).await;
    assert_eq!(site.value("select max(break_even_on)::text from money_plans").await, "2026-11-21");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_kpi_is_set_and_gets_a_figure_without_script() {
    let t = T(Language::English);
    let (site, browser) = opened("liaison").await;
    browser.go("/p/GEO/goals/kpis").await;
    browser.press(&t.goals_kpi_add()).await;
    browser.is_on(&t.goals_kpi_add()).await;
    fits(&browser).await;
    browser.fill(&t.goals_kpi_title(), "Open defects").await;
    browser.choose(&t.goals_owner(), "Marketing").await;
    browser.fill(&t.goals_unit(), "defects").await;
    browser.tick(&t.goals_kpi_better_down()).await;
    browser.fill(&t.goals_kpi_warning(), "3").await;
    browser.fill(&t.goals_kpi_alarm(), "2").await;
    browser.send(&t.goals_kpi_add()).await;
    browser.sees(&t.goals_kpi_alarm_below()).await;
    browser.fill(&t.goals_kpi_alarm(), "5").await;
    browser.send(&t.goals_kpi_add()).await;
    browser.sees(&t.goals_kpi_created()).await;
    browser.press(&format!("{} Open defects", t.goals_kpi_enter())).await;
    browser.choose(&t.goals_kpi_period(), &t.month(SEPTEMBER)).await;
    browser.send(&t.decisions_apply()).await;
    browser.has_section(&t.month(SEPTEMBER)).await;
    browser.fill(&t.goals_kpi_figure_in("defects"), "4").await;
    browser.send(&t.goals_kpi_enter()).await;
    browser.sees(&t.goals_entered(1)).await;
    browser.sees(&t.goals_kpi_in_warning()).await;
    assert_eq!(site.value(ENTRIES).await, "09 4");
    browser.close().await;
}

/// What stands in the field with this label.
async fn typed(browser: &Browser, label: &str) -> String {
    browser.field(label).await.prop("value").await.unwrap().unwrap()
}

/// Nothing is wider than the glass.
async fn fits(browser: &Browser) {
    browser.until("no wider than the glass", "document.documentElement.scrollWidth <= innerWidth").await;
}
