//! SQL of `positions`, `evidence`, `escalation_comments` and `escalation_guests`.

use super::model::{EvidenceToAdd, NewEvidence};
use crate::platform::ids::{CommentId, EscalationId, OptionId, PartId, PersonId, PositionId, ProjectId, TaskId};
use jiff::Timestamp;
use jiff_sqlx::ToSqlx;
use sqlx::PgConnection;

/// A side's statement as it is written.
#[derive(Debug)]
pub struct Statement<'a> {
    /// The side.
    pub part: PartId,
    /// Who writes.
    pub author: PersonId,
    /// The program took it from what they said elsewhere.
    pub is_drafted: bool,
    /// What they say.
    pub text: &'a str,
    /// The option they want.
    pub wants: Option<OptionId>,
    /// Now.
    pub at: Timestamp,
}

/// Writes a side's first statement, or the next version of the one with this version; false when it is stale.
///
/// # Errors
/// Of the database.
pub async fn write_position(
    conn: &mut PgConnection,
    project: ProjectId,
    escalation: EscalationId,
    statement: &Statement<'_>,
    version: i32,
) -> Result<bool, sqlx::Error> {
    let written = sqlx::query!(
        "insert into positions as p (project_id, id, escalation_id, part_id, author_id, statement, wants_option_id, written_at, is_drafted)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $10)
         on conflict (project_id, escalation_id, part_id) do update
         set author_id = $5, statement = $6, wants_option_id = $7, written_at = $8, is_drafted = $10, version = p.version + 1
         where p.version = $9",
        project.uuid(),
        PositionId::new().uuid(),
        escalation.uuid(),
        statement.part.uuid(),
        statement.author.uuid(),
        statement.text,
        statement.wants.map(OptionId::uuid),
        statement.at.to_sqlx() as jiff_sqlx::Timestamp,
        version,
        statement.is_drafted,
    )
    .execute(conn)
    .await?;
    Ok(written.rows_affected() == 1)
}

/// The task with this number: its id and titles.
#[derive(Debug)]
pub struct TaskFound {
    /// Its id.
    pub id: TaskId,
    /// Its number.
    pub number: i32,
    /// Its title.
    pub title: String,
    /// The Chinese side of it.
    pub title_zh: Option<String>,
    /// The department that owns it.
    pub part_id: PartId,
}

/// A task of the project by its number.
///
/// # Errors
/// Of the database.
pub async fn task(conn: &mut PgConnection, project: ProjectId, number: i32) -> Result<Option<TaskFound>, sqlx::Error> {
    sqlx::query_as!(
        TaskFound,
        r#"select id as "id!: TaskId", number as "number!", title as "title!", title_zh, part_id as "part_id!: PartId"
           from decision_tasks where project_id = $1 and number = $2"#,
        project.uuid(),
        number,
    )
    .fetch_optional(conn)
    .await
}

/// Writes a piece of evidence, and whether the program put it together; false when its id is already there.
///
/// # Errors
/// Of the database.
pub async fn add_evidence(
    conn: &mut PgConnection,
    project: ProjectId,
    escalation: EscalationId,
    evidence: &EvidenceToAdd,
    task: Option<&TaskFound>,
    (by, is_drafted): (PersonId, bool),
    at: Timestamp,
) -> Result<bool, sqlx::Error> {
    let (kind, label, url, body) = match &evidence.what {
        NewEvidence::Link { label, url } => ("link", label.as_str(), Some(url.as_str()), ""),
        NewEvidence::Task { label, .. } if label.is_empty() => {
            ("task", task.map_or("", |task| task.title.as_str()), None, "")
        }
        NewEvidence::Task { label, .. } => ("task", label.as_str(), None, ""),
        NewEvidence::Text { label, body } => ("text", label.as_str(), None, body.as_str()),
    };
    let added = sqlx::query!(
        "insert into evidence (project_id, id, escalation_id, kind, label, url, task_id, body, added_by, added_at, is_drafted)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11) on conflict (project_id, id) do nothing",
        project.uuid(),
        evidence.id.uuid(),
        escalation.uuid(),
        kind,
        label,
        url,
        task.map(|task| task.id.uuid()),
        body,
        by.uuid(),
        at.to_sqlx() as jiff_sqlx::Timestamp,
        is_drafted,
    )
    .execute(conn)
    .await?;
    Ok(added.rows_affected() == 1)
}

/// Writes a comment; false when its id is already there.
///
/// # Errors
/// Of the database.
pub async fn add_comment(
    conn: &mut PgConnection,
    project: ProjectId,
    escalation: EscalationId,
    id: CommentId,
    body: &str,
    by: PersonId,
    at: Timestamp,
) -> Result<bool, sqlx::Error> {
    let added = sqlx::query!(
        "insert into escalation_comments (project_id, id, escalation_id, author_id, body, created_at)
         values ($1, $2, $3, $4, $5, $6) on conflict (project_id, id) do nothing",
        project.uuid(),
        id.uuid(),
        escalation.uuid(),
        by.uuid(),
        body,
        at.to_sqlx() as jiff_sqlx::Timestamp,
    )
    .execute(conn)
    .await?;
    Ok(added.rows_affected() == 1)
}

/// Somebody who can be asked.
#[derive(Debug)]
pub struct Candidate {
    /// Their id.
    pub id: PersonId,
    /// Their name.
    pub name: String,
    /// What they do.
    pub title: String,
    /// An outside guest.
    pub is_guest: bool,
}

/// Active people whose name contains the words, guests first; at most 20. Nobody who was asked already, nobody with a
/// vote, neither the lead nor whoever raised it.
///
/// # Errors
/// Of the database.
pub async fn candidates(
    conn: &mut PgConnection,
    project: ProjectId,
    escalation: EscalationId,
    words: &str,
) -> Result<Vec<Candidate>, sqlx::Error> {
    sqlx::query_as!(
        Candidate,
        r#"select id as "id!: PersonId", name as "name!", title as "title!", role = 'guest' as "is_guest!"
           from decision_people p
           where is_active and strpos(lower(name), lower($3)) > 0
             and not exists (select from escalation_guests g where g.project_id = $1 and g.escalation_id = $2 and g.person_id = p.id)
             and not exists (select from decision_seats s where s.project_id = $1 and s.person_id = p.id
                               and s.role in ('committee', 'chair', 'adviser', 'gtm_lead'))
             and not exists (select from escalations e where e.project_id = $1 and e.id = $2 and e.raised_by = p.id)
           order by role = 'guest' desc, name limit 20"#,
        project.uuid(),
        escalation.uuid(),
        words,
    )
    .fetch_all(conn)
    .await
}

/// Whether a person answers for the project.
///
/// # Errors
/// Of the database.
pub async fn leads(conn: &mut PgConnection, project: ProjectId, person: PersonId) -> Result<bool, sqlx::Error> {
    sqlx::query_scalar!(
        r#"select exists (select from decision_seats where project_id = $1 and person_id = $2 and role = 'gtm_lead') as "leads!""#,
        project.uuid(),
        person.uuid(),
    )
    .fetch_one(conn)
    .await
}

/// The name of an active person.
///
/// # Errors
/// Of the database.
pub async fn active_name(conn: &mut PgConnection, person: PersonId) -> Result<Option<String>, sqlx::Error> {
    sqlx::query_scalar!(r#"select name as "name!" from decision_people where id = $1 and is_active"#, person.uuid())
        .fetch_optional(conn)
        .await
}

/// Asks somebody; false when they were asked already.
///
/// # Errors
/// Of the database.
pub async fn invite(
    conn: &mut PgConnection,
    project: ProjectId,
    escalation: EscalationId,
    person: PersonId,
    by: PersonId,
    at: Timestamp,
) -> Result<bool, sqlx::Error> {
    let asked = sqlx::query!(
        "insert into escalation_guests (project_id, escalation_id, person_id, invited_by, invited_at)
         values ($1, $2, $3, $4, $5) on conflict do nothing",
        project.uuid(),
        escalation.uuid(),
        person.uuid(),
        by.uuid(),
        at.to_sqlx() as jiff_sqlx::Timestamp,
    )
    .execute(conn)
    .await?;
    Ok(asked.rows_affected() == 1)
}

/// Takes an invitation back; false when it is gone already.
///
/// # Errors
/// Of the database.
pub async fn uninvite(
    conn: &mut PgConnection,
    project: ProjectId,
    escalation: EscalationId,
    person: PersonId,
) -> Result<bool, sqlx::Error> {
    let gone = sqlx::query!(
        "delete from escalation_guests where project_id = $1 and escalation_id = $2 and person_id = $3",
        project.uuid(),
        escalation.uuid(),
        person.uuid(),
    )
    .execute(conn)
    .await?;
    Ok(gone.rows_affected() == 1)
}
