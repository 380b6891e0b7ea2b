//! SQL of `decision_reviews`.

use crate::platform::ids::{DecisionId, PersonId, ProjectId, ReviewId};
use jiff::{Timestamp, civil::Date};
use jiff_sqlx::ToSqlx;
use serde::Deserialize;
use sqlx::PgConnection;

/// What was said when a decision came back.
#[derive(Clone, Debug, Deserialize)]
pub struct Review {
    /// Its id.
    pub id: ReviewId,
    /// Why it still stands.
    pub note: String,
    /// When to look at it again; none for no more.
    pub next_on: Option<Date>,
    /// Who said so.
    pub by: String,
    /// When.
    pub at: Timestamp,
}

/// A review ready to be recorded.
#[derive(Clone, Debug)]
pub struct NewReview {
    /// Made with the form.
    pub id: ReviewId,
    /// Why it still stands.
    pub note: String,
    /// When to look at it again.
    pub next_on: Option<Date>,
}

/// Locks a decision against two reviews at once; answers its last review.
///
/// # Errors
/// Of the database.
pub async fn lock_last(
    conn: &mut PgConnection,
    project: ProjectId,
    decision: DecisionId,
) -> Result<Option<ReviewId>, sqlx::Error> {
    sqlx::query!(
        "select id from decisions where project_id = $1 and id = $2 for no key update",
        project.uuid(),
        decision.uuid()
    )
    .fetch_optional(&mut *conn)
    .await?;
    sqlx::query_scalar!(
        r#"select id as "id: ReviewId" from decision_reviews where project_id = $1 and decision_id = $2
           order by reviewed_at desc, id desc limit 1"#,
        project.uuid(),
        decision.uuid(),
    )
    .fetch_optional(conn)
    .await
}

/// Writes it down.
///
/// # Errors
/// Of the database.
pub async fn insert(
    conn: &mut PgConnection,
    project: ProjectId,
    decision: DecisionId,
    review: &NewReview,
    by: PersonId,
    now: Timestamp,
) -> Result<(), sqlx::Error> {
    sqlx::query!(
        "insert into decision_reviews (project_id, id, decision_id, note, next_on, reviewed_by, reviewed_at)
         values ($1, $2, $3, $4, $5, $6, $7)",
        project.uuid(),
        review.id.uuid(),
        decision.uuid(),
        review.note,
        review.next_on.map(|day| day.to_sqlx()) as Option<jiff_sqlx::Date>,
        by.uuid(),
        now.to_sqlx(),
    )
    .execute(conn)
    .await?;
    Ok(())
}
