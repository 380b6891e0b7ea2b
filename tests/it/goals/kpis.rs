//! Indicators apart from goals: shows, saves, refuses, forbids; entered one by one, pasted, and shared with a key result.

use super::setting::{resent, sent, with, with_sign_ups};
use crate::support::{
    Client, TestApp,
    disputes::{part, value},
    statements,
};
use tutti::platform::ids::new_uuid;

const KPIS: &str = "/p/GEO/goals/kpis";
const NEW: &str = "/p/GEO/goals/kpis/new";

/// Open defects: fewer are better, a look from 3, bad from 5; month by month.
fn defects(part: &str) -> Vec<(&str, &str)> {
    vec![
        ("title", "Severity-1 open"),
        ("part", part),
        ("source", "own"),
        ("measure", "level"),
        ("unit_kind", "number"),
        ("unit", "defects"),
        ("decimals", "0"),
        ("cadence", "month"),
        ("better", "down"),
        ("target", "0"),
        ("warning", "3"),
        ("alarm", "5"),
    ]
}

/// GEO with that indicator of marketing; the browser of its liaison, the department and the indicator.
async fn watched() -> (TestApp, Client, String, String) {
    let (app, geo) = TestApp::with_project().await;
    let mkt = part(&app, geo, "MKT").await;
    let mut liaison = app.sign_in("liaison").await;
    sent(&mut liaison, NEW, NEW, &defects(&mkt)).await.expect(303);
    let id = value(&app, "select id::text from kpis").await;
    (app, liaison, mkt, id)
}

async fn figures(app: &TestApp) -> String {
    value(app, "select coalesce(string_agg(to_char(period, 'YYYY-MM-DD') || ' ' || value || case when corrects_id is null then '' else ' corrected' end, ', ' order by period, entered_at, corrects_id nulls first), 'none') from entries").await
}

async fn events(app: &TestApp) -> String {
    value(app, "select coalesce(string_agg(kind || ' ' || n, ', ' order by kind), 'none') from (select kind, count(*) as n from events where kind like 'kpi.%' group by kind) counted").await
}

#[tokio::test]
async fn where_nothing_fits_nothing_is_said_to_fit() {
    let (app, geo) = TestApp::with_project().await;
    for (code, fitting) in [("XYZ", None), ("LEG", Some("Reviews answered on time"))] {
        let change = format!("update parts set code = '{code}' where project_id = '{geo}' and code in ('MKT', 'XYZ')");
        sqlx::raw_sql(sqlx::AssertSqlSafe(change)).execute(&mut app.sql().await).await.unwrap();
        let page = app.sign_in("liaison").await.get(KPIS).await.expect(200).says("Departments without KPIs");
        assert_eq!(page.text().contains("Begin with one that fits"), fitting.is_some(), "{code}");
        assert!(fitting.is_none_or(|title| page.text().contains(title)), "{code}");
    }
}

#[tokio::test]
async fn a_liaison_begins_with_what_fits() {
    let (app, geo) = TestApp::with_project().await;
    let mkt = part(&app, geo, "MKT").await;
    app.sign_in("viewer").await.get(KPIS).await.expect(200).says("Each department chooses at most three");
    let mut liaison = app.sign_in("liaison").await;
    let page = liaison.get(KPIS).await.expect(200).says("No KPIs yet").says("Cost per qualified lead");
    let page = page.says("Begin with one that fits");
    assert_eq!(page.all(".crumbs a"), ["Projects", "GEO Monitor", "Goals"], "the project is named, on a phone too");
    assert!(!page.text().contains("New revenue"), "what fits sales is theirs");
    let second = format!("{NEW}?part={mkt}&begin=2");
    assert!(page.attribute(&format!("td a[href='{second}']"), "href").is_some());
    let form = liaison.get(&second).await.expect(200);
    assert_eq!(form.attribute("#title", "value").as_deref(), Some("Cost per qualified lead"));
    assert_eq!(form.attribute("[name=unit_kind][checked]", "value").as_deref(), Some("money"));
    assert_eq!(form.attribute("[name=better][checked]", "value").as_deref(), Some("down"));
    assert_eq!(form.attribute("#part option[selected]", "value").as_deref(), Some(mkt.as_str()));
    let chinese = app.sign_in("lead").await.chinese().get(&second).await.expect(200);
    assert_eq!(chinese.attribute("#title", "value").as_deref(), Some("单条合格线索成本"));
    let page = liaison.get(&format!("{NEW}?part={mkt}&begin=9")).await.expect(200);
    assert_eq!(page.attribute("#title", "value").as_deref(), Some(""));
}

#[tokio::test]
async fn a_department_has_three_and_their_form_says_what_is_wrong() {
    let (app, geo) = TestApp::with_project().await;
    let (mkt, sal) = (part(&app, geo, "MKT").await, part(&app, geo, "SAL").await);
    let mut liaison = app.sign_in("liaison").await;
    let base = defects(&mkt);
    for (fields, words) in [
        (with(base.clone(), &[("title", "")]), "Say what you watch"),
        (with(base.clone(), &[("part", &sal)]), "Choose a department"),
        (with(base.clone(), &[("unit", "")]), "Say what is counted"),
        (with(base.clone(), &[("cadence", "day")]), "Choose how often figures are entered"),
        (with(base.clone(), &[("better", "")]), "Choose which way is good"),
        (with(base.clone(), &[("alarm", "2")]), "The alarm lies at the warning or above it"),
        (with(base.clone(), &[("better", "up")]), "The alarm lies at the warning or below it"),
        (with(base.clone(), &[("target", "few")]), "Enter a number, such as 1,250"),
        (with(base.clone(), &[("source", &new_uuid().to_string())]), "Choose figures of its own or a key result"),
    ] {
        let page = sent(&mut liaison, NEW, NEW, &fields).await.expect(422).says(words);
        assert_eq!(page.attribute("#warning", "value").as_deref(), Some("3"), "{words}: what was typed is kept");
    }
    assert_eq!(value(&app, "select count(*)::text from kpis").await, "0");
    let form = liaison.get(NEW).await.expect(200);
    for _ in 0..2 {
        resent(&mut liaison, &form, NEW, &base).await.expect(303);
    }
    for title in ["Change days", "Late items"] {
        sent(&mut liaison, NEW, NEW, &with(base.clone(), &[("title", title), ("warning", ""), ("alarm", "")]))
            .await
            .expect(303);
    }
    sent(&mut liaison, NEW, NEW, &base).await.expect(422).says("This department has three KPIs");
    let kept = value(&app, "select string_agg(position || ' ' || title || ' ' || coalesce(alarm::text, '-'), ', ' order by position) from kpis").await;
    assert_eq!(kept, "1 Severity-1 open 5, 2 Change days -, 3 Late items -");
    assert_eq!(value(&app, "select count(*)::text from series").await, "3", "none is left behind");
    assert_eq!(events(&app).await, "kpi.created 3");
    app.sign_in("other").await.get(NEW).await.expect(200);
    app.sign_in("member").await.get(NEW).await.expect(403);
}

#[tokio::test]
async fn the_form_of_a_page_gone_back_to_adds_no_other_one() {
    let (app, geo) = TestApp::with_project().await;
    let mkt = part(&app, geo, "MKT").await;
    let mut liaison = app.sign_in("liaison").await;
    let (form, base) = (liaison.get(NEW).await.expect(200), defects(&mkt));
    resent(&mut liaison, &form, NEW, &base).await.expect(303);
    for other in [("alarm", "6"), ("unit", "faults"), ("cadence", "week"), ("title", "Severity-2 open")] {
        let fields = with(base.clone(), &[other]);
        let page = resent(&mut liaison, &form, NEW, &fields).await.expect(409).says("What you typed is kept below");
        let typed = fields.iter().find(|(name, _)| *name == "title").map(|(_, title)| *title);
        assert_eq!(page.attribute("#title", "value").as_deref(), typed);
        if other.0 == "title" {
            resent(&mut liaison, &page, NEW, &fields).await.expect(303);
        }
    }
    let kept = "select string_agg(title, ', ' order by position) from kpis";
    assert_eq!(value(&app, kept).await, "Severity-1 open, Severity-2 open");
    // Figures of something else are nobody's to take.
    let series = value(&app, "select series_id::text from kpis where position = 1").await;
    let taking = with(base, &[("title", "Late items"), ("series_id", &series)]);
    sent(&mut liaison, NEW, NEW, &taking).await.expect(422);
    assert_eq!(value(&app, kept).await, "Severity-1 open, Severity-2 open");
}

#[tokio::test]
async fn it_is_changed_by_who_saw_it_and_retired() {
    let (app, mut liaison, _, id) = watched().await;
    let (edit, retire) = (format!("{KPIS}/{id}"), format!("{KPIS}/{id}/retire"));
    let old = liaison.get(&edit).await.expect(200).says("Marketing · Monthly · defects at the end of a month");
    let fields = [("title", "Severity-1 open"), ("better", "down"), ("target", "0"), ("warning", "2"), ("alarm", "5")];
    for _ in 0..2 {
        resent(&mut liaison, &old, &edit, &fields).await.expect(303);
    }
    let late = [("title", "Severity-1 open"), ("better", "down"), ("target", "0"), ("warning", "4"), ("alarm", "")];
    let page = resent(&mut liaison, &old, &edit, &late).await.expect(409);
    assert_eq!(page.attribute("#warning", "value").as_deref(), Some("4"), "what was typed is kept");
    let wrong = resent(&mut liaison, &page, &edit, &[("title", ""), ("better", "down"), ("target", "x")]).await;
    wrong.expect(422).says("Say what you watch").says("Enter a number");
    let event = value(
        &app,
        "select (before ->> 'warning') || ' to ' || (after ->> 'warning') from events where kind = 'kpi.changed'",
    )
    .await;
    assert_eq!(event, "3 defects to 2 defects");
    for who in ["other", "member", "viewer"] {
        let mut browser = app.sign_in(who).await;
        browser.get(&edit).await.expect(403);
        browser.post(&retire, &[("version", "2")]).await.expect(403);
    }
    resent(&mut liaison, &old, &retire, &[]).await.expect(409);
    let page = liaison.get(&edit).await.expect(200);
    for _ in 0..2 {
        resent(&mut liaison, &page, &retire, &[]).await.expect(303);
    }
    assert_eq!(events(&app).await, "kpi.changed 1, kpi.created 1, kpi.retired 1");
    liaison.get(KPIS).await.expect(200).says("No KPIs yet");
    liaison.get(&edit).await.expect(404);
    liaison.get("/p/GEO/history").await.expect(200).says("liaison retired the KPI Severity-1 open");
    assert_eq!(value(&app, "select count(*)::text from kpis").await, "1", "it is kept");
}

#[tokio::test]
async fn a_figure_is_entered_and_corrected() {
    let (app, mut liaison, _, id) = watched().await;
    let enter = format!("{KPIS}/{id}/enter");
    let page = liaison.get(&enter).await.expect(200).says("Oct 2026");
    let refused = resent(&mut liaison, &page, &enter, &[("value", "some"), ("note", "A bad week")]).await.expect(422);
    assert_eq!(refused.says("Enter a number").attribute("#note", "value").as_deref(), Some("A bad week"));
    for _ in 0..2 {
        resent(&mut liaison, &page, &enter, &[("value", "6"), ("note", "A bad week")]).await.expect(303);
    }
    assert_eq!(figures(&app).await, "2026-10-01 6", "sent twice, entered once");
    let october = format!("{enter}?period=2026-10");
    let mut member = app.sign_in("member").await;
    let seen_before = member.get(&october).await.expect(200).says("entered by liaison");
    sent(&mut liaison, &october, &enter, &[("value", "4"), ("note", "")]).await.expect(303);
    let stale = resent(&mut member, &seen_before, &enter, &[("value", "7"), ("note", "")]).await.expect(409);
    assert_eq!(stale.attribute("#value", "value").as_deref(), Some("7"));
    assert_eq!(figures(&app).await, "2026-10-01 6, 2026-10-01 4 corrected", "what stood is not lost");
    resent(&mut member, &stale, &enter, &[("value", "4"), ("note", "")]).await.expect(303);
    assert_eq!(
        events(&app).await,
        "kpi.created 1, kpi.figure_corrected 1, kpi.figure_entered 1",
        "the same is no change"
    );
    let event = value(&app, "select (before ->> 'figure') || ' to ' || (after ->> 'figure') || ' in ' || (after ->> 'period') from events where kind = 'kpi.figure_corrected'").await;
    assert_eq!(event, "6 defects to 4 defects in 2026-10");
    for period in ["2026-12", "2026-W47", ""] {
        liaison.post(&enter, &[("period", period), ("value", "1")]).await.expect(422);
    }
    for who in ["other", "viewer", "committee"] {
        app.sign_in(who).await.get(&enter).await.expect(403);
        app.sign_in(who).await.post(&enter, &[("period", "2026-10"), ("value", "1")]).await.expect(403);
    }
    liaison.get(&format!("{KPIS}/{}/enter", new_uuid())).await.expect(404);
    let hal = format!("/p/HAL/goals/kpis/{id}/enter");
    app.sign_in("liaison").await.get(&hal).await.expect(404);
}

#[tokio::test]
async fn the_page_says_how_good_the_newest_figure_is_and_which_are_missing() {
    let (app, mut liaison, mkt, id) = watched().await;
    let enter = format!("{KPIS}/{id}/enter");
    for (period, figure) in [("2026-07", "1"), ("2026-08", "6"), ("2026-09", "4")] {
        let page = format!("{enter}?period={period}");
        sent(&mut liaison, &page, &enter, &[("value", figure), ("note", "")]).await.expect(303);
    }
    let (page, count) = statements::count(app.sign_in("viewer").await.get(KPIS)).await;
    assert_eq!(count, 4, "session, project, indicators, figures of gates");
    let page = page.expect(200).says("Severity-1 open").says("Warning").says("2 down on Aug 2026");
    let page = page.says("Figure for Oct 2026 missing").says("Target 0").says("Warning from 3 up");
    assert_eq!(
        page.all(".kr table tbody tr"),
        ["Sep 2026 4", "Aug 2026 6", "Jul 2026 1"],
        "the chart's figures as a table"
    );
    assert_eq!(page.attribute("svg.chart", "role").as_deref(), Some("img"));
    page.says("4 in Sep 2026; the target is 0.");
    let chinese = app.sign_in("viewer").await.chinese().get(KPIS).await.expect(200);
    chinese.says("预警").says("比2026年8月下降 2").says("2026年10月数据未填报");
    for (period, figure, words) in [("2026-10", "5", "Alarm"), ("2026-11", "2", "In the green")] {
        let page = format!("{enter}?period={period}");
        sent(&mut liaison, &page, &enter, &[("value", figure), ("note", "")]).await.expect(303);
        let state = liaison.get(KPIS).await.expect(200).all(".kr p .tone");
        assert_eq!(state.first().map(String::as_str), Some(words));
    }
    // More of them need no more statements.
    for title in ["Second", "Third"] {
        sent(&mut liaison, NEW, NEW, &with(defects(&mkt), &[("title", title)])).await.expect(303);
    }
    let (page, count) = statements::count(liaison.get(KPIS)).await;
    assert_eq!(count, 4);
    assert_eq!(page.expect(200).all(".kr h3").len(), 3);
    let (page, count) = statements::count(liaison.get(&enter)).await;
    assert_eq!(count, 3, "session, project, indicator");
    page.expect(200);
    let (page, count) = statements::count(liaison.get(NEW)).await;
    assert_eq!(count, 5, "session, project, goals, figures of gates, currency");
    page.expect(200);
    app.sign_in("viewer").await.get("/p/GEO/goals").await.expect(200).says("KPIs");
}

#[tokio::test]
async fn many_figures_are_pasted_looked_at_and_entered() {
    let (app, mut liaison, _, id) = watched().await;
    let (enter, paste) = (format!("{KPIS}/{id}/enter"), format!("{KPIS}/{id}/paste"));
    for (period, figure) in [("2026-08", "6"), ("2026-09", "4")] {
        let page = format!("{enter}?period={period}");
        sent(&mut liaison, &page, &enter, &[("value", figure), ("note", "As counted")]).await.expect(303);
    }
    let wrong = "Month,Open\n2026-08,6\nOct,3\n2026-10,\n2026-12,1\n2026-10,1,250";
    let page = sent(&mut liaison, &paste, &paste, &[("pasted", wrong), ("act", "save")]).await.expect(422);
    let page = page.says("4 lines could not be read").says("Line 3: “Oct” is no month");
    let page =
        page.says("Line 4: The figure is missing").says("Line 5: “2026-12” has not begun").says("Line 6: “1,250”");
    assert_eq!(page.all("#pasted"), [wrong.replace('\n', " ")], "nothing is lost");
    assert_eq!(figures(&app).await, "2026-08-01 6, 2026-09-01 4", "none of them while one is wrong");
    let text = "2026-08\t6\n2026-09\t3\n2026-10\t2\tTwo are old";
    // Without a preview nothing is entered, whatever the button says.
    let page = sent(&mut liaison, &paste, &paste, &[("pasted", text), ("act", "save")]).await.expect(200);
    let page = page.says("1 new, 1 corrected, 1 the same. Nothing is entered yet.");
    let rows = page.all("tbody tr");
    assert_eq!(rows.len(), 3);
    assert!(rows[1].contains("Sep 2026 2 4 3 As counted Corrected"), "{rows:?}");
    assert!(rows[2].contains("Oct 2026 3 – 2 Two are old Entered"), "{rows:?}");
    assert_eq!(figures(&app).await, "2026-08-01 6, 2026-09-01 4");
    let save = [("pasted", text), ("looked_at", text), ("act", "save")];
    // A text that was changed after the preview is looked at again.
    let changed = [("pasted", "2026-10\t9"), ("looked_at", text), ("act", "save")];
    resent(&mut liaison, &page, &paste, &changed).await.expect(200).says("1 new, 0 corrected, 0 the same");
    // Somebody is faster.
    let september = format!("{enter}?period=2026-09");
    sent(&mut app.sign_in("member").await, &september, &enter, &[("value", "5"), ("note", "")]).await.expect(303);
    let stale = resent(&mut liaison, &page, &paste, &save).await.expect(409).says("Somebody entered a figure");
    assert_eq!(figures(&app).await, "2026-08-01 6, 2026-09-01 4, 2026-09-01 5 corrected", "all or none");
    for _ in 0..2 {
        resent(&mut liaison, &stale, &paste, &save).await.expect(303);
    }
    let all = "2026-08-01 6, 2026-09-01 4, 2026-09-01 5 corrected, 2026-09-01 3 corrected, 2026-10-01 2";
    assert_eq!(figures(&app).await, all, "sent twice, entered once");
    assert_eq!(events(&app).await, "kpi.created 1, kpi.figure_corrected 2, kpi.figure_entered 3", "one event a figure");
    let notes = value(&app, "select string_agg(note, ', ' order by period) from standing_entries").await;
    assert_eq!(notes, "As counted, , Two are old", "a line without a sentence keeps what stands");
    let long = "2026-08\t6\n".repeat(202);
    sent(&mut liaison, &paste, &paste, &[("pasted", &long)]).await.expect(422).says("Paste at most 200 lines");
    sent(&mut liaison, &paste, &paste, &[("pasted", " ")]).await.expect(422);
    app.sign_in("other").await.post(&paste, &[("pasted", text)]).await.expect(403);
    app.sign_in("viewer").await.get(&paste).await.expect(403);
}

#[tokio::test]
async fn a_pasted_sentence_is_one_line_as_a_typed_one() {
    let (app, mut liaison, _, id) = watched().await;
    let paste = format!("{KPIS}/{id}/paste");
    let text = "2026-09\t4\tpay\u{202e}exe\u{2066}\u{2028}two\u{7}\n2026-10\t\u{2067}5\t\"a\u{2029}\nb\"";
    let page = sent(&mut liaison, &paste, &paste, &[("pasted", text)]).await.expect(200);
    let save = [("pasted", text), ("looked_at", text), ("act", "save")];
    resent(&mut liaison, &page, &paste, &save).await.expect(303);
    let notes = value(&app, "select string_agg(note, ', ' order by period) from standing_entries").await;
    assert_eq!(notes, "payexe two, a  b");
    let text = "2026-08,6,\"late; see ticket\"\n2026-09,4,late; not quoted";
    let page = sent(&mut liaison, &paste, &paste, &[("pasted", text)]).await.expect(200);
    page.says("late; see ticket").says("late; not quoted");
}

#[tokio::test]
async fn it_may_have_the_figures_of_a_key_result() {
    let (app, geo, mut lead, mkt) = with_sign_ups().await;
    let sal = part(&app, geo, "SAL").await;
    let split = "/p/GEO/goals/1.1/split";
    let cell = format!("a-{mkt}-2026-09");
    sent(&mut lead, split, split, &[(cell.as_str(), "600"), ("act", "save")]).await.expect(303);
    let key_result = value(&app, "select id::text from key_results").await;
    let same = with(
        defects(&mkt),
        &[
            ("title", "Sign-ups"),
            ("source", &key_result),
            ("better", "up"),
            ("warning", "100"),
            ("alarm", "50"),
            ("unit", ""),
        ],
    );
    let other = with(same.clone(), &[("part", &sal)]);
    sent(&mut lead, NEW, NEW, &other).await.expect(422).says("This department has no share of KR1.1");
    let form = lead.get(NEW).await.expect(200).says("Same figures as KR1.1 Trial sign-ups");
    for _ in 0..2 {
        resent(&mut lead, &form, NEW, &same).await.expect(303);
    }
    assert_eq!(value(&app, "select count(*)::text from series").await, "1", "they share it");
    let mut liaison = app.sign_in("liaison").await;
    let check_in = "/p/GEO/goals/figures";
    let said = [("value-1.1", "112"), ("confidence-1.1", "8"), ("note-1.1", "")];
    sent(&mut liaison, check_in, check_in, &said).await.expect(303);
    let page =
        app.sign_in("viewer").await.get(KPIS).await.expect(200).says("Same figures as KR1.1").says("In the green");
    assert_eq!(page.all(".kr table tbody tr"), ["Sep 2026 112"], "a check-in is its figure as well");
    let id = value(&app, "select id::text from kpis").await;
    let enter = format!("{KPIS}/{id}/enter");
    sent(&mut liaison, &format!("{enter}?period=2026-09"), &enter, &[("value", "90"), ("note", "")]).await.expect(303);
    let stands = value(&app, "select value || ' ' || confidence from standing_entries").await;
    assert_eq!(stands, "90 8", "and its figure is a check-in's, which keeps its confidence");
    app.sign_in("viewer").await.get("/p/GEO/goals").await.expect(200).says("90 of 600");
}

#[tokio::test]
async fn weeks_and_ratios_are_entered_too() {
    let (app, geo) = TestApp::with_project().await;
    let mkt = part(&app, geo, "MKT").await;
    let mut liaison = app.sign_in("liaison").await;
    let ratio = with(
        defects(&mkt),
        &[
            ("measure", "ratio"),
            ("unit_kind", "percent"),
            ("unit", "customers"),
            ("base_unit", "trials"),
            ("decimals", "1"),
            ("cadence", "week"),
            ("better", "up"),
            ("target", "20"),
            ("warning", "15"),
            ("alarm", "10"),
        ],
    );
    sent(&mut liaison, NEW, NEW, &ratio).await.expect(303);
    let id = value(&app, "select id::text from kpis").await;
    let enter = format!("{KPIS}/{id}/enter");
    let page = liaison.get(&enter).await.expect(200).says("Week 46 of 2026");
    let wrong = [("value", "7"), ("base", "0"), ("note", "")];
    resent(&mut liaison, &page, &enter, &wrong).await.expect(422).says("Enter a number above zero");
    resent(&mut liaison, &page, &enter, &[("value", "7"), ("base", "60"), ("note", "")]).await.expect(303);
    assert_eq!(figures(&app).await, "2026-11-09 7", "its Monday");
    let page = liaison.get(KPIS).await.expect(200).says("11.7%").says("Warning");
    assert_eq!(page.all(".kr table tbody tr"), ["Week 46 of 2026 7 of 60, 11.7%"]);
    let paste = format!("{KPIS}/{id}/paste");
    let page = sent(&mut liaison, &paste, &paste, &[("pasted", "2026-W45,5/50\n2026-11-02,1/2")]).await.expect(422);
    page.says("Line 2: “2026-11-02” stands there twice");
}
