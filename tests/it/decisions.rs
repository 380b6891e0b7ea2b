//! Decisions: recorded with all of their effects or not at all, registered, superseded.

mod archived;
mod closed;
mod conflicts;
mod document;
mod effects;
mod form;
mod gates;
mod guests;
mod launch;
mod plan;
mod raising;
mod recording;
mod register;
mod reviews;
mod unblocking;

use crate::support::{TestApp, disputes::value};
use tutti::platform::ids::new_uuid;
use uuid::Uuid;

/// Everything that has to be right besides effects.
fn complete<'a>(id: &'a str, option: &'a str, owner: &'a str) -> Vec<(&'a str, &'a str)> {
    vec![
        ("act", "record"),
        ("id", id),
        ("option", option),
        ("rationale", "It keeps the **margin**."),
        ("kind", "price"),
        ("owner", owner),
        ("review_on", "2027-02-18"),
    ]
}

pub async fn milestone(app: &TestApp, project: Uuid, title: &str) -> String {
    let id = new_uuid();
    sqlx::query(
        "insert into milestones (project_id, id, title, baseline_on, due_on, created_at)
         values ($1, $2, $3, '2026-12-01', '2026-12-01', '2026-10-01T00:00:00Z')",
    )
    .bind(project)
    .bind(id)
    .bind(title)
    .execute(&mut app.sql().await)
    .await
    .unwrap();
    id.to_string()
}

/// How much there is of everything that a decision writes.
async fn written(app: &TestApp) -> String {
    value(
        app,
        "select concat_ws(' ', (select count(*) from decisions), (select count(*) from decision_effects), (select count(*) from tasks),
                (select count(*) from events), (select string_agg(due_on::text, ',' order by number) from tasks),
                (select string_agg(due_on::text, ',') from milestones), (select string_agg(state, ',') from escalations),
                (select next_decision_number from projects where key = 'GEO'))",
    )
    .await
}

/// Records a decision without an escalation; answers its address.
pub async fn recorded(app: &TestApp, kind: &str, title: &str) -> String {
    let (id, lead) = (new_uuid().to_string(), app.id_of("lead").await.to_string());
    let fields = [
        ("act", "record"),
        ("id", id.as_str()),
        ("title", title),
        ("rationale", "Because"),
        ("kind", kind),
        ("owner", &lead),
    ];
    app.sign_in("chair").await.post("/p/GEO/decisions/new", &fields).await.expect(303).location().to_owned()
}

/// Where a decision that no escalation asked for is recorded.
pub const NEW: &str = "/p/GEO/decisions/new";

/// A complete decision of the chair with these effects; `act` is what the button says.
pub fn alone<'a>(act: &'a str, id: &'a str, owner: &'a str, effects: &[(&'a str, &'a str)]) -> Vec<(&'a str, &'a str)> {
    let own = [
        ("act", act),
        ("id", id),
        ("title", "Change the plan"),
        ("rationale", "Because"),
        ("kind", "change"),
        ("owner", owner),
    ];
    own.iter().chain(effects).copied().collect()
}

/// How many events of a kind there are.
async fn events(app: &TestApp, kind: &str) -> i64 {
    sqlx::query_scalar("select count(*) from events where kind = $1")
        .bind(kind)
        .fetch_one(&mut app.sql().await)
        .await
        .unwrap()
}

/// A duty of stage A1 of which marketing is A and R, product is C; answers its id.
pub async fn duty(app: &TestApp, project: Uuid) -> String {
    let id = new_uuid();
    sqlx::query(
        "with duty as (insert into duties (project_id, id, stage_id, position, code, title_en, title_zh, due_day, is_evidence)
             select $1, $2, id, 1, 'a1_price', 'Price list', '价目表', 5, true from stages where project_id = $1 and code = 'A1' returning id)
         insert into duty_letters (project_id, duty_id, part_id, letter)
         select $1, duty.id, parts.id, given.letter from duty, (values ('MKT', 'A'), ('MKT', 'R'), ('PM', 'C')) as given (code, letter)
         join parts on parts.project_id = $1 and parts.code = given.code",
    )
    .bind(project)
    .bind(id)
    .execute(&mut app.sql().await)
    .await
    .unwrap();
    id.to_string()
}

/// A rule of the gate of stage A1; answers its id.
async fn rule(app: &TestApp, project: Uuid, check: &str) -> String {
    let id = new_uuid();
    sqlx::query(
        "insert into gate_rules (project_id, id, stage_id, position, text_en, text_zh, expression, checks, is_blocking)
         select $1, $2, id, (select count(*) + 1 from gate_rules where project_id = $1), 'Contract signed', '合同已签', 'rule', $3::jsonb, true
         from stages where project_id = $1 and code = 'A1'",
    )
    .bind(project)
    .bind(id)
    .bind(check)
    .execute(&mut app.sql().await)
    .await
    .unwrap();
    id.to_string()
}

/// The id of a stage of GEO.
pub async fn stage(app: &TestApp, project: Uuid, code: &str) -> String {
    let id: Uuid = sqlx::query_scalar("select id from stages where project_id = $1 and code = $2")
        .bind(project)
        .bind(code)
        .fetch_one(&mut app.sql().await)
        .await
        .unwrap();
    id.to_string()
}

/// Attested by the lead: it does not hold by itself.
const SIGNED: &str = r#"{"kind":"attested","metric":"signed","en":"Signed","zh":"已签","comparison":"is_true","threshold":1.0,"unit":"yes_no"}"#;
/// The committee's voted go.
const GO: &str = r#"{"kind":"decision_recorded","decision":"go"}"#;
