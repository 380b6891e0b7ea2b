//! What a move writes: its own row, and where the change is after it.

use crate::{
    platform::ids::{BaselineId, ChangeId, ChangeMoveId, EscalationId, PartId, PersonId, ProjectId},
    projects::scope::Days,
    scope::{
        case::MoveKind,
        model::{Side, Standing, State},
    },
    web::Error,
};
use jiff::Timestamp;
use jiff_sqlx::ToSqlx;
use sqlx::PgConnection;

/// A move as it is written.
#[derive(Clone, Copy, Debug)]
pub struct NewMove<'a> {
    /// Made with the form.
    pub id: ChangeMoveId,
    /// What sort.
    pub kind: MoveKind,
    /// For which side.
    pub side: Option<Side>,
    /// The part that makes it; none for the program itself.
    pub part: Option<PartId>,
    /// By whom; none for the program itself.
    pub by: Option<PersonId>,
    /// The size stated.
    pub size: Option<Days>,
    /// What was said.
    pub note: &'a str,
    /// Now.
    pub at: Timestamp,
}

/// Adds a move to a thread.
///
/// # Errors
/// [`Error::Conflict`] when another change has a move of this id, or of the database.
pub async fn add(
    conn: &mut PgConnection,
    project: ProjectId,
    change: ChangeId,
    new: &NewMove<'_>,
) -> Result<(), Error> {
    let added = sqlx::query!(
        "insert into scope_moves (project_id, id, change_id, position, kind, side, part_id, by_id, size_halves, note, at)
         values ($1, $2, $3, (select count(*) + 1 from scope_moves where project_id = $1 and change_id = $3), $4, $5, $10, $6, $7, $8, $9)
         on conflict (project_id, id) do nothing",
        project.uuid(),
        new.id.uuid(),
        change.uuid(),
        new.kind.as_str(),
        new.side.map(Side::as_str),
        new.by.map(PersonId::uuid),
        new.size.map(Days::halves),
        new.note,
        new.at.to_sqlx() as jiff_sqlx::Timestamp,
        new.part.map(PartId::uuid),
    )
    .execute(conn)
    .await?;
    if added.rows_affected() == 1 { Ok(()) } else { Err(Error::Conflict) }
}

/// A change whose answers no longer count.
#[derive(Debug)]
pub struct Reopened {
    /// Its id.
    pub id: ChangeId,
    /// Its number.
    pub number: i32,
    /// Its title.
    pub title: String,
    /// Where it is now.
    pub state: State,
}

/// The sides are others: what is not agreed by both is answered anew, and sized anew where R&D is another part.
///
/// # Errors
/// Of the database.
pub async fn reopen(
    conn: &mut PgConnection,
    project: ProjectId,
    is_other_rnd: bool,
) -> Result<Vec<Reopened>, sqlx::Error> {
    sqlx::query_as!(
        Reopened,
        r#"update scope_changes set version = version + 1, product_accepted_at = null, rnd_accepted_at = null,
                  state = case when $2 then 'asked' else state end,
                  size_halves = case when $2 then null else size_halves end,
                  task_days = case when $2 then null else task_days end,
                  task_from_on = case when $2 then null else task_from_on end,
                  milestone_days = case when $2 then null else milestone_days end,
                  milestone_from_on = case when $2 then null else milestone_from_on end
           where project_id = $1 and state = 'sized' and ($2 or product_accepted_at is not null or rnd_accepted_at is not null)
           returning id as "id: ChangeId", number, title, state as "state: State""#,
        project.uuid(),
        is_other_rnd,
    )
    .fetch_all(conn)
    .await
}

/// The size that R&D states, with what it does to the days.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Sizing {
    /// How long it takes.
    pub size: Days,
    /// By how many working days the task moves; none where it touches none.
    pub task_days: Option<i32>,
    /// By how many the milestone moves.
    pub milestone_days: Option<i32>,
}

/// Writes size and effect; the days that stand now are kept with them. The change is locked.
///
/// # Errors
/// Of the database.
pub async fn size(
    conn: &mut PgConnection,
    project: ProjectId,
    change: ChangeId,
    sizing: &Sizing,
) -> Result<(), sqlx::Error> {
    sqlx::query!(
        "update scope_changes c set state = 'sized', size_halves = $3, version = version + 1,
                task_days = case when c.task_id is not null then $4::int end::smallint,
                task_from_on = (select t.due_on from scope_tasks t where t.project_id = $1 and t.id = c.task_id),
                milestone_days = case when c.milestone_id is not null then $5::int end::smallint,
                milestone_from_on = (select m.due_on from scope_milestones m where m.project_id = $1 and m.id = c.milestone_id)
         where c.project_id = $1 and c.id = $2",
        project.uuid(),
        change.uuid(),
        sizing.size.halves(),
        sizing.task_days,
        sizing.milestone_days,
    )
    .execute(conn)
    .await?;
    Ok(())
}

/// Writes where a change is now; for what both have agreed to, in whose budget it counts or would, and for which escalation it
/// waits. It is locked.
///
/// # Errors
/// Of the database.
pub async fn write(
    conn: &mut PgConnection,
    project: ProjectId,
    change: ChangeId,
    after: Standing,
    (baseline, escalation): (BaselineId, Option<EscalationId>),
    at: Timestamp,
) -> Result<(), sqlx::Error> {
    sqlx::query!(
        "update scope_changes c set state = $3, version = version + 1,
                product_accepted_at = case when $4 then coalesce(c.product_accepted_at, $6) end,
                rnd_accepted_at = case when $5 then coalesce(c.rnd_accepted_at, $6) end,
                agreed_at = case when $4 and $5 then coalesce(c.agreed_at, $6) end,
                baseline_id = case when $4 and $5 then coalesce(c.baseline_id, $7) end,
                escalation_id = coalesce($8, c.escalation_id)
         where c.project_id = $1 and c.id = $2",
        project.uuid(),
        change.uuid(),
        after.state.as_str(),
        after.product,
        after.rnd,
        at.to_sqlx() as jiff_sqlx::Timestamp,
        baseline.uuid(),
        escalation.map(EscalationId::uuid),
    )
    .execute(conn)
    .await?;
    Ok(())
}
