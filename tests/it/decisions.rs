//! Decisions: recorded with all of their effects or not at all, registered, superseded.

mod archived;
mod closed;
mod effects;
mod guests;
mod raising;
mod recording;
mod register;
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

async fn milestone(app: &TestApp, project: Uuid, title: &str) -> String {
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
async fn recorded(app: &TestApp, kind: &str, title: &str) -> String {
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
