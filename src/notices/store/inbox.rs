//! SQL of the inbox: the lines of one person.

use crate::platform::ids::{EventId, NoticeId, PersonId};
use jiff::Timestamp;
use jiff_sqlx::ToSqlx;
use sqlx::PgConnection;
use uuid::Uuid;

/// A line of the inbox.
#[derive(Clone, Debug)]
pub struct Row {
    /// Its id.
    pub id: NoticeId,
    /// What is wanted.
    pub want: Option<String>,
    /// How many things it folds.
    pub count: i32,
    /// When the last of them happened.
    pub at: Timestamp,
    /// Whether it has been read.
    pub is_read: bool,
    /// Whether the person reads it without seeing the project.
    pub is_outsider: bool,
    /// The project's name.
    pub project: String,
    /// The event it is made from.
    pub event_id: EventId,
}

/// Which lines the inbox shows.
#[derive(Clone, Debug, Default)]
pub struct Filter {
    /// Of the project with this key.
    pub key: Option<String>,
    /// Those that have been read too.
    pub with_read: bool,
    /// Older than this line.
    pub older_than: Option<NoticeId>,
}

/// A person's lines, the latest first. Of a project that they may not see nothing is shown but what was put before them.
///
/// # Errors
/// Of the database.
pub async fn lines(
    conn: &mut PgConnection,
    person: PersonId,
    role: &str,
    filter: &Filter,
    most: i64,
) -> Result<Vec<Row>, sqlx::Error> {
    sqlx::query_as!(
        Row,
        r#"select notices.id as "id!: NoticeId", notices.want, notices.count as "count!", notices.at as "at!",
                  notices.read_at is not null as "is_read!", notices.is_outsider as "is_outsider!",
                  projects.name as project, notices.event_id as "event_id!: EventId"
           from notices_read_by($1, $2) as notices
           join projects on projects.id = notices.project_id
           where (notices.read_at is null or $4)
             and ($3::text is null or projects.key = $3)
             and ($5::uuid is null or (notices.at, notices.id) < (select older.at, older.id from notices older where older.id = $5 and older.person_id = $1))
           order by notices.at desc, notices.id desc limit $6"#,
        person.uuid(),
        role,
        filter.key.as_deref(),
        filter.with_read,
        filter.older_than.map(NoticeId::uuid),
        most,
    )
    .fetch_all(conn)
    .await
}

/// The projects that a person may see and has unread lines of, with how many.
///
/// # Errors
/// Of the database.
pub async fn projects(
    conn: &mut PgConnection,
    person: PersonId,
    role: &str,
) -> Result<Vec<(String, String, i64)>, sqlx::Error> {
    let rows = sqlx::query!(
        r#"select projects.key as "key!", projects.name as "name!", count(*) as "unread!"
           from notices join projects_seen_by($1, $2) as projects on projects.id = notices.project_id
           where notices.person_id = $1 and notices.read_at is null group by projects.key, projects.name order by projects.name limit 50"#,
        person.uuid(),
        role,
    )
    .fetch_all(conn)
    .await?;
    Ok(rows.into_iter().map(|row| (row.key, row.name, row.unread)).collect())
}

/// Marks a line of a person's as read; where it leads to: the event's subject and the project's key.
///
/// # Errors
/// Of the database.
pub async fn read_one(
    conn: &mut PgConnection,
    person: PersonId,
    role: &str,
    id: NoticeId,
    now: Timestamp,
) -> Result<Option<(String, String, String, Uuid)>, sqlx::Error> {
    let row = sqlx::query!(
        r#"with found as (
               update notices set read_at = coalesce(read_at, $3)
               where id = $1 and person_id = $2 and exists (select from notices_read_by($2, $4) as own where own.id = $1)
               returning project_id, event_id)
           select projects.key, events.subject_kind, events.subject_label, events.subject_id from found
           join projects on projects.id = found.project_id join events on events.id = found.event_id"#,
        id.uuid(),
        person.uuid(),
        now.to_sqlx() as jiff_sqlx::Timestamp,
        role,
    )
    .fetch_optional(conn)
    .await?;
    Ok(row.map(|row| (row.key, row.subject_kind, row.subject_label, row.subject_id)))
}

/// Marks as read what a page showed: everything of a person's that is not newer, in a project or in all.
///
/// # Errors
/// Of the database.
pub async fn read_all(
    conn: &mut PgConnection,
    person: PersonId,
    key: Option<&str>,
    until: Timestamp,
    now: Timestamp,
) -> Result<u64, sqlx::Error> {
    let done = sqlx::query!(
        "update notices set read_at = $4 from projects
         where projects.id = notices.project_id and notices.person_id = $1 and notices.read_at is null and notices.at <= $3
           and ($2::text is null or projects.key = $2)",
        person.uuid(),
        key,
        until.to_sqlx() as jiff_sqlx::Timestamp,
        now.to_sqlx() as jiff_sqlx::Timestamp,
    )
    .execute(conn)
    .await?;
    Ok(done.rows_affected())
}
