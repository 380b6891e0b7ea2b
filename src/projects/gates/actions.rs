//! What a decision does to gates and stages. The decision is the proof; the caller commits.

use super::store::{self, LockedStage, NewRuling};
use crate::{
    events::{Change, Event, Kind, Subject, SubjectKind, both},
    platform::{
        ids::{GateRuleId, StageId},
        locale::Bilingual,
    },
    projects::Project,
};

fn about(stage: &LockedStage) -> Subject {
    Subject::new(SubjectKind::Stage, stage.id.uuid(), &stage.code, &stage.name_en).zh(Some(stage.name_zh.clone()))
}

async fn lock(change: &mut Change, project: &Project) -> Result<Vec<LockedStage>, sqlx::Error> {
    Ok(store::lock(change.conn(), project.id).await?.map(|locked| locked.stages).unwrap_or_default())
}

/// Which rule a waiver names.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Named {
    /// The rule.
    pub id: GateRuleId,
    /// Its words.
    pub text: Bilingual,
}

/// Holds a gate closed until a day, or waives it or one of its rules up to a day. False when its stage is unknown or has
/// been passed.
///
/// # Errors
/// Of the database.
pub async fn rule(
    change: &mut Change,
    project: &Project,
    ruling: &NewRuling,
    named: Option<&Named>,
) -> Result<bool, sqlx::Error> {
    let stages = lock(change, project).await?;
    let Some(stage) = stages.iter().find(|stage| stage.id == ruling.stage_id && stage.state != "passed") else {
        return Ok(false);
    };
    let now = change.now();
    store::insert_ruling(change.conn(), project.id, ruling, now).await?;
    let event = match (ruling.is_hold, named) {
        (true, _) => Event::new(Kind::GateHeld, about(stage)),
        (false, None) => Event::new(Kind::GateWaived, about(stage)),
        (false, Some(rule)) => {
            let subject = Subject::new(SubjectKind::GateRule, rule.id.uuid(), &stage.code, &rule.text.en);
            Event::new(Kind::RuleWaived, subject.zh(Some(rule.text.zh.clone())))
        }
    };
    change.record(event.of(project.id).after("until_on", ruling.until_on.to_string()));
    Ok(true)
}

/// What going back took back.
#[derive(Debug)]
pub struct SentBack {
    /// The stage that was current; none when every gate had been passed.
    pub from: Option<LockedStage>,
    /// The one that is current again, and those after it that had begun: their gates are to be passed anew.
    pub reopened: Vec<LockedStage>,
}

impl SentBack {
    /// Whether the launch stage has not begun after all.
    #[must_use]
    pub fn takes_back_launch(&self) -> bool {
        self.reopened.iter().skip(1).any(|stage| stage.is_launch)
    }

    /// Every stage whose gate is to be passed anew.
    #[must_use]
    pub fn stages(&self) -> Vec<StageId> {
        self.reopened.iter().map(|stage| stage.id).collect()
    }
}

/// Makes an earlier stage current again; those after it are ahead. Days stay as they are. None when that stage has not
/// been passed.
///
/// # Errors
/// Of the database.
pub async fn send_back(change: &mut Change, project: &Project, to: StageId) -> Result<Option<SentBack>, sqlx::Error> {
    let stages = lock(change, project).await?;
    let mut reopened: Vec<LockedStage> = stages.into_iter().skip_while(|stage| stage.id != to).collect();
    reopened.retain(|stage| stage.state != "ahead");
    let Some(back) = reopened.first().filter(|stage| stage.state == "passed") else { return Ok(None) };
    let from = reopened.iter().find(|stage| stage.state == "current").cloned();
    let later: Vec<StageId> = reopened.iter().skip(1).map(|stage| stage.id).collect();
    store::send_back(change.conn(), project.id, back.id, &later).await?;
    let was = from.as_ref().map(|stage| both(&stage.name_en, &stage.name_zh));
    change.record(Event::new(Kind::StageSentBack, about(back)).of(project.id).before("stage", was));
    for stage in reopened.iter().skip(1) {
        change.record(Event::new(Kind::StageChanged, about(stage)).of(project.id).field(
            "state",
            stage.state.as_str(),
            "ahead",
        ));
    }
    Ok(Some(SentBack { from, reopened }))
}
