//! SQL of `kpis`, and of their figures many at once.

use super::{
    answers::Asked,
    model::{Better, Kpi, Thresholds},
};
use crate::{
    goals::figures::{Cadence, Measure, Scale, UnitKind},
    platform::ids::{EntryId, KeyResultId, KpiId, PartId, PersonId, ProjectId, SeriesId},
    projects::blueprints::{Attestation, Check},
};
use jiff::{Timestamp, civil::Date};
use jiff_sqlx::ToSqlx;
use sqlx::{PgConnection, types::Json};

/// The indicators in force of a project, or one of them, by department, each with so many of its newest figures.
///
/// # Errors
/// Of the database.
pub async fn kpis(
    conn: &mut PgConnection,
    project: ProjectId,
    (only, figures): (Option<KpiId>, i64),
) -> Result<Vec<Kpi>, sqlx::Error> {
    let found = sqlx::query_scalar!(
        r#"select coalesce(jsonb_agg(jsonb_build_object('id', k.id, 'part', k.part_id, 'position', k.position, 'title', k.title,
               'series_id', k.series_id, 'cadence', s.cadence, 'better', k.better, 'target', k.target, 'warning', k.warning, 'alarm', k.alarm,
               'metric', k.metric, 'version', k.version, 'created_on', (k.created_at at time zone 'UTC')::date,
               'scale', jsonb_build_object('measure', s.measure, 'unit_kind', s.unit_kind, 'unit', s.unit, 'base_unit', s.base_unit,
                   'decimals', s.decimals),
               'key_result', (select jsonb_build_object('objective', o.position, 'key_result', r.position, 'title', r.title)
                   from key_results r join objectives o on o.project_id = r.project_id and o.id = r.objective_id
                   where r.project_id = k.project_id and r.series_id = k.series_id and r.dropped_at is null),
               'entries', (select coalesce(jsonb_agg(jsonb_build_object('id', e.id, 'part', e.part_id, 'period', e.period, 'value', e.value,
                       'base', coalesce(e.base, 0), 'confidence', e.confidence, 'note', e.note, 'by', n.name, 'at', e.entered_at,
                       'is_correction', e.corrects_id is not null) order by e.period), '[]')
                   from (select * from standing_entries f
                         where f.project_id = k.project_id and f.series_id = k.series_id and f.part_id = k.part_id
                         order by f.period desc limit $3) e
                   join person_names n on n.id = e.entered_by)
           ) order by p.position, k.position), '[]') as "kpis!: Json<Vec<Kpi>>"
           from kpis k
           join series s on s.project_id = k.project_id and s.id = k.series_id
           join goal_parts p on p.project_id = k.project_id and p.id = k.part_id
           where k.project_id = $1 and k.retired_at is null and ($2::uuid is null or k.id = $2)"#,
        project.uuid(),
        only.map(KpiId::uuid),
        figures,
    )
    .fetch_one(conn)
    .await?;
    Ok(found.0)
}

/// An indicator as it is locked for a change.
#[derive(Clone, Debug)]
pub struct Locked {
    /// Whose.
    pub part: PartId,
    /// What is watched.
    pub title: String,
    /// Its figures.
    pub series: SeriesId,
    /// What they are steps of.
    pub scale: Scale,
    /// How often they are entered.
    pub cadence: Cadence,
    /// What it asks for.
    pub thresholds: Thresholds,
    /// The figure of a gate that it answers.
    pub metric: Option<String>,
    /// Counts changes.
    pub version: i32,
    /// Nobody watches it any more.
    pub is_retired: bool,
}

/// An indicator of the project, locked, and its series against other figures.
///
/// # Errors
/// Of the database.
pub async fn locked(conn: &mut PgConnection, project: ProjectId, id: KpiId) -> Result<Option<Locked>, sqlx::Error> {
    let row = sqlx::query!(
        r#"select k.part_id as "part: PartId", k.title, k.series_id as "series: SeriesId", k.better as "better: Better", k.target, k.warning,
                  k.alarm, k.metric, k.version, k.retired_at is not null as "is_retired!", s.measure as "measure: Measure",
                  s.unit_kind as "unit_kind: UnitKind", s.unit, s.base_unit, s.decimals, s.cadence as "cadence: Cadence"
           from kpis k join series s on s.project_id = k.project_id and s.id = k.series_id
           where k.project_id = $1 and k.id = $2 for no key update"#,
        project.uuid(),
        id.uuid()
    )
    .fetch_optional(conn)
    .await?;
    Ok(row.map(|row| Locked {
        part: row.part,
        title: row.title,
        series: row.series,
        scale: Scale {
            measure: row.measure,
            unit_kind: row.unit_kind,
            unit: row.unit,
            base_unit: row.base_unit,
            decimals: row.decimals,
        },
        cadence: row.cadence,
        thresholds: Thresholds { better: row.better, target: row.target, warning: row.warning, alarm: row.alarm },
        metric: row.metric,
        version: row.version,
        is_retired: row.is_retired,
    }))
}

/// The series of a key result in force of which a department has a share.
///
/// # Errors
/// Of the database.
pub async fn series_of(
    conn: &mut PgConnection,
    project: ProjectId,
    (key_result, part): (KeyResultId, PartId),
) -> Result<Option<SeriesId>, sqlx::Error> {
    sqlx::query_scalar!(
        r#"select k.series_id as "series: SeriesId" from key_results k
           join share_rows r on r.project_id = k.project_id and r.key_result_id = k.id and r.part_id = $3
           where k.project_id = $1 and k.id = $2 and k.dropped_at is null"#,
        project.uuid(),
        key_result.uuid(),
        part.uuid(),
    )
    .fetch_optional(conn)
    .await
}

/// Writes figures of its own for an indicator.
///
/// # Errors
/// Of the database.
pub async fn insert_series(
    conn: &mut PgConnection,
    project: ProjectId,
    (id, scale, cadence): (SeriesId, &Scale, Cadence),
) -> Result<(), sqlx::Error> {
    sqlx::query!(
        "insert into series (project_id, id, measure, unit_kind, unit, base_unit, decimals, cadence) values ($1, $2, $3, $4, $5, $6, $7, $8)",
        project.uuid(),
        id.uuid(),
        scale.measure as Measure,
        scale.unit_kind as UnitKind,
        scale.unit,
        scale.base_unit,
        scale.decimals,
        cadence as Cadence,
    )
    .execute(conn)
    .await?;
    Ok(())
}

/// An indicator as it is written.
#[derive(Clone, Copy, Debug)]
pub struct New<'a> {
    /// Made with the form.
    pub id: KpiId,
    /// Its figures.
    pub series: SeriesId,
    /// Whose.
    pub part: PartId,
    /// What is watched.
    pub title: &'a str,
    /// What it asks for.
    pub thresholds: Thresholds,
    /// The figure of a gate that it answers; nobody else does.
    pub metric: Option<&'a str>,
}

/// Writes a new indicator at the first free place of its department; false when there is no place left.
///
/// # Errors
/// Of the database.
pub async fn insert(
    conn: &mut PgConnection,
    project: ProjectId,
    new: &New<'_>,
    (by, at): (PersonId, Timestamp),
) -> Result<bool, sqlx::Error> {
    let done = sqlx::query!(
        "insert into kpis (project_id, id, part_id, position, title, series_id, better, target, warning, alarm, created_by, created_at, metric)
         select $1, $2, $3, free, $4, $5, $6, $7, $8, $9, $10, $11, $12
         from (select min(place) as free from (values (1::smallint), (2::smallint), (3::smallint)) as places (place)
               where not exists (select from kpis k where k.project_id = $1 and k.part_id = $3 and k.position = place and k.retired_at is null)) as found
         where free is not null",
        project.uuid(),
        new.id.uuid(),
        new.part.uuid(),
        new.title,
        new.series.uuid(),
        new.thresholds.better as Better,
        new.thresholds.target,
        new.thresholds.warning,
        new.thresholds.alarm,
        by.uuid(),
        at.to_sqlx() as jiff_sqlx::Timestamp,
        new.metric,
    )
    .execute(conn)
    .await?;
    Ok(done.rows_affected() > 0)
}

/// Writes what it is called and what it asks for.
///
/// # Errors
/// Of the database.
pub async fn update(
    conn: &mut PgConnection,
    project: ProjectId,
    id: KpiId,
    (title, thresholds, metric): (&str, Thresholds, Option<&str>),
) -> Result<(), sqlx::Error> {
    sqlx::query!(
        "update kpis set title = $3, better = $4, target = $5, warning = $6, alarm = $7, metric = $8, version = version + 1 where project_id = $1 and id = $2",
        project.uuid(),
        id.uuid(),
        title,
        thresholds.better as Better,
        thresholds.target,
        thresholds.warning,
        thresholds.alarm,
        metric,
    )
    .execute(conn)
    .await?;
    Ok(())
}

/// The figures that gates of a project ask a person for, in the order of the stages.
///
/// # Errors
/// Of the database.
pub async fn asked(conn: &mut PgConnection, project: ProjectId) -> Result<Vec<Asked>, sqlx::Error> {
    let rows = sqlx::query!(
        r#"select a.figure as "figure!: Json<Attestation>", a.stage as "stage!", a.is_over as "is_over!", k.id as "kpi?: KpiId"
           from asked_figures a
           left join kpis k on k.project_id = a.project_id and k.metric = a.metric and k.retired_at is null
           where a.project_id = $1 order by a.position, a.metric"#,
        project.uuid(),
    )
    .fetch_all(conn)
    .await?;
    let asked = rows.into_iter().map(|row| Asked {
        figure: row.figure.0,
        stage: row.stage,
        is_over: row.is_over,
        answered_by: row.kpi,
    });
    // What the data answers by itself is asked of nobody.
    Ok(asked.filter(|one| Check::Attested(one.figure.clone()).computed().needs_attestation()).collect())
}

/// Nobody watches it from now on.
///
/// # Errors
/// Of the database.
pub async fn retire(conn: &mut PgConnection, project: ProjectId, id: KpiId, at: Timestamp) -> Result<(), sqlx::Error> {
    sqlx::query!(
        "update kpis set retired_at = $3, version = version + 1 where project_id = $1 and id = $2",
        project.uuid(),
        id.uuid(),
        at.to_sqlx() as jiff_sqlx::Timestamp,
    )
    .execute(conn)
    .await?;
    Ok(())
}

/// A figure that stands.
#[derive(Clone, Debug)]
pub struct Stands {
    /// Its id.
    pub id: EntryId,
    /// The first day of its period.
    pub period: Date,
    /// How much.
    pub value: i64,
    /// Of a ratio, below the line.
    pub base: i64,
    /// Of ten.
    pub confidence: Option<i16>,
    /// One sentence.
    pub note: String,
}

/// The figures of a department that stand for some periods.
///
/// # Errors
/// Of the database.
pub async fn standing(
    conn: &mut PgConnection,
    project: ProjectId,
    (series, part): (SeriesId, PartId),
    periods: &[Date],
) -> Result<Vec<Stands>, sqlx::Error> {
    let periods: Vec<jiff_sqlx::Date> = periods.iter().map(|period| period.to_sqlx()).collect();
    let rows = sqlx::query!(
        r#"select e.id as "id!: EntryId", e.period as "period!", e.value as "value!", coalesce(e.base, 0) as "base!", e.confidence, e.note as "note!"
           from standing_entries e where e.project_id = $1 and e.series_id = $2 and e.part_id = $3 and e.period = any($4)"#,
        project.uuid(),
        series.uuid(),
        part.uuid(),
        &periods as &[jiff_sqlx::Date],
    )
    .fetch_all(conn)
    .await?;
    let stands = rows.into_iter().map(|row| Stands {
        id: row.id,
        period: row.period.to_jiff(),
        value: row.value,
        base: row.base,
        confidence: row.confidence,
        note: row.note,
    });
    Ok(stands.collect())
}

/// A figure as it is written.
#[derive(Clone, Debug)]
pub struct NewFigure {
    /// The first day of its period.
    pub period: Date,
    /// How much; of a ratio, above the line.
    pub value: i64,
    /// Of a ratio, below the line.
    pub base: Option<i64>,
    /// Of ten; what is corrected keeps what was said.
    pub confidence: Option<i16>,
    /// One sentence.
    pub note: String,
    /// Which one it corrects.
    pub corrects: Option<EntryId>,
}

/// Writes figures in one statement. Never twice for a period, and never two corrections of one: the indexes say so.
///
/// # Errors
/// Of the database.
pub async fn insert_figures(
    conn: &mut PgConnection,
    project: ProjectId,
    (series, part): (SeriesId, PartId),
    new: &[NewFigure],
    (by, at): (PersonId, Timestamp),
) -> Result<(), sqlx::Error> {
    let ids: Vec<uuid::Uuid> = new.iter().map(|_| EntryId::new().uuid()).collect();
    let periods: Vec<jiff_sqlx::Date> = new.iter().map(|one| one.period.to_sqlx()).collect();
    let values: Vec<i64> = new.iter().map(|one| one.value).collect();
    let bases: Vec<Option<i64>> = new.iter().map(|one| one.base).collect();
    let sure: Vec<Option<i16>> = new.iter().map(|one| one.confidence).collect();
    let notes: Vec<String> = new.iter().map(|one| one.note.clone()).collect();
    let corrects: Vec<Option<uuid::Uuid>> = new.iter().map(|one| one.corrects.map(EntryId::uuid)).collect();
    sqlx::query!(
        "insert into entries (project_id, id, series_id, part_id, period, value, base, confidence, note, corrects_id, entered_by, entered_at)
         select $1, id, $2, $3, period, value, base, confidence, note, corrects, $11, $12
         from unnest($4::uuid[], $5::date[], $6::bigint[], $7::bigint[], $8::smallint[], $9::text[], $10::uuid[])
              as new (id, period, value, base, confidence, note, corrects)",
        project.uuid(),
        series.uuid(),
        part.uuid(),
        &ids,
        &periods as &[jiff_sqlx::Date],
        &values,
        &bases as &[Option<i64>],
        &sure as &[Option<i16>],
        &notes,
        &corrects as &[Option<uuid::Uuid>],
        by.uuid(),
        at.to_sqlx() as jiff_sqlx::Timestamp,
    )
    .execute(conn)
    .await?;
    Ok(())
}
