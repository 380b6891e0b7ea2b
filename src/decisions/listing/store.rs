//! The statement of the list.

use crate::{
    decisions::escalations::State,
    platform::ids::{PartId, ProjectId},
};
use jiff::Timestamp;
use sqlx::PgConnection;

/// One line of the list.
#[derive(Debug)]
pub struct Listed {
    /// Its number.
    pub number: i32,
    /// The question.
    pub question: String,
    /// Code of its kind.
    pub kind: String,
    /// Where it is.
    pub state: State,
    /// The side that raised it.
    pub from: PartId,
    /// The other side.
    pub to: PartId,
    /// When the running step began.
    pub entered_at: Option<Timestamp>,
    /// When it must end.
    pub due_at: Option<Timestamp>,
    /// When it was closed.
    pub closed_at: Option<Timestamp>,
}

/// Which of them.
#[derive(Debug, Default)]
pub struct Filter {
    /// `open`, `closed`, or a state.
    pub state: String,
    /// Of this department.
    pub part: Option<PartId>,
    /// Of this kind.
    pub kind: String,
}

/// Open ones by due time, then closed ones, newest first; at most 300.
///
/// # Errors
/// Of the database.
pub async fn list(conn: &mut PgConnection, project: ProjectId, filter: &Filter) -> Result<Vec<Listed>, sqlx::Error> {
    let rows = sqlx::query!(
        r#"select e.number, e.question, e.kind, e.state as "state: State", e.from_part_id as "from: PartId",
                  e.to_part_id as "to: PartId", e.due_at, e.closed_at, s.entered_at as "entered_at?"
           from escalations e
           left join escalation_steps s on s.project_id = e.project_id and s.escalation_id = e.id and s.left_at is null
           where e.project_id = $1
             and ($2 = '' or e.state = $2 or ($2 = 'open') = (e.due_at is not null) and $2 in ('open', 'closed'))
             and ($3::uuid is null or $3 in (e.from_part_id, e.to_part_id))
             and ($4 = '' or e.kind = $4)
           order by e.due_at nulls last, e.closed_at desc, e.number desc
           limit 300"#,
        project.uuid(),
        filter.state,
        filter.part.map(PartId::uuid),
        filter.kind,
    )
    .fetch_all(conn)
    .await?;
    Ok(rows
        .into_iter()
        .map(|row| Listed {
            number: row.number,
            question: row.question,
            kind: row.kind,
            state: row.state,
            from: row.from,
            to: row.to,
            entered_at: row.entered_at.map(jiff_sqlx::Timestamp::to_jiff),
            due_at: row.due_at.map(jiff_sqlx::Timestamp::to_jiff),
            closed_at: row.closed_at.map(jiff_sqlx::Timestamp::to_jiff),
        })
        .collect())
}
