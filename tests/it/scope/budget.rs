//! What the budget does not hold: one escalation, joined by the next; how it ends.

use super::{agreed, baseline, ended, kinds, locked, part, send, sized, states, value};
use crate::support::{
    TestApp,
    disputes::{hidden, prepared, version},
};
use tutti::platform::ids::new_uuid;
use uuid::Uuid;

/// Five days, of which two are used; a change of four waits for the escalation.
async fn over() -> (TestApp, Uuid, String) {
    let (app, geo) = locked("5").await;
    agreed(&app, geo, "Export", "2").await;
    let path = agreed(&app, geo, "Single sign-on | SAML", "4").await;
    (app, geo, path)
}

#[tokio::test]
async fn a_change_beyond_the_budget_opens_one_escalation_that_names_everybody() {
    let (app, geo, path) = over().await;
    assert_eq!(states(&app).await, "1 accepted 4, 2 over_budget 8");
    assert_eq!(
        value(&app, "select concat_ws(' ', count(*), max(kind), max(category)) from escalations").await,
        "1 scope scope_change"
    );
    let page = app.sign_in("other").await.get(&path).await.expect(200).says("Over budget");
    assert_eq!(page.attribute("a[href='/p/GEO/escalations/1']", "href").as_deref(), Some("/p/GEO/escalations/1"));
    app.sign_in("other").await.get("/").await.expect(200).says("I wait for").says("Waits for the change budget");
    for who in ["product", "rnd"] {
        let page = app.sign_in(who).await.get("/").await.expect(200).says("Agree with the other side, or pass it on");
        assert_eq!(page.all(".items a[href='/p/GEO/escalations/1']").len(), 2, "{who}");
    }
    let page = app.sign_in("lead").await.get("/p/GEO/escalations/1").await.expect(200);
    let page = page.says("Raise the change budget for C-2").says("Sales 6 working days");
    let page = page.says("It wins the pilot.").says("We have the people.").says("Requirement changes");
    let page =
        page.says("Raise the change budget and take the waiting changes in").says("Leave the waiting changes out");
    let side = app.sign_in("product").await.get("/p/GEO/escalations/1").await.expect(200);
    side.says("Without a decision this leaves out C-2 Single sign-on | SAML (4 working days)");
    assert!(page.attribute("#changes a[href='/p/GEO/scope/changes/2']", "href").is_some());
    let trail = "select string_agg(concat_ws(' ', actor_name, after->>'person'), ', ' order by id) from events where kind = 'position.written'";
    assert_eq!(kinds(&app, trail).await, "rnd, rnd product", "who said what is passed on");
    let sides = "select string_agg(parts.code, ' ' order by parts.code) from escalations e join parts on parts.id in (e.from_part_id, e.to_part_id)";
    assert_eq!(value(&app, sides).await, "PM RND");
    let page = app.sign_in("lead").await.get("/p/GEO/scope").await.expect(200);
    assert_eq!(page.all("#sums dd"), ["5", "2", "3", "4"]);
    assert_eq!(page.attribute("progress", "data-tone"), None, "two of five are used: what waits is said in words");
    assert_eq!(page.all("#contributors tbody tr"), ["SA Sales 2 changes 2 d 4 d –"]);
    // What still fits is counted meanwhile; what does not joins the open one.
    agreed(&app, geo, "Print", "3").await;
    agreed(&app, geo, "Import", "0.5").await;
    assert_eq!(states(&app).await, "1 accepted 4, 2 over_budget 8, 3 accepted 6, 4 over_budget 1");
    assert_eq!(value(&app, "select count(*)::text from escalations").await, "1");
    app.sign_in("lead")
        .await
        .get("/p/GEO/escalations/1")
        .await
        .expect(200)
        .says("C-4, 0.5 working days, asked by Sales")
        .says("C-4 Import (0.5 working days)");
    baseline(&app, geo, "1", "1").await.expect(422).says("An escalation about the change budget is open");
    assert!(!ended(&app, geo).await, "it is open");
}

/// Nobody has written it: whoever accepted last did that, and history says so.
#[tokio::test]
async fn what_the_program_put_together_stands_in_nobodys_name() {
    let (app, _, _) = over().await;
    let mut lead = app.sign_in("lead").await;
    let page = lead.get("/p/GEO/escalations/1").await.expect(200).says("E-1, put together by Tutti on");
    let page = page.says("put together by Tutti").says("We have the people.");
    assert!(!page.text().contains("raised by rnd") && !page.text().contains("added by rnd"), "{}", page.text());
    lead.clone().chinese().get("/p/GEO/escalations/1").await.expect(200).says("由 Tutti 于").says("由 Tutti 自动整理");
    lead.get("/p/GEO/history").await.expect(200).says("rnd accepted").says("Tutti raised E-1");
    let by = "select string_agg(distinct concat_ws(' ', kind, coalesce(nullif(actor_name, ''), 'Tutti')), ', ') from events where subject_kind = 'escalation'";
    assert_eq!(
        kinds(&app, by).await,
        "escalation.raised Tutti, evidence.added Tutti, option.added Tutti, position.written rnd"
    );
    // The table of changes is one elsewhere too.
    let text = lead.get("/p/GEO/escalations/1/markdown").await.expect(200).body;
    assert!(text.contains("E-1, put together by Tutti on"), "{text}");
    let table =
        "\n\n  | Change | Asked by | Size |\n  | --- | --- | --- |\n  | C-1 Export | Sales | 2 working days |\n";
    assert!(text.contains(table), "{text}");
    assert!(text.contains("C-2 Single sign-on \\| SAML (this change)"), "{text}");
    // Evidence that somebody adds is theirs.
    let id = new_uuid().to_string();
    let fields = [("evidence_id", id.as_str()), ("evidence_label", "A letter"), ("evidence_body", "So")];
    app.sign_in("product").await.post("/p/GEO/escalations/1/evidence", &fields).await.expect(303);
    lead.get("/p/GEO/escalations/1").await.expect(200).says("added by product");
}

#[tokio::test]
async fn two_racers_open_one_escalation() {
    let (app, geo) = locked("1").await;
    let mut paths = Vec::new();
    for title in ["Export", "Import", "Print", "Rename"] {
        let path = sized(&app, geo, title, "2").await;
        send(&app, "product", &path, "accept", &[("side", "product")]).await.expect(303);
        paths.push(path);
    }
    let mut set = tokio::task::JoinSet::new();
    for path in paths {
        let mut rnd = app.sign_in("rnd").await;
        set.spawn(async move {
            let step = new_uuid().to_string();
            let fields = [("step", step.as_str()), ("version", "3"), ("side", "rnd")];
            rnd.post(&format!("{path}/accept"), &fields).await.status.as_u16()
        });
    }
    while let Some(done) = set.join_next().await {
        assert_eq!(done.unwrap(), 303);
    }
    assert_eq!(states(&app).await, "1 over_budget 4, 2 over_budget 4, 3 over_budget 4, 4 over_budget 4");
    let counts = "select concat_ws(' ', (select count(*) from escalations), (select count(*) from scope_escalations), (select count(*) from evidence))";
    assert_eq!(value(&app, counts).await, "1 1 4", "the ledger, and each that joined");
}

/// Two changes of which the budget holds one, at the same moment.
#[tokio::test]
async fn two_racers_never_fill_it_above_the_brim() {
    let (app, geo) = locked("3").await;
    let mut set = tokio::task::JoinSet::new();
    for title in ["Export", "Import"] {
        let path = sized(&app, geo, title, "2").await;
        send(&app, "product", &path, "accept", &[("side", "product")]).await.expect(303);
        let mut rnd = app.sign_in("rnd").await;
        set.spawn(async move {
            let step = new_uuid().to_string();
            let fields = [("step", step.as_str()), ("version", "3"), ("side", "rnd")];
            rnd.post(&format!("{path}/accept"), &fields).await.expect(303);
        });
    }
    while let Some(done) = set.join_next().await {
        done.unwrap();
    }
    let by_state = "select string_agg(state, ' ' order by state) from scope_changes";
    assert_eq!(value(&app, by_state).await, "accepted over_budget");
}

/// Brings the escalation before the committee, which votes for the first option.
async fn prepare_vote(app: &TestApp) {
    let path = "/p/GEO/escalations/1";
    let mut lead = app.sign_in("lead").await;
    prepare(app, path).await;
    lead.post(&format!("{path}/pass"), &[("from", "liaisons")]).await.expect(303);
    lead.post(&format!("{path}/pass"), &[("from", "lead"), ("note", "Both tried.")]).await.expect(303);
    let vote = value(app, "select id::text from options where letter = 'A'").await;
    app.sign_in("committee")
        .await
        .post(&format!("{path}/ballot"), &[("vote", &vote), ("reason", "")])
        .await
        .expect(303);
}

async fn record(app: &TestApp, effects: &[(&str, &str)], expect: u16) -> String {
    let (vote, id) = (value(app, "select id::text from options where letter = 'A'").await, new_uuid().to_string());
    let owner = app.id_of("lead").await.to_string();
    let act = effects.iter().find(|(name, _)| *name == "act").map_or("record", |(_, act)| *act);
    let mut fields = vec![
        ("act", act),
        ("id", id.as_str()),
        ("option", &vote),
        ("title", "More time for changes"),
        ("rationale", "It wins the pilot."),
        ("kind", "change"),
        ("owner", &owner),
    ];
    fields.extend(effects.iter().filter(|(name, _)| *name != "act"));
    let answer = app.sign_in("chair").await.post("/p/GEO/escalations/1/decide", &fields).await.expect(expect);
    answer.text()
}

/// Every option answers every criterion; `other` is the raiser and speaks for the product.
async fn prepare(app: &TestApp, path: &str) {
    super::takes_over(app, "other").await;
    sqlx::query("update escalations set raised_by = (select id from people where name = 'other')")
        .execute(&mut app.sql().await)
        .await
        .unwrap();
    prepared(app, path).await;
    assert!(!version(app).await.is_empty());
}

#[tokio::test]
async fn a_decision_raises_the_budget_and_takes_in_what_it_holds() {
    let (app, geo, _) = over().await;
    agreed(&app, geo, "Import", "4").await;
    agreed(&app, geo, "Print", "3.5").await;
    let effect = [("effect", "set_budget"), ("days1", "5")];
    prepare_vote(&app).await;
    let form = app.sign_in("chair").await.get("/p/GEO/escalations/1/decide").await.expect(200);
    assert_eq!(form.attribute("#days1", "value").as_deref(), Some("13.5"), "what counts and what waits");
    let form =
        form.says("C-2 Single sign-on | SAML (4 working days) comes in").says("C-4 Print (3.5 working days) comes in");
    assert!(!form.text().contains("falls out"));
    let small = record(&app, &[("act", "preview"), ("effect", "set_budget"), ("days1", "9.5")], 200).await;
    assert!(small.contains("C-3 falls out: a budget of 9.5 working days does not hold it"));
    let none = record(&app, &[("act", "preview")], 200).await;
    assert!(none.contains("C-2 falls out: a budget of 5 working days does not hold it"));
    let empty = record(&app, &[("effect", "set_budget"), ("days1", "")], 422).await;
    assert!(empty.contains("Enter the new budget, or remove this row"));
    assert!(record(&app, &effect, 422).await.contains("The budget is 5 working days already"));
    assert!(record(&app, &[("effect", "set_budget"), ("days1", "x")], 422).await.contains("0 to 2,000"));
    record(&app, &[("effect", "set_budget"), ("days1", "9.5")], 303).await;
    let page = app.sign_in("chair").await.get("/p/GEO/decisions/1").await.expect(200);
    page.says("Change budget").says("9.5 working days").says("5 working days");
    assert_eq!(states(&app).await.matches("over_budget").count(), 3, "until the queue looks at it");
    assert!(ended(&app, geo).await);
    assert!(!ended(&app, geo).await, "again it changes nothing");
    assert_eq!(states(&app).await, "1 accepted 4, 2 accepted 8, 3 declined 8, 4 accepted 7");
    let page = app.sign_in("other").await.get("/p/GEO/scope?show=all").await.expect(200).says("Raised by D-1");
    assert_eq!(page.all("#sums dd"), ["9.5", "9.5", "0", "0"]);
    let page = app.sign_in("other").await.get("/p/GEO/scope/changes/3").await.expect(200);
    let again = "/p/GEO/scope/changes/new?again=3";
    assert!(page.says("Left out by decision D-1").attribute(&format!("a[href='{again}']"), "href").is_some());
    let form = app.sign_in("other").await.get(again).await.expect(200);
    assert_eq!(form.attribute("#title", "value").as_deref(), Some("Import"));
    let page = app.sign_in("other").await.get("/p/GEO/decisions/1").await.expect(200);
    assert!(page.attribute(&format!("#changes a[href='{again}']"), "href").is_some());
    app.sign_in("other").await.get("/p/GEO/scope/changes/2").await.expect(200).says("Taken in by decision D-1");
    let settled = "select string_agg(concat_ws(' ', subject_label, after->>'state', coalesce(actor_name, '')), ', ' order by id) from events where kind = 'change.settled'";
    assert_eq!(kinds(&app, settled).await, "C-2 accepted , C-3 declined , C-4 accepted ");
}

#[tokio::test]
async fn one_side_alone_turns_down_nothing_that_both_accepted() {
    let (app, _, _) = over().await;
    let path = "/p/GEO/escalations/1";
    let mut rnd = app.sign_in("rnd").await;
    let page = rnd.get(path).await.expect(200).says("One side alone cannot withdraw it");
    assert!(page.all("form[action$='/withdraw']").is_empty());
    let page = rnd.post(&format!("{path}/withdraw"), &[("why", "We cannot.")]).await.expect(409);
    page.says("Both sides accepted what waits for this: C-2").says("With the liaisons");
    assert_eq!(states(&app).await, "1 accepted 4, 2 over_budget 8");
}

#[tokio::test]
async fn a_settlement_raises_nothing_and_the_next_change_opens_another() {
    let (app, geo, path) = over().await;
    let mut lead = app.sign_in("lead").await;
    lead.post("/p/GEO/escalations/1/pass", &[("from", "liaisons")]).await.expect(303);
    lead.post("/p/GEO/escalations/1/settle", &[("outcome", "Next release.")]).await.expect(303);
    let queued =
        "select count(*)::text from graphile_worker.jobs where task_identifier = 'decisions.escalation_closed'";
    assert_eq!(value(&app, queued).await, "1", "queued with what closed it");
    // Who comes before the queue finds it settled all the same.
    agreed(&app, geo, "Import", "4").await;
    assert_eq!(states(&app).await, "1 accepted 4, 2 declined 8, 3 over_budget 8");
    lead.get(&path).await.expect(200).says("Left out by the settlement of E-1");
    assert_eq!(
        value(&app, "select string_agg((ended_at is null)::text, ' ' order by opened_at) from scope_escalations").await,
        "false true"
    );
    let withdrawn = [("why", "Later.")];
    send(&app, "other", "/p/GEO/scope/changes/3", "withdraw", &withdrawn).await.expect(303);
    app.sign_in("rnd").await.post("/p/GEO/escalations/2/withdraw", &withdrawn).await.expect(303);
    assert!(ended(&app, geo).await);
    assert_eq!(states(&app).await, "1 accepted 4, 2 declined 8, 3 withdrawn 8");
}

/// Without a baseline there is no budget to raise, and the form does not offer it.
#[tokio::test]
async fn a_decision_without_a_baseline_raises_no_budget() {
    let (app, geo) = super::company().await;
    let (id, owner) = (new_uuid().to_string(), app.id_of("lead").await.to_string());
    let mut chair = app.sign_in("chair").await;
    let page = chair.get("/p/GEO/decisions/new").await.expect(200);
    assert!(!hidden(&page, "/p/GEO/decisions/new").iter().any(|(_, value)| value == "set_budget"));
    let fields = [
        ("act", "record"),
        ("id", id.as_str()),
        ("title", "More"),
        ("rationale", "Because"),
        ("kind", "change"),
        ("owner", &owner),
        ("effect", "set_budget"),
        ("days1", "4"),
    ];
    chair.post("/p/GEO/decisions/new", &fields).await.expect(422).says("no scope baseline");
    baseline(&app, geo, "0", "3").await.expect(303);
    chair.post("/p/GEO/decisions/new", &fields).await.expect(303);
    let budget = "select concat_ws(' ', budget_halves, decision_id is not null) from scope_current";
    assert_eq!(value(&app, budget).await, "8 t");
    assert!(!part(&app, geo, "PM").await.is_empty());
}
