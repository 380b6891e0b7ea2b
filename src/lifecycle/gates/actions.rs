//! Attesting a figure, and passing a gate.

use super::{
    access::{GateKeeper, GateLead},
    facts::{Rule, Stage},
    model::Refusal,
    store,
};
use crate::{
    events::{Change, Event, Kind, Subject, SubjectKind},
    goals::store as goals,
    platform::ids::{ProjectId, StageId},
    projects::{
        Project,
        gates::store::{self as records, NewAttestation},
    },
    web::{self, Error},
    work::planned::store::{self as work, Reached},
};

/// What became of the attempt to pass a gate.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// The stage is closed and the next one, if there is one, is current: now, or by the same click before.
    Passed,
    /// Nothing changed.
    Refused(Refusal),
}

/// Writes down what the lead says. Append-only: a correction is another one, and the newest counts. The same form sent twice
/// writes one. Commits.
///
/// # Errors
/// [`Error::Conflict`] when the form has written something else already; otherwise of the database.
pub async fn attest(mut change: Change, lead: &GateLead, rule: &Rule, attestation: &NewAttestation) -> web::Result<()> {
    let gate = lead.gate();
    let person = change.actor().ok_or(Error::SignIn)?;
    let (project, now) = (gate.project().project().id, change.now());
    if !records::attest(change.conn(), project, attestation, person, now).await? {
        // The form of a page that was gone back to, with other words, is no second sending.
        let is_same = records::is_attested(change.conn(), project, attestation).await?;
        return if is_same { Ok(()) } else { Err(Error::Conflict) };
    }
    let subject = Subject::new(SubjectKind::GateRule, rule.id.uuid(), &gate.stage().code, &rule.text_en);
    change.record(
        Event::new(Kind::RuleAttested, subject.zh(Some(rule.text_zh.clone())))
            .of(project)
            .after("value", attestation.value.as_str())
            .after("evidence", attestation.evidence_url.as_str())
            .after("holds", attestation.holds),
    );
    Ok(change.commit().await?)
}

/// Takes the project through the gate of its current stage, if every blocking rule holds. The facts are read again with
/// project, stages, seats, tasks and goals locked, so that of many at once exactly one passes. Commits.
///
/// # Errors
/// Of the database.
pub async fn pass(mut change: Change, keeper: &GateKeeper) -> web::Result<Outcome> {
    let gate = keeper.gate();
    let project = gate.project().project();
    let now = change.now();
    let locked = records::lock(change.conn(), project.id).await?.ok_or(Error::NotFound)?;
    work::hold_still(change.conn(), project.id).await?;
    goals::hold_still(change.conn(), project.id).await?;
    let facts = store::facts(change.conn(), project.id, Some(&gate.stage().code), now).await?;
    match facts.may_pass(locked.state, now) {
        Ok(()) => {}
        Err(Refusal::Passed) => return Ok(Outcome::Passed),
        Err(refusal) => return Ok(Outcome::Refused(refusal)),
    }
    let stage = facts.stage().ok_or(Error::NotFound)?;
    records::pass(change.conn(), project.id, stage.id, now).await?;
    change.record(stage_event(Kind::StagePassed, project.id, stage).after("ends_on", stage.ends_on.to_string()));
    for reached in work::reach_gate(change.conn(), project.id, stage.id, now).await? {
        change.record(milestone_event(project.id, &reached));
    }
    if let Some(next) = facts.next() {
        begin_stage(&mut change, project, next).await?;
    }
    change.commit().await?;
    Ok(Outcome::Passed)
}

/// Makes a stage current. Only passing the gate before it, and publishing, come here.
///
/// # Errors
/// Of the database.
pub(in crate::lifecycle) async fn begin_stage(
    change: &mut Change,
    project: &Project,
    stage: &Stage,
) -> web::Result<()> {
    let now = change.now();
    start(change, project.id, stage.id).await?;
    change.record(stage_event(Kind::StageStarted, project.id, stage).after("starts_on", stage.starts_on.to_string()));
    if stage.is_launch {
        for reached in work::reach_launch(change.conn(), project.id, now).await? {
            change.record(milestone_event(project.id, &reached));
        }
    }
    Ok(())
}

async fn start(change: &mut Change, project: ProjectId, stage: StageId) -> web::Result<()> {
    let now = change.now();
    Ok(records::start(change.conn(), project, stage, now).await?)
}

fn stage_event(kind: Kind, project: ProjectId, stage: &Stage) -> Event {
    let subject = Subject::new(SubjectKind::Stage, stage.id.uuid(), &stage.code, &stage.name_en);
    Event::new(kind, subject.zh(Some(stage.name_zh.clone()))).of(project)
}

fn milestone_event(project: ProjectId, milestone: &Reached) -> Event {
    let subject = Subject::new(SubjectKind::Milestone, milestone.id.uuid(), "", &milestone.title);
    Event::new(Kind::MilestoneReached, subject.zh(milestone.title_zh.clone())).of(project)
}
