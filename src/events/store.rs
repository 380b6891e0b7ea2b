//! The `events` table: inserts in one statement, reads by keyset.

use super::model::{Event, Recorded};
use crate::platform::ids::{EventId, PersonId, ProjectId, new_uuid};
use jiff::Timestamp;
use jiff_sqlx::ToSqlx;
use serde_json::Value;
use sqlx::PgConnection;
use uuid::Uuid;

/// Writes events in their order, in one statement.
///
/// # Errors
/// Of the database.
pub async fn insert(
    conn: &mut PgConnection,
    at: Timestamp,
    actor: Option<PersonId>,
    actor_name: &str,
    request_id: &str,
    events: &[Event],
) -> Result<(), sqlx::Error> {
    let ids: Vec<Uuid> = events.iter().map(|_| new_uuid()).collect();
    let projects: Vec<Option<Uuid>> = events.iter().map(|event| event.project_id.map(ProjectId::uuid)).collect();
    let kinds: Vec<String> = events.iter().map(|event| event.kind.as_str().to_owned()).collect();
    let subject_kinds: Vec<String> = events.iter().map(|event| event.subject.kind.as_str().to_owned()).collect();
    let subject_ids: Vec<Uuid> = events.iter().map(|event| event.subject.id).collect();
    let labels: Vec<String> = events.iter().map(|event| event.subject.label.clone()).collect();
    let titles: Vec<String> = events.iter().map(|event| event.subject.title.clone()).collect();
    let titles_zh: Vec<Option<String>> = events.iter().map(|event| event.subject.title_zh.clone()).collect();
    let before: Vec<Value> = events.iter().map(|event| Value::Object(event.before.clone())).collect();
    let after: Vec<Value> = events.iter().map(|event| Value::Object(event.after.clone())).collect();
    sqlx::query!(
        r#"insert into events (id, at, project_id, actor_id, actor_name, kind, subject_kind, subject_id, subject_label,
                               subject_title, subject_title_zh, before, after, request_id)
           select id, $2, project_id, $3, $4, kind, subject_kind, subject_id, label, title, title_zh, before, after, $5
           from unnest($1::uuid[], $6::uuid[], $7::text[], $8::text[], $9::uuid[], $10::text[], $11::text[], $12::text[],
                       $13::jsonb[], $14::jsonb[])
                as given (id, project_id, kind, subject_kind, subject_id, label, title, title_zh, before, after)"#,
        &ids,
        at.to_sqlx(),
        actor.map(PersonId::uuid),
        actor_name,
        request_id,
        &projects as &[Option<Uuid>],
        &kinds,
        &subject_kinds,
        &subject_ids,
        &labels,
        &titles,
        &titles_zh as &[Option<String>],
        &before,
        &after,
    )
    .execute(conn)
    .await?;
    Ok(())
}

/// Which events a feed shows, newest first.
#[derive(Clone, Debug, Default)]
pub struct Filter {
    /// Of this project.
    pub project: Option<ProjectId>,
    /// About this subject.
    pub subject: Option<Uuid>,
    /// By this person.
    pub actor: Option<PersonId>,
    /// Of a kind that starts with this: `task.`, `session.sign_in_refused`.
    pub kind: Option<String>,
    /// Not before this moment.
    pub since: Option<Timestamp>,
    /// Before this moment.
    pub until: Option<Timestamp>,
    /// Older than this event.
    pub older_than: Option<EventId>,
}

/// At most `limit` events, newest first. With a project, subject or actor it reads one index only.
///
/// # Errors
/// Of the database.
pub async fn read(conn: &mut PgConnection, filter: &Filter, limit: i64) -> Result<Vec<Recorded>, sqlx::Error> {
    sqlx::query_as!(
        Recorded,
        r#"select id, at, project_id as "project_id: ProjectId", actor_id as "actor_id: PersonId", actor_name, kind,
                  subject_kind, subject_id, subject_label, subject_title, subject_title_zh, before, after, request_id
           from events
           where ($1::uuid is null or project_id = $1)
             and ($2::uuid is null or subject_id = $2)
             and ($3::uuid is null or actor_id = $3)
             and ($4::text is null or starts_with(kind, $4))
             and ($5::timestamptz is null or at >= $5)
             and ($6::timestamptz is null or at < $6)
             and ($7::uuid is null or id < $7)
           order by id desc
           limit $8"#,
        filter.project.map(ProjectId::uuid),
        filter.subject,
        filter.actor.map(PersonId::uuid),
        filter.kind,
        filter.since.map(|at| at.to_sqlx()) as Option<jiff_sqlx::Timestamp>,
        filter.until.map(|at| at.to_sqlx()) as Option<jiff_sqlx::Timestamp>,
        filter.older_than.map(EventId::uuid),
        limit,
    )
    .fetch_all(conn)
    .await
}
