//! Reads the events in the order in which they can be seen, and what watchers may see.
//!
//! Ids of events are made by processes before they commit, and an earlier transaction may commit later. So events are read
//! by transaction, and only of those that are older than every transaction under way: nothing appears behind a cursor.

use super::model::{Cursor, Seen};
use crate::{
    platform::{
        ids::{EventId, PersonId, ProjectId, SessionId},
        watchers::Watcher,
    },
    projects::{ProjectState, Rights, Visibility, model::OwnSeat},
    web::shell::OrganisationRole,
};
use jiff::Timestamp;
use jiff_sqlx::ToSqlx;
use sqlx::{PgConnection, types::Json};
use std::collections::HashSet;
use uuid::Uuid;

/// Newest events of a project that a page which was away is told of; with more it looks at everything.
const NEWEST: i64 = 50;

/// Before everything that commits from now on.
///
/// # Errors
/// Of the database.
pub async fn now(conn: &mut PgConnection) -> Result<Cursor, sqlx::Error> {
    let oldest = sqlx::query_scalar!(r#"select pg_snapshot_xmin(pg_current_snapshot())::text::bigint as "oldest!""#)
        .fetch_one(conn)
        .await?;
    Ok(Cursor::before(oldest))
}

/// The next events after a cursor, of all projects, at most `limit`.
///
/// # Errors
/// Of the database.
pub async fn after(conn: &mut PgConnection, cursor: Cursor, limit: i64) -> Result<Vec<Seen>, sqlx::Error> {
    let rows = sqlx::query!(
        r#"select xid::text::bigint as "transaction!", id as "id: EventId", project_id as "project_id: ProjectId",
                  actor_id as "actor_id: PersonId", subject_kind, subject_id, subject_label
           from events
           where xid is not null and (xid, id) > ($1::bigint::text::xid8, $2::uuid)
             and xid < pg_snapshot_xmin(pg_current_snapshot())
           order by xid, id limit $3"#,
        cursor.transaction,
        cursor.event.uuid(),
        limit,
    )
    .fetch_all(conn)
    .await?;
    Ok(rows
        .into_iter()
        .map(|row| Seen {
            cursor: Cursor { transaction: row.transaction, event: row.id },
            project: row.project_id,
            actor: row.actor_id,
            kind: row.subject_kind,
            subject: row.subject_id,
            label: row.subject_label,
        })
        .collect())
}

/// What a page missed.
#[derive(Debug)]
pub struct Missed {
    /// Where it is afterwards.
    pub cursor: Cursor,
    /// Sort and label of what changed; none when that cannot be said.
    pub changed: Option<Vec<(String, String)>>,
}

/// What happened in a project since a cursor. Looks at the newest events only, by an index that was there before. Events of
/// transactions that are still to come were brought back from a copy of another database, long ago.
///
/// # Errors
/// Of the database.
pub async fn missed(conn: &mut PgConnection, project: ProjectId, since: Cursor) -> Result<Missed, sqlx::Error> {
    let row = sqlx::query!(
        r#"select pg_snapshot_xmin(pg_current_snapshot())::text::bigint as "oldest!",
                  pg_snapshot_xmax(pg_current_snapshot())::text::bigint as "next!",
                  (select coalesce(jsonb_agg(jsonb_build_array(subject_kind, subject_label)), '[]')
                   from (select xid, id, subject_kind, subject_label from events where project_id = $1 order by id desc limit $4) newest
                   where xid is not null and (xid, id) > ($2::bigint::text::xid8, $3::uuid)
                     and xid < pg_snapshot_xmax(pg_current_snapshot())) as "changed!: Json<Vec<(String, String)>>""#,
        project.uuid(),
        since.transaction,
        since.event.uuid(),
        NEWEST,
    )
    .fetch_one(conn)
    .await?;
    let changed = row.changed.0;
    // A cursor from the future is one of another database: this one was brought back from a copy.
    let is_known = since.transaction <= row.next && i64::try_from(changed.len()).is_ok_and(|count| count < NEWEST);
    Ok(Missed { cursor: Cursor::before(row.oldest), changed: is_known.then_some(changed) })
}

/// Those of the watchers who may still see what they watch, in one statement.
///
/// # Errors
/// Of the database.
pub async fn entitled(
    conn: &mut PgConnection,
    watchers: &[Watcher],
    now: Timestamp,
) -> Result<HashSet<Watcher>, sqlx::Error> {
    let sessions: Vec<Uuid> = watchers.iter().map(|watcher| watcher.session.uuid()).collect();
    let projects: Vec<Uuid> = watchers.iter().map(|watcher| watcher.project.uuid()).collect();
    let rows = sqlx::query!(
        r#"select sessions.id as "session_id: SessionId", people.id as "person_id: PersonId", people.role as "role: OrganisationRole",
                  p.id as "project_id: ProjectId", p.state as "state: ProjectState", p.visibility as "visibility: Visibility",
                  p.created_by as "created_by: PersonId",
                  (select coalesce(jsonb_agg(jsonb_build_object('id', seats.id, 'role', seats.role, 'part_id', seats.part_id)), '[]')
                   from seats where seats.project_id = p.id and seats.person_id = people.id and seats.removed_at is null)
                      as "seats!: Json<Vec<OwnSeat>>"
           from unnest($1::uuid[], $2::uuid[]) as w (session_id, project_id)
           join sessions on sessions.id = w.session_id and sessions.expires_at > $3
           join people on people.id = sessions.person_id and people.deactivated_at is null
           join projects p on p.id = w.project_id"#,
        &sessions,
        &projects,
        now.to_sqlx(),
    )
    .fetch_all(conn)
    .await?;
    Ok(rows
        .into_iter()
        .filter(|row| {
            let is_creator = row.created_by == row.person_id;
            Rights::new(row.person_id, row.role, row.seats.0.clone(), row.state, row.visibility, is_creator).may_see()
        })
        .map(|row| Watcher { project: row.project_id, session: row.session_id, person: row.person_id })
        .collect())
}
