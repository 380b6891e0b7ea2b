//! SQL of stages on their way and of attestations.

use crate::{
    platform::ids::{AttestationId, DecisionId, GateRuleId, GateRulingId, PersonId, ProjectId, StageId},
    projects::ProjectState,
};
use jiff::{Timestamp, civil::Date};
use jiff_sqlx::ToSqlx;
use sqlx::PgConnection;

/// A project that nobody else can publish, archive or take through a gate until the transaction ends.
#[derive(Clone, Debug)]
pub struct Locked {
    /// Where it is in its life.
    pub state: ProjectState,
    /// Counts edits.
    pub version: i32,
    /// In order.
    pub stages: Vec<LockedStage>,
}

/// One of its stages.
#[derive(Clone, Debug)]
pub struct LockedStage {
    /// Its id.
    pub id: StageId,
    /// `A1`.
    pub code: String,
    /// English name.
    pub name_en: String,
    /// Chinese name.
    pub name_zh: String,
    /// `ahead`, `current` or `passed`.
    pub state: String,
    /// Whether it begins on launch day.
    pub is_launch: bool,
}

/// Locks the project and its stages, and what its gate rules stand on: seats and who speaks for a department.
///
/// # Errors
/// Of the database.
pub async fn lock(conn: &mut PgConnection, project: ProjectId) -> Result<Option<Locked>, sqlx::Error> {
    let found = sqlx::query!(
        r#"select state as "state: ProjectState", version from projects where id = $1 for no key update"#,
        project.uuid()
    )
    .fetch_optional(&mut *conn)
    .await?;
    let Some(found) = found else { return Ok(None) };
    let stages = sqlx::query_as!(
        LockedStage,
        r#"select id as "id: StageId", code, name_en, name_zh, state, is_launch from stages where project_id = $1 order by position for no key update"#,
        project.uuid()
    )
    .fetch_all(&mut *conn)
    .await?;
    sqlx::query!("select id from seats where project_id = $1 and removed_at is null for share", project.uuid())
        .fetch_all(conn)
        .await?;
    Ok(Some(Locked { state: found.state, version: found.version, stages }))
}

/// Closes a stage. The partial index that allows one current stage makes this come before [`start`].
///
/// # Errors
/// Of the database.
pub async fn pass(
    conn: &mut PgConnection,
    project: ProjectId,
    stage: StageId,
    now: Timestamp,
) -> Result<(), sqlx::Error> {
    sqlx::query!(
        "update stages set state = 'passed', passed_at = $3, version = version + 1 where project_id = $1 and id = $2 and state = 'current'",
        project.uuid(),
        stage.uuid(),
        now.to_sqlx(),
    )
    .execute(conn)
    .await?;
    Ok(())
}

/// Makes a stage the current one.
///
/// # Errors
/// Of the database.
pub async fn start(
    conn: &mut PgConnection,
    project: ProjectId,
    stage: StageId,
    now: Timestamp,
) -> Result<(), sqlx::Error> {
    sqlx::query!(
        "update stages set state = 'current', started_at = $3, version = version + 1 where project_id = $1 and id = $2 and state = 'ahead'",
        project.uuid(),
        stage.uuid(),
        now.to_sqlx(),
    )
    .execute(conn)
    .await?;
    Ok(())
}

/// Makes a draft an active project.
///
/// # Errors
/// Of the database.
pub async fn publish(conn: &mut PgConnection, project: ProjectId, now: Timestamp) -> Result<(), sqlx::Error> {
    sqlx::query!(
        "update projects set state = 'active', published_at = $2, version = version + 1 where id = $1 and state = 'draft'",
        project.uuid(),
        now.to_sqlx(),
    )
    .execute(conn)
    .await?;
    Ok(())
}

/// What the lead says about one figure of a rule.
#[derive(Clone, Debug)]
pub struct NewAttestation {
    /// Made when the form was rendered.
    pub id: AttestationId,
    /// About which rule.
    pub rule_id: GateRuleId,
    /// About which of its figures.
    pub metric: String,
    /// The figure, or `yes` or `no`.
    pub value: String,
    /// Where to see it.
    pub evidence_url: String,
    /// Whether it satisfies the rule.
    pub holds: bool,
}

/// Writes it; `false` when the same form had been sent before.
///
/// # Errors
/// Of the database.
pub async fn attest(
    conn: &mut PgConnection,
    project: ProjectId,
    attestation: &NewAttestation,
    person: PersonId,
    now: Timestamp,
) -> Result<bool, sqlx::Error> {
    let done = sqlx::query!(
        "insert into attestations (project_id, id, rule_id, metric, value, evidence_url, holds, attested_by, attested_at)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9)
         on conflict (project_id, id) do nothing",
        project.uuid(),
        attestation.id.uuid(),
        attestation.rule_id.uuid(),
        attestation.metric,
        attestation.value,
        attestation.evidence_url,
        attestation.holds,
        person.uuid(),
        now.to_sqlx(),
    )
    .execute(conn)
    .await?;
    Ok(done.rows_affected() == 1)
}

/// Whether what a form wrote says the same: of the same figure, the same value with the same link.
///
/// # Errors
/// Of the database.
pub async fn is_attested(
    conn: &mut PgConnection,
    project: ProjectId,
    attestation: &NewAttestation,
) -> Result<bool, sqlx::Error> {
    sqlx::query_scalar!(
        r#"select exists (select from attestations where project_id = $1 and id = $2 and rule_id = $3 and metric = $4 and value = $5
                          and evidence_url = $6) as "is_attested!""#,
        project.uuid(),
        attestation.id.uuid(),
        attestation.rule_id.uuid(),
        attestation.metric,
        attestation.value,
        attestation.evidence_url,
    )
    .fetch_one(conn)
    .await
}

/// What a decision says about a gate.
#[derive(Clone, Debug)]
pub struct NewRuling {
    /// Of which stage.
    pub stage_id: StageId,
    /// The rule that is waived; none for the whole gate.
    pub rule_id: Option<GateRuleId>,
    /// It keeps the gate closed before the day, rather than waives something up to it.
    pub is_hold: bool,
    /// The day.
    pub until_on: Date,
    /// The decision that says so.
    pub decision_id: DecisionId,
}

/// Writes it down.
///
/// # Errors
/// Of the database.
pub async fn insert_ruling(
    conn: &mut PgConnection,
    project: ProjectId,
    ruling: &NewRuling,
    now: Timestamp,
) -> Result<(), sqlx::Error> {
    sqlx::query!(
        "insert into gate_rulings (project_id, id, stage_id, rule_id, kind, until_on, decision_id, ruled_at)
         values ($1, $2, $3, $4, $5, $6, $7, $8)",
        project.uuid(),
        GateRulingId::new().uuid(),
        ruling.stage_id.uuid(),
        ruling.rule_id.map(GateRuleId::uuid),
        if ruling.is_hold { "hold" } else { "waiver" },
        ruling.until_on.to_sqlx() as jiff_sqlx::Date,
        ruling.decision_id.uuid(),
        now.to_sqlx(),
    )
    .execute(conn)
    .await?;
    Ok(())
}

/// Makes a passed stage current again. Those that began after it are ahead first: only one stage is current.
///
/// # Errors
/// Of the database.
pub async fn send_back(
    conn: &mut PgConnection,
    project: ProjectId,
    to: StageId,
    later: &[StageId],
) -> Result<(), sqlx::Error> {
    let later: Vec<uuid::Uuid> = later.iter().map(|stage| stage.uuid()).collect();
    sqlx::query!(
        "update stages set state = 'ahead', started_at = null, passed_at = null, version = version + 1
         where project_id = $1 and id = any($2)",
        project.uuid(),
        &later,
    )
    .execute(&mut *conn)
    .await?;
    sqlx::query!(
        "update stages set state = 'current', passed_at = null, version = version + 1
         where project_id = $1 and id = $2 and state = 'passed'",
        project.uuid(),
        to.uuid(),
    )
    .execute(conn)
    .await?;
    Ok(())
}
