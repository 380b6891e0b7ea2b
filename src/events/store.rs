//! The `events` table: inserts in one statement, reads by keyset.

use super::{
    Kind,
    model::{Event, Recorded},
};
use crate::platform::ids::{EventId, PersonId, ProjectId, new_uuid};
use crate::platform::jobs;
use jiff::Timestamp;
use jiff_sqlx::ToSqlx;
use serde_json::{Value, json};
use sqlx::PgConnection;
use std::collections::HashMap;
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
    let is_news: Vec<bool> = events.iter().map(|event| event.kind.is_news()).collect();
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
        r#"with news_written as (
               insert into news (event_id) select id from unnest($1::uuid[], $15::bool[]) as given (id, is_news) where is_news)
           insert into events (id, at, project_id, actor_id, actor_name, kind, subject_kind, subject_id, subject_label,
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
        &is_news,
    )
    .execute(&mut *conn)
    .await?;
    if events.iter().any(|event| event.project_id.is_some() && event.kind.is_pressing()) {
        jobs::enqueue(conn, jobs::TELL_NEWS, json!({}), None).await?;
    }
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
    /// By or about one of these people; nobody in particular when empty.
    pub people: Vec<PersonId>,
    /// Of one of these kinds; any when empty.
    pub kinds: Vec<Kind>,
    /// Not before this moment.
    pub since: Option<Timestamp>,
    /// Before this moment.
    pub until: Option<Timestamp>,
    /// Older than this event.
    pub older_than: Option<EventId>,
}

/// Reads by one index, whatever else is asked. Three things keep it so however many lines there are and however seldom
/// the one looked for is:
///
/// - A row comparison `(kind, id) < (…)` can only be answered by the index on both; an equality would let the planner
///   walk the primary key backwards and hope.
/// - Ids sort by time, so days become bounds on ids. A transaction that took longer may have a younger id than its
///   moment says; bounds are therefore looked up with ten minutes to spare, which is longer than any request, and each
///   line's own moment decides, in words that no index answers.
/// - Several kinds or people are read one by one, each at most as far as the page is long.
macro_rules! read_by {
    ($asked:tt, column $column:tt = $value:tt) => {
        read_by!($asked, where ["(" + $column + ", id) < (" + $value + ", (select upper from bounds)) and (" + $column
            + ", id) > (" + $value + ", (select lower from bounds)) order by " + $column + " desc, id desc"])
    };
    ($asked:tt, each of $array:tt in $($column:tt),+) => {
        read_by!($asked, where ["id = any(array(select found.id from unnest(" + $array + ") as one (it) cross join lateral ("
            $(+ "(select e.id from events e where (e." + $column + ", e.id) < (one.it, (select upper from bounds)) and (e."
              + $column + ", e.id) > (one.it, (select lower from bounds))
                  and coalesce(e.at >= $4, true) and coalesce(e.at < $5, true)
                  and ($1::uuid is null or e.project_id = $1) and ($7::text[] is null or e.kind = any($7))
                  order by e." + $column + " desc, e.id desc limit $9) union ")+
            + "(select null::uuid where false)) found)) order by id desc"])
    };
    (($conn:expr, $filter:expr, $kinds:expr, $people:expr, $limit:expr), where [$($chosen:tt)+]) => {
        sqlx::query_as!(
            Recorded,
            r#"with bounds as materialized (
                   select least(coalesce($6::uuid, 'ffffffff-ffff-ffff-ffff-ffffffffffff'),
                                coalesce((select id from events where at >= coalesce($5::timestamptz, 'infinity') + interval '10 minutes'
                                          order by at, id limit 1), 'ffffffff-ffff-ffff-ffff-ffffffffffff')) as upper,
                          coalesce((select id from events where at < coalesce($4::timestamptz, '-infinity') - interval '10 minutes'
                                    order by at desc, id desc limit 1), '00000000-0000-0000-0000-000000000000') as lower)
               select id as "id!: EventId", at as "at!", project_id as "project_id: ProjectId", actor_id as "actor_id: PersonId",
                      actor_name as "actor_name!", kind as "kind!", subject_kind as "subject_kind!", subject_id as "subject_id!",
                      subject_label as "subject_label!", subject_title as "subject_title!", subject_title_zh,
                      before as "before!", after as "after!", request_id as "request_id!"
               from events
               where coalesce(at >= $4, true) and coalesce(at < $5, true)
                 and ($1::uuid is null or project_id = $1)
                 and ($2::uuid is null or subject_id = $2)
                 and ($3::uuid is null or actor_id = $3)
                 and ($7::text[] is null or kind = any($7))
                 and ($8::uuid[] is null or actor_id = any($8) or subject_id = any($8))
                 and "# + $($chosen)+ + " limit $9",
            $filter.project.map(ProjectId::uuid),
            $filter.subject,
            $filter.actor.map(PersonId::uuid),
            $filter.since.map(|at| at.to_sqlx()) as Option<jiff_sqlx::Timestamp>,
            $filter.until.map(|at| at.to_sqlx()) as Option<jiff_sqlx::Timestamp>,
            $filter.older_than.map(EventId::uuid),
            $kinds as Option<&[String]>,
            $people as Option<&[Uuid]>,
            $limit,
        )
        .fetch_all($conn)
        .await
    };
}

/// At most `limit` events, newest first, by the index that serves the narrowest of the questions.
///
/// # Errors
/// Of the database.
pub async fn read(conn: &mut PgConnection, filter: &Filter, limit: i64) -> Result<Vec<Recorded>, sqlx::Error> {
    let kinds: Vec<String> = filter.kinds.iter().map(|kind| kind.as_str().to_owned()).collect();
    let kinds = Some(kinds.as_slice()).filter(|kinds| !kinds.is_empty());
    let people: Vec<Uuid> = filter.people.iter().map(|person| person.uuid()).collect();
    let people = Some(people.as_slice()).filter(|people| !people.is_empty());
    if filter.subject.is_some() {
        read_by!((conn, filter, kinds, people, limit), column "subject_id" = "$2")
    } else if filter.actor.is_some() {
        read_by!((conn, filter, kinds, people, limit), column "actor_id" = "$3")
    } else if people.is_some() {
        read_by!((conn, filter, kinds, people, limit), each of "$8::uuid[]" in "actor_id", "subject_id")
    } else if filter.project.is_some() {
        read_by!((conn, filter, kinds, people, limit), column "project_id" = "$1")
    } else if kinds.is_some() {
        read_by!((conn, filter, kinds, people, limit), each of "$7::text[]" in "kind")
    } else {
        read_by!(
            (conn, filter, kinds, people, limit),
            where ["id < (select upper from bounds) and id > (select lower from bounds) order by id desc"]
        )
    }
}

/// Events by their ids.
///
/// # Errors
/// Of the database.
pub async fn of_ids(conn: &mut PgConnection, ids: &[EventId]) -> Result<HashMap<EventId, Recorded>, sqlx::Error> {
    let ids: Vec<Uuid> = ids.iter().map(|id| id.uuid()).collect();
    let events = sqlx::query_as!(
        Recorded,
        r#"select id as "id: EventId", at, project_id as "project_id: ProjectId", actor_id as "actor_id: PersonId", actor_name, kind,
                  subject_kind, subject_id, subject_label, subject_title, subject_title_zh, before, after, request_id
           from events where id = any($1)"#,
        &ids,
    )
    .fetch_all(conn)
    .await?;
    Ok(events.into_iter().map(|event| (event.id, event)).collect())
}
