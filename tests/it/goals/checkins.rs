//! Check-ins: what was reached, corrected without losing what stood, by the department alone; and what pages make of it.

use super::setting::{FIRST, resent, sent, sign_ups, with, with_sign_ups};
use crate::support::{
    TestApp,
    disputes::{part, value},
};

const FIGURES: &str = "/p/GEO/goals/figures";

/// Marketing owes 100, 200 and 300 sign-ups.
async fn split() -> (TestApp, String) {
    let (app, _, mut lead, mkt) = with_sign_ups().await;
    let split = "/p/GEO/goals/1.1/split";
    let cells: Vec<(String, &str)> = [("2026-09", "100"), ("2026-10", "200"), ("2026-11", "300")]
        .map(|(month, amount)| (format!("a-{mkt}-{month}"), amount))
        .to_vec();
    let cells: Vec<(&str, &str)> = cells.iter().map(|(name, amount)| (name.as_str(), *amount)).collect();
    sent(&mut lead, split, split, &with(cells, &[("act", "save")])).await.expect(303);
    (app, mkt)
}

async fn entries(app: &TestApp) -> String {
    value(app, "select coalesce(string_agg(to_char(period, 'MM') || ' ' || value || case when corrects_id is null then '' else ' corrected' end, ', ' order by period, entered_at), 'none') from entries").await
}

#[tokio::test]
async fn a_liaison_enters_what_was_reached_and_corrects_it() {
    let (app, _) = split().await;
    let mut liaison = app.sign_in("liaison").await;
    let page = liaison.get(FIGURES).await.expect(200);
    let page =
        page.says("Figures are still missing for Sep 2026, Oct 2026").says("Planned for this month: 100 sign-ups");
    let wrong = [("value-1.1", "many"), ("confidence-1.1", "11"), ("note-1.1", "Two fairs")];
    let refused =
        resent(&mut liaison, &page, FIGURES, &wrong).await.expect(422).says("Enter a number").says("Choose 1 to 10");
    assert_eq!(refused.attribute("[id='note-1.1']", "value").as_deref(), Some("Two fairs"));
    let said = [("value-1.1", "112"), ("confidence-1.1", "8"), ("note-1.1", "Two fairs")];
    for _ in 0..2 {
        resent(&mut liaison, &page, FIGURES, &said).await.expect(303);
    }
    resent(&mut liaison, &page, FIGURES, &with(said.to_vec(), &[("value-1.1", "113")])).await.expect(409);
    assert_eq!(entries(&app).await, "09 112", "sent twice, entered once");
    let page = liaison.get(FIGURES).await.expect(200).says("Planned for this month: 200 sign-ups");
    assert!(!page.text().contains("missing for Sep 2026"), "the next one is asked for");
    let september = format!("{FIGURES}?month=2026-09");
    let page = liaison.get(&september).await.expect(200).says("entered by liaison");
    let mut member = app.sign_in("member").await;
    let seen_before = member.get(&september).await.expect(200);
    let corrected = [("value-1.1", "110"), ("confidence-1.1", "8"), ("note-1.1", "Two fairs")];
    resent(&mut liaison, &page, FIGURES, &corrected).await.expect(303);
    assert_eq!(entries(&app).await, "09 112, 09 110 corrected", "what stood is not lost");
    let stale = resent(&mut member, &seen_before, FIGURES, &[("value-1.1", "99"), ("note-1.1", "")]).await;
    let stale = stale.expect(409);
    assert_eq!(stale.attribute("[id='value-1.1']", "value").as_deref(), Some("99"));
    assert_eq!(entries(&app).await, "09 112, 09 110 corrected");
    let event = value(&app, "select (before ->> 'figure') || ' to ' || (after ->> 'figure') from events where kind = 'key_result.figure_corrected'").await;
    assert_eq!(event, "112 sign-ups to 110 sign-ups");
    assert!(sqlx::query("update entries set value = 1").execute(&mut app.sql().await).await.is_err(), "append-only");
    liaison.get("/p/GEO/history").await.expect(200).says("liaison corrected a figure of KR1.1 Trial sign-ups");
}

#[tokio::test]
async fn my_work_asks_for_figures_of_months_that_are_over() {
    let (app, _) = split().await;
    let mut liaison = app.sign_in("liaison").await;
    let asked = liaison.get("/").await.expect(200).says("Enter what you reached in Sep 2026: 2 figures");
    let link = asked.attribute("a[href='/p/GEO/goals/figures']", "href");
    assert!(link.is_some(), "it leads to the form");
    assert!(
        !app.sign_in("member").await.get("/").await.text().contains("Enter what you reached"),
        "the liaison is asked"
    );
    assert!(
        !app.sign_in("other").await.get("/").await.text().contains("Enter what you reached"),
        "who owes nothing is not"
    );
    for month in ["2026-09", "2026-10"] {
        let page = format!("{FIGURES}?month={month}");
        sent(&mut liaison, &page, FIGURES, &[("value-1.1", "0"), ("note-1.1", "")]).await.expect(303);
    }
    let page = liaison.get("/").await.expect(200);
    assert!(!page.text().contains("Enter what you reached"), "this month is not over");
}

#[tokio::test]
async fn figures_are_the_departments_own_and_of_months_that_have_begun() {
    let (app, mkt) = split().await;
    let mut other = app.sign_in("other").await;
    let none = other.get(FIGURES).await.expect(200).says("No share to report on");
    assert_eq!(none.all("#figures > h2").len(), 1, "no heading is skipped");
    other.get(&format!("{FIGURES}?part={mkt}")).await.expect(404);
    other.post(FIGURES, &[("part", &mkt), ("month", "2026-09")]).await.expect(403);
    let mut liaison = app.sign_in("liaison").await;
    for month in ["2026-12", "2026-08", "Sep"] {
        liaison.post(FIGURES, &[("part", &mkt), ("month", month)]).await.expect(422);
    }
    app.sign_in("committee").await.get(FIGURES).await.expect(403);
    app.sign_in("viewer").await.get(FIGURES).await.expect(403);
    // A department of another project is none of this one's.
    let hal = value(&app, "select parts.id::text from parts join projects on projects.id = project_id where projects.key = 'HAL' and code = 'MKT'").await;
    liaison.post(FIGURES, &[("part", &hal), ("month", "2026-09")]).await.expect(403);
    assert_eq!(entries(&app).await, "none");
}

#[tokio::test]
async fn a_share_that_begins_later_says_when() {
    let (app, geo, mut lead, mkt) = with_sign_ups().await;
    let sal = part(&app, geo, "SAL").await;
    let later = [
        ("title", "Customers"),
        ("unit", "customers"),
        ("part", &sal),
        ("starts", "2027-04"),
        ("due_on", "2027-06-30"),
    ];
    sent(&mut lead, FIRST, FIRST, &with(sign_ups(&mkt, "70"), &later)).await.expect(303);
    let mut other = app.sign_in("other").await;
    other.get(FIGURES).await.expect(200).says("No share to report on");
    let split = "/p/GEO/goals/1.2/split";
    let (may, june) = (format!("a-{sal}-2027-05"), format!("a-{sal}-2027-06"));
    sent(&mut lead, split, split, &[(&may, "40"), (&june, "30"), ("act", "save")]).await.expect(303);
    let page = other.get(FIGURES).await.expect(200).says("Your first month is May 2027");
    assert!(!page.says("Planned for it: 40 customers (KR1.2)").text().contains("No share to report on"));
    other.chinese().get(FIGURES).await.expect(200).says("首个月份为2027年5月").says("40 customers（KR1.2）");
}

#[tokio::test]
async fn pages_hold_what_was_reached_against_the_plan() {
    let (app, mkt) = split().await;
    let mut liaison = app.sign_in("liaison").await;
    for (month, reached) in [("2026-09", "112"), ("2026-10", "180"), ("2026-11", "90")] {
        let page = format!("{FIGURES}?month={month}");
        sent(&mut liaison, &page, FIGURES, &[("value-1.1", reached), ("note-1.1", "")]).await.expect(303);
    }
    // 18 of 30 days of November: 100 + 200 + 180 should be there.
    let mut viewer = app.sign_in("viewer").await;
    let page = viewer.get("/p/GEO/goals").await.expect(200);
    let page = page.says("382 of 600").says("98 behind pace since Sep").says("90 behind pace this month");
    let rows = page.all(".kr table tbody tr");
    assert_eq!(rows, ["Sep 2026 100 112", "Oct 2026 300 292", "Nov 2026 600 382"], "the chart's figures as a table");
    assert_eq!(page.attribute("svg.chart", "role").as_deref(), Some("img"));
    let page = page.says("382 in Nov 2026 against a plan of 480; the target is 600.");
    let bullet = page.attribute("svg.bullet", "aria-label");
    assert_eq!(bullet.as_deref(), Some("30% of the month’s share, plan for today 60%"));
    let page = viewer.get("/p/GEO/goals/1.1").await.expect(200);
    assert_eq!(page.all(&format!("[id='share-{mkt}'] table tbody tr")).len(), 3, "of the department too");
    page.says("3 check-ins").says("98 behind pace since Sep");
    let chinese = viewer.chinese().get("/p/GEO/goals").await.expect(200);
    chinese.says("自9月起比进度落后 98").says("本月比进度落后 90");
}

#[tokio::test]
async fn a_figure_goes_to_the_key_result_that_was_on_the_form() {
    let (app, mkt) = split().await;
    let (mut liaison, mut lead) = (app.sign_in("liaison").await, app.sign_in("lead").await);
    let page = liaison.get(FIGURES).await.expect(200);
    let edit = "/p/GEO/goals/1.1/edit";
    sent(&mut lead, edit, "/p/GEO/goals/1.1/drop", &[("drop_reason", "Counted twice")]).await.expect(303);
    let fields = with(sign_ups(&mkt, "50"), &[("title", "Another one")]);
    sent(&mut lead, FIRST, FIRST, &fields).await.expect(303);
    let split = "/p/GEO/goals/1.1/split";
    let cell = format!("a-{mkt}-2026-09");
    sent(&mut lead, split, split, &[(cell.as_str(), "50"), ("act", "save")]).await.expect(303);
    let answer = resent(&mut liaison, &page, FIGURES, &[("value-1.1", "112"), ("note-1.1", "Two fairs")]).await;
    answer.expect(409).says("Two fairs");
    assert_eq!(entries(&app).await, "none", "another one stands in its place now");
}

#[tokio::test]
async fn something_of_nothing_is_no_ratio() {
    let (app, geo) = TestApp::with_project().await;
    let mut lead = super::setting::objective(&app, "Win customers").await;
    let mkt = part(&app, geo, "MKT").await;
    let ratio = [("measure", "ratio"), ("unit_kind", "percent"), ("unit", "customers"), ("base_unit", "trials")];
    let fields = with(sign_ups(&mkt, "20"), &ratio);
    sent(&mut lead, FIRST, FIRST, &fields).await.expect(303);
    let share =
        "insert into share_rows (project_id, key_result_id, part_id) select project_id, id, part_id from key_results";
    sqlx::query(share).execute(&mut app.sql().await).await.unwrap();
    let (mut liaison, september) = (app.sign_in("liaison").await, format!("{FIGURES}?month=2026-09"));
    let said = [("value-1.1", "5"), ("base-1.1", "0"), ("note-1.1", "Two fairs")];
    let page = sent(&mut liaison, &september, FIGURES, &said).await.expect(422).says("Enter a number above zero");
    assert_eq!(page.attribute("[id='note-1.1']", "value").as_deref(), Some("Two fairs"), "nothing typed is lost");
    assert_eq!(entries(&app).await, "none");
    // A month without any trial is no mistake.
    resent(&mut liaison, &page, FIGURES, &with(said.to_vec(), &[("value-1.1", "0")])).await.expect(303);
    sent(&mut liaison, &september, FIGURES, &with(said.to_vec(), &[("base-1.1", "20")])).await.expect(303);
    assert_eq!(entries(&app).await, "09 0, 09 5 corrected");
}

/// Everything that locks key results begins with the oldest; a place that was filled anew comes first on the form.
#[tokio::test]
async fn figures_wait_for_a_proposal_and_a_proposal_for_figures() {
    let (app, _, mut lead, mkt) = with_sign_ups().await;
    let second = with(sign_ups(&mkt, "600"), &[("title", "Second")]);
    sent(&mut lead, FIRST, FIRST, &second).await.expect(303);
    let edit = "/p/GEO/goals/1.1/edit";
    sent(&mut lead, edit, "/p/GEO/goals/1.1/drop", &[("drop_reason", "Counted twice")]).await.expect(303);
    sent(&mut lead, FIRST, FIRST, &sign_ups(&mkt, "600")).await.expect(303);
    for split in ["/p/GEO/goals/1.1/split", "/p/GEO/goals/1.2/split"] {
        let cell = format!("a-{mkt}-2026-09");
        sent(&mut lead, split, split, &[(&*cell, "100"), ("act", "save")]).await.expect(303);
    }
    let (mut one, mut other) = (app.sql().await, app.sql().await);
    let locks = "select id from key_results where title = $1 and dropped_at is null for update";
    sqlx::query("begin").execute(&mut one).await.unwrap();
    sqlx::query(locks).bind("Second").execute(&mut one).await.unwrap();
    let mut liaison = app.sign_in("liaison").await;
    let page = liaison.get(FIGURES).await.expect(200);
    let figures = [("value-1.1", "1"), ("note-1.1", ""), ("value-1.2", "2"), ("note-1.2", "")];
    let entering = async { resent(&mut liaison, &page, FIGURES, &figures).await };
    let proposing = async {
        app.waits_for_a_lock(|| false).await;
        // The key result that is asked for last is still free.
        let free = sqlx::query(sqlx::AssertSqlSafe(format!("{locks} nowait")))
            .bind("Trial sign-ups")
            .execute(&mut other)
            .await;
        sqlx::query("commit").execute(&mut one).await.unwrap();
        free
    };
    let (entered, free) = tokio::join!(entering, proposing);
    free.unwrap();
    entered.expect(303);
    assert_eq!(entries(&app).await.matches("09").count(), 2);
}
