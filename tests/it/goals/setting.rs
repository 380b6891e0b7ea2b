//! Objectives and key results: shows, saves, refuses, forbids.

use crate::support::{
    Answer, Client, TestApp,
    disputes::{hidden, part, value},
    statements,
};
use tutti::platform::ids::new_uuid;
use uuid::Uuid;

pub(super) const NEW: &str = "/p/GEO/goals/objectives/new";
pub(super) const FIRST: &str = "/p/GEO/goals/objectives/1/new";

/// Fields by their names, with the hidden ones of the page's form.
pub(super) async fn sent(browser: &mut Client, page: &str, action: &str, fields: &[(&str, &str)]) -> Answer {
    let shown = browser.get(page).await.expect(200);
    resent(browser, &shown, action, fields).await
}

/// As [`sent`], from a page that was opened before.
pub(super) async fn resent(browser: &mut Client, shown: &Answer, action: &str, fields: &[(&str, &str)]) -> Answer {
    let mut all = hidden(shown, action);
    all.retain(|(name, _)| fields.iter().all(|(given, _)| given != name));
    all.extend(fields.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())));
    let all: Vec<(&str, &str)> = all.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
    browser.post(action, &all).await
}

/// An objective of the lead's; the browser of the lead.
pub(super) async fn objective(app: &TestApp, title: &str) -> Client {
    let mut lead = app.sign_in("lead").await;
    sent(&mut lead, NEW, NEW, &[("title", title), ("why", "")]).await.expect(303);
    lead
}

/// Sign-ups that add up: from nothing to this many, September to November 2026 unless said otherwise.
pub(super) fn sign_ups<'a>(owner: &'a str, target: &'a str) -> Vec<(&'a str, &'a str)> {
    vec![
        ("title", "Trial sign-ups"),
        ("measure", "additive"),
        ("unit_kind", "number"),
        ("unit", "sign-ups"),
        ("decimals", "0"),
        ("baseline", "0"),
        ("target", target),
        ("starts", "2026-09"),
        ("due_on", "2026-11-30"),
        ("part", owner),
    ]
}

/// With other values for some of its fields.
pub(super) fn with<'a>(mut fields: Vec<(&'a str, &'a str)>, others: &[(&'a str, &'a str)]) -> Vec<(&'a str, &'a str)> {
    fields.retain(|(name, _)| others.iter().all(|(other, _)| other != name));
    fields.extend(others);
    fields
}

/// GEO with one objective and one key result of marketing: 600 sign-ups from September to November.
pub(super) async fn with_sign_ups() -> (TestApp, Uuid, Client, String) {
    let (app, geo) = TestApp::with_project().await;
    let mut lead = objective(&app, "Launch and win customers").await;
    let mkt = part(&app, geo, "MKT").await;
    sent(&mut lead, FIRST, FIRST, &sign_ups(&mkt, "600")).await.expect(303);
    (app, geo, lead, mkt)
}

async fn wanted(app: &TestApp) -> String {
    value(app, "select coalesce(string_agg(position || ' ' || title, ', ' order by position), 'none') from objectives where dropped_at is null").await
}

#[tokio::test]
async fn the_lead_writes_up_to_three_objectives() {
    let (app, _) = TestApp::with_project().await;
    let mut lead = app.sign_in("lead").await;
    let page = lead.get("/p/GEO/goals").await.expect(200).says("No goals yet").says("Write one objective first");
    assert!(page.attribute(&format!(".empty a[href='{NEW}']"), "href").is_some());
    app.sign_in("viewer")
        .await
        .get("/p/GEO/goals")
        .await
        .expect(200)
        .says("The GTM lead writes at most three objectives");
    let page = sent(&mut lead, NEW, NEW, &[("title", " "), ("why", "Because")]).await.expect(422);
    let page = page.says("Say what you want to reach");
    assert_eq!(page.all("#why"), ["Because"], "nothing is lost");
    let form = lead.get(NEW).await.expect(200);
    for _ in 0..2 {
        let answer = resent(&mut lead, &form, NEW, &[("title", "Launch"), ("why", "")]).await.expect(303);
        assert_eq!(answer.location(), FIRST, "twice sent, once there; the first key result is next");
    }
    for title in ["Be heard of", "Keep them"] {
        sent(&mut lead, NEW, NEW, &[("title", title), ("why", "")]).await.expect(303);
    }
    assert_eq!(wanted(&app).await, "1 Launch, 2 Be heard of, 3 Keep them");
    sent(&mut lead, NEW, NEW, &[("title", "A fourth"), ("why", "")])
        .await
        .expect(422)
        .says("There are three objectives");
    assert_eq!(wanted(&app).await, "1 Launch, 2 Be heard of, 3 Keep them");
    // The database holds it, whoever writes.
    let fourth = sqlx::query(
        "insert into objectives (project_id, id, position, title, created_by, created_at) select project_id, gen_random_uuid(), 4, 'A fourth', created_by, now() from objectives limit 1",
    );
    let refused = fourth.execute(&mut app.sql().await).await.unwrap_err();
    assert_eq!(refused.as_database_error().unwrap().constraint(), Some("objectives_at_most_three"));
}

#[tokio::test]
async fn an_objective_is_changed_by_who_saw_it_and_dropped_with_a_reason() {
    let (app, ..) = with_sign_ups().await;
    let mut lead = app.sign_in("lead").await;
    let edit = "/p/GEO/goals/objectives/1";
    let old = lead.get(edit).await.expect(200);
    sent(&mut lead, edit, edit, &[("title", "Launch and win 1,000 customers"), ("why", "")]).await.expect(303);
    let page = resent(&mut lead, &old, edit, &[("title", "Something else"), ("why", "")]).await.expect(409);
    assert_eq!(page.attribute("#title", "value").as_deref(), Some("Something else"), "what was typed is kept");
    assert_eq!(wanted(&app).await, "1 Launch and win 1,000 customers");
    resent(&mut lead, &page, edit, &[("title", "Launch and win 1,000 customers"), ("why", "")]).await.expect(303);
    let events = value(&app, "select count(*)::text from events where kind = 'objective.changed'").await;
    assert_eq!(events, "1", "what says nothing new is no change");
    let drop = "/p/GEO/goals/objectives/1/drop";
    sent(&mut lead, edit, drop, &[("reason", "")]).await.expect(422).says("Say why");
    sent(&mut lead, edit, drop, &[("reason", "The board stopped it")]).await.expect(303);
    assert_eq!(wanted(&app).await, "none");
    lead.get("/p/GEO/goals/1.1").await.expect(404);
    let event = value(
        &app,
        "select after ->> 'reason' || ', ' || (after ->> 'key_results') from events where kind = 'objective.dropped'",
    )
    .await;
    assert_eq!(event, "The board stopped it, 1");
    let history = app.sign_in("liaison").await.get("/p/GEO/history").await.expect(200);
    let history = history.says("lead dropped O1 Launch and win 1,000 customers");
    for place in ["o-1", "t-1.1"] {
        let link = history.attribute(&format!("a[href='/p/GEO/goals#{place}']"), "href");
        assert!(link.is_some(), "each line leads to its place: {place}");
    }
}

#[tokio::test]
async fn a_form_that_is_gone_back_to_changes_nothing_else() {
    let (app, _) = TestApp::with_project().await;
    let mut lead = app.sign_in("lead").await;
    let form = lead.get(NEW).await.expect(200);
    resent(&mut lead, &form, NEW, &[("title", "Launch"), ("why", "")]).await.expect(303);
    resent(&mut lead, &form, NEW, &[("title", "Something else"), ("why", "")]).await.expect(409).says("Something else");
    assert_eq!(wanted(&app).await, "1 Launch");
    // Another one stands in the place of what was dropped: the old form never changes it.
    let edit = "/p/GEO/goals/objectives/1";
    let old = lead.get(edit).await.expect(200);
    resent(&mut lead, &old, "/p/GEO/goals/objectives/1/drop", &[("reason", "No more")]).await.expect(303);
    sent(&mut lead, NEW, NEW, &[("title", "Brand new"), ("why", "")]).await.expect(303);
    let stale = resent(&mut lead, &old, edit, &[("title", "Old text"), ("why", "")]).await.expect(409);
    resent(&mut lead, &stale, edit, &[("title", "Old text"), ("why", "")]).await.expect(409);
    assert_eq!(wanted(&app).await, "1 Brand new");
}

#[tokio::test]
async fn a_key_result_says_how_it_is_counted_or_what_is_missing() {
    let (app, geo) = TestApp::with_project().await;
    let mut lead = objective(&app, "Launch").await;
    let mkt = part(&app, geo, "MKT").await;
    let base = sign_ups(&mkt, "5,000");
    for (fields, words) in [
        (with(base.clone(), &[("title", "")]), "Say what is reached"),
        (with(base.clone(), &[("unit", "")]), "Say what is counted"),
        (with(base.clone(), &[("target", "")]), "Enter a number, such as 1,250"),
        (with(base.clone(), &[("target", "1.5")]), "Enter a whole number"),
        (with(base.clone(), &[("target", "0")]), "needs a target above its start"),
        (with(base.clone(), &[("unit_kind", "percent")]), "Percentages cannot be added up"),
        (with(base.clone(), &[("measure", "ratio"), ("unit_kind", "percent")]), "Say what the ratio is counted over"),
        (with(base.clone(), &[("measure", "level"), ("target", "0")]), "The target is where it starts already"),
        (with(base.clone(), &[("unit_kind", "money"), ("currency", "XXX")]), "Choose a currency"),
        (with(base.clone(), &[("due_on", "2026-08-31")]), "before the first month"),
        (with(base.clone(), &[("due_on", "2029-09-01")]), "At most 36 months"),
        (with(base.clone(), &[("due_on", "2026-11-17")]), "Choose a day that is still to come"),
        (with(base.clone(), &[("starts", "Sep")]), "Choose a month"),
        (with(base.clone(), &[("part", "")]), "Choose a department"),
        (with(base.clone(), &[("part", &new_uuid().to_string())]), "Choose a department"),
        (with(base.clone(), &[("measure", "best")]), "Choose how figures come together"),
    ] {
        let page = sent(&mut lead, FIRST, FIRST, &fields).await.expect(422).says(words);
        let typed = fields.iter().find(|(name, _)| *name == "starts").map(|(_, value)| *value);
        assert_eq!(page.attribute("#starts", "value").as_deref(), typed, "{words}: what was typed is kept");
    }
    assert_eq!(value(&app, "select count(*)::text from key_results").await, "0");
    let form = lead.get(FIRST).await.expect(200);
    for _ in 0..2 {
        let answer = resent(&mut lead, &form, FIRST, &base).await.expect(303);
        assert_eq!(answer.location(), "/p/GEO/goals/1.1/split");
    }
    let ratio = with(
        base.clone(),
        &[
            ("measure", "ratio"),
            ("unit_kind", "percent"),
            ("unit", "customers"),
            ("base_unit", "trials"),
            ("decimals", "1"),
            ("target", "20%"),
        ],
    );
    sent(&mut lead, FIRST, FIRST, &ratio).await.expect(303);
    let money = with(base.clone(), &[("unit_kind", "money"), ("currency", "USD"), ("target", "$1.0M")]);
    sent(&mut lead, FIRST, FIRST, &money).await.expect(303);
    let kept = value(&app, "select string_agg(position || ' ' || measure || ' ' || unit_kind || ' ' || unit || ' ' || target, ', ' order by position) from current_key_results").await;
    assert_eq!(kept, "1 additive number sign-ups 5000, 2 ratio percent customers 200, 3 additive money USD 1000000");
    sent(&mut lead, FIRST, FIRST, &base).await.expect(422).says("This objective has three key results");
    // The database holds it, whoever writes.
    let fourth = sqlx::query("insert into key_results (project_id, id, objective_id, position, title, series_id, part_id, created_by, created_at)
                              select project_id, gen_random_uuid(), objective_id, 4, title, series_id, part_id, created_by, created_at from key_results limit 1");
    let refused = fourth.execute(&mut app.sql().await).await.unwrap_err();
    assert_eq!(refused.as_database_error().unwrap().constraint(), Some("key_results_at_most_three"));
}

#[tokio::test]
async fn what_it_asks_for_changes_with_a_reason_and_says_since_when() {
    let (app, _, mut lead, mkt) = with_sign_ups().await;
    let edit = "/p/GEO/goals/1.1/edit";
    let stands = with(sign_ups(&mkt, "600"), &[("reason", "")]);
    let old = lead.get(edit).await.expect(200).says("sign-ups, added up over departments and months");
    let page = resent(&mut lead, &old, edit, &with(stands.clone(), &[("target", "620")])).await.expect(422);
    page.says("Say why it changes");
    let changed = with(stands.clone(), &[("target", "620"), ("reason", "Two more fairs")]);
    resent(&mut lead, &old, edit, &changed).await.expect(303);
    resent(&mut lead, &old, edit, &with(changed, &[("target", "640")])).await.expect(409).says("Two more fairs");
    let page = app.sign_in("viewer").await.get("/p/GEO/goals/1.1").await.expect(200);
    page.says("620 by 30 Nov 2026").says("Two more fairs").says("600 by 30 Nov 2026");
    let event = value(&app, "select (before ->> 'target') || ' to ' || (after ->> 'target') || ': ' || (after ->> 'reason') from events where kind = 'key_result.changed'").await;
    assert_eq!(event, "600 sign-ups to 620 sign-ups: Two more fairs");
    // It was written once and stays written.
    let again = sqlx::query("update key_result_terms set target = 1").execute(&mut app.sql().await).await;
    assert!(again.is_err(), "terms are append-only");
}

#[tokio::test]
async fn months_that_fall_out_take_their_shares_along() {
    let (_app, _, mut lead, mkt) = with_sign_ups().await;
    let split = "/p/GEO/goals/1.1/split";
    let fields: Vec<(String, &str)> =
        ["2026-09", "2026-10", "2026-11"].map(|month| (format!("a-{mkt}-{month}"), "200")).to_vec();
    let fields: Vec<(&str, &str)> = fields.iter().map(|(name, value)| (name.as_str(), *value)).collect();
    sent(&mut lead, split, split, &with(fields, &[("act", "save")])).await.expect(303);
    let edit = "/p/GEO/goals/1.1/edit";
    let shorter = with(sign_ups(&mkt, "600"), &[("starts", "2026-10"), ("reason", "Begun late")]);
    sent(&mut lead, edit, edit, &shorter).await.expect(303);
    let page = lead.get("/p/GEO/goals/1.1").await.expect(200);
    page.says("200 sign-ups left to split");
}

#[tokio::test]
async fn pages_cost_few_statements() {
    let (app, ..) = with_sign_ups().await;
    for (who, path, expected) in [
        ("viewer", "/p/GEO/goals", 5),
        ("lead", "/p/GEO/goals", 5),
        ("viewer", "/p/GEO/goals/1.1", 4),
        ("lead", "/p/GEO/goals/1.1", 4),
        ("lead", "/p/GEO/goals/1.1/split", 3),
        ("lead", "/p/GEO/goals/1.1/edit", 3),
        ("lead", "/p/GEO/goals/propose", 4),
        ("lead", "/p/GEO/goals/objectives/1", 3),
        ("liaison", "/p/GEO/goals/figures", 3),
    ] {
        let mut browser = app.sign_in(who).await;
        let (page, count) = statements::count(browser.get(path)).await;
        page.expect(200);
        assert_eq!(count, expected, "{who} {path}");
    }
}
