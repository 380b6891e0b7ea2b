//! The register.

use crate::platform::ids::{PartId, ProjectId};
use jiff::{Timestamp, civil::Date};
use jiff_sqlx::ToSqlx;
use sqlx::PgConnection;

/// Which decisions the register shows.
#[derive(Clone, Debug, Default)]
pub struct Filter {
    /// Of this kind.
    pub kind: String,
    /// Recorded in this year of the reader's clock: from its first moment …
    pub since: Option<Timestamp>,
    /// … to before its end.
    pub until: Option<Timestamp>,
    /// That concern this department: a side of the escalation, or the owner of a task it changes.
    pub part: Option<PartId>,
    /// With this in title or rationale.
    pub text: String,
}

/// A line of the register.
#[derive(Clone, Debug)]
pub struct Line {
    /// Its number.
    pub number: i32,
    /// Its title.
    pub title: String,
    /// Its kind.
    pub kind: String,
    /// Who sees to it.
    pub owner: String,
    /// When it was recorded.
    pub decided_at: Timestamp,
    /// When to look at it again.
    pub review_on: Option<Date>,
    /// The escalation that it closed.
    pub escalation: Option<i32>,
    /// The decision that supersedes it.
    pub superseded_by: Option<i32>,
    /// How much it changes.
    pub effects: i64,
}

/// The register, newest first; at most 300 lines.
///
/// # Errors
/// Of the database.
pub async fn register(conn: &mut PgConnection, project: ProjectId, filter: &Filter) -> Result<Vec<Line>, sqlx::Error> {
    let rows = sqlx::query!(
        r#"select d.number, d.title, d.kind, owner.name as "owner!", d.decided_at, b.review_on as "review_on?", e.number as "escalation?",
                  (select o.number from decisions o where o.project_id = d.project_id and o.supersedes_id = d.id) as superseded_by,
                  (select count(*) from decision_effects f where f.project_id = d.project_id and f.decision_id = d.id and f.kind not like 'carry%') as "effects!"
           from decisions d
           join decision_people owner on owner.id = d.owner_id
           left join decision_returns b on b.project_id = d.project_id and b.decision_id = d.id
           left join escalations e on e.project_id = d.project_id and e.id = d.escalation_id
           where d.project_id = $1
             and ($2 = '' or d.kind = $2)
             and ($3::timestamptz is null or d.decided_at >= $3)
             and ($4::timestamptz is null or d.decided_at < $4)
             and ($5::uuid is null or $5 in (e.from_part_id, e.to_part_id) or exists (
                   select from decision_effects f
                   join decision_tasks t on t.project_id = f.project_id and t.id = f.task_id
                   where f.project_id = d.project_id and f.decision_id = d.id and t.part_id = $5))
             and ($6 = '' or strpos(lower(d.title || ' ' || d.rationale), lower($6)) > 0)
           order by d.number desc limit 300"#,
        project.uuid(),
        filter.kind,
        filter.since.map(|at| at.to_sqlx()) as Option<jiff_sqlx::Timestamp>,
        filter.until.map(|at| at.to_sqlx()) as Option<jiff_sqlx::Timestamp>,
        filter.part.map(PartId::uuid),
        filter.text,
    )
    .fetch_all(conn)
    .await?;
    Ok(rows
        .into_iter()
        .map(|row| Line {
            number: row.number,
            title: row.title,
            kind: row.kind,
            owner: row.owner,
            decided_at: row.decided_at.to_jiff(),
            review_on: row.review_on.map(jiff_sqlx::Date::to_jiff),
            escalation: row.escalation,
            superseded_by: row.superseded_by,
            effects: row.effects,
        })
        .collect())
}
