//! SQL of `entries`.

use crate::platform::ids::{EntryId, PartId, PersonId, ProjectId, SeriesId};
use jiff::{Timestamp, civil::Date};
use jiff_sqlx::ToSqlx;
use sqlx::PgConnection;

/// The figure that stands for a period.
#[derive(Clone, Debug)]
pub struct Stands {
    /// Its id.
    pub id: EntryId,
    /// How much.
    pub value: i64,
    /// Of a ratio, below the line.
    pub base: i64,
    /// Of ten.
    pub confidence: Option<i16>,
    /// One sentence.
    pub note: String,
}

/// Locks a series against other figures, and answers the figure that stands.
///
/// # Errors
/// Of the database.
pub async fn locked(
    conn: &mut PgConnection,
    project: ProjectId,
    (series, part, period): (SeriesId, PartId, Date),
) -> Result<Option<Stands>, sqlx::Error> {
    sqlx::query!(
        "select id from series where project_id = $1 and id = $2 for no key update",
        project.uuid(),
        series.uuid()
    )
    .fetch_optional(&mut *conn)
    .await?;
    sqlx::query_as!(
        Stands,
        r#"select e.id as "id!: EntryId", e.value as "value!", coalesce(e.base, 0) as "base!", e.confidence, e.note as "note!"
           from standing_entries e where e.project_id = $1 and e.series_id = $2 and e.part_id = $3 and e.period = $4"#,
        project.uuid(),
        series.uuid(),
        part.uuid(),
        period.to_sqlx() as jiff_sqlx::Date,
    )
    .fetch_optional(conn)
    .await
}

/// Whether a figure is there already.
///
/// # Errors
/// Of the database.
pub async fn is_there(conn: &mut PgConnection, project: ProjectId, id: EntryId) -> Result<bool, sqlx::Error> {
    let found = sqlx::query_scalar!(
        r#"select exists (select from entries where project_id = $1 and id = $2) as "found!""#,
        project.uuid(),
        id.uuid()
    );
    found.fetch_one(conn).await
}

/// A figure as it is written.
#[derive(Clone, Copy, Debug)]
pub struct NewEntry<'a> {
    /// Made with the form.
    pub id: EntryId,
    /// Of which series.
    pub series: SeriesId,
    /// Whose.
    pub part: PartId,
    /// The first day of its period.
    pub period: Date,
    /// How much; of a ratio, above the line.
    pub value: i64,
    /// Of a ratio, below the line.
    pub base: Option<i64>,
    /// Of ten.
    pub confidence: Option<i16>,
    /// One sentence.
    pub note: &'a str,
    /// Which one it corrects.
    pub corrects: Option<EntryId>,
}

/// Writes a figure. Never twice for a period, and never two corrections of one: the indexes say so.
///
/// # Errors
/// Of the database.
pub async fn insert(
    conn: &mut PgConnection,
    project: ProjectId,
    new: &NewEntry<'_>,
    (by, at): (PersonId, Timestamp),
) -> Result<(), sqlx::Error> {
    sqlx::query!(
        "insert into entries (project_id, id, series_id, part_id, period, value, base, confidence, note, corrects_id, entered_by, entered_at)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)",
        project.uuid(),
        new.id.uuid(),
        new.series.uuid(),
        new.part.uuid(),
        new.period.to_sqlx() as jiff_sqlx::Date,
        new.value,
        new.base,
        new.confidence,
        new.note,
        new.corrects.map(EntryId::uuid),
        by.uuid(),
        at.to_sqlx() as jiff_sqlx::Timestamp,
    )
    .execute(conn)
    .await?;
    Ok(())
}
