//! What changes the division of labour.

use super::{
    model::{Duty, Letters, Refusal, Wish, free_code},
    store,
};
use crate::{
    events::{Change, Event, Kind, Subject, SubjectKind},
    platform::ids::{DutyId, PartId, ProjectId, StageId},
    projects::{Part, Project, ProjectManager},
    web::{Error, Result},
};
use serde_json::Value;

/// How a change of letters ended.
#[derive(Debug)]
pub enum Outcome {
    /// They are as asked; `changed` says whether they were not before.
    Done {
        /// Whether anything was written.
        changed: bool,
    },
    /// Somebody was faster; the duty as it is now.
    Stale(Duty),
    /// The wish breaks a rule.
    Refused(Vec<Refusal>),
}

fn subject(duty: &Duty) -> Subject {
    let zh = (!duty.title_zh.is_empty()).then(|| duty.title_zh.clone());
    Subject::new(SubjectKind::Duty, duty.id.uuid(), duty.code.clone(), duty.title_en.clone()).zh(zh)
}

/// Gives a duty new letters. Commits when something changed. A form sent twice finds its letters in place and does
/// nothing the second time. Tasks made from the duty keep their owners.
///
/// # Errors
/// [`Error::NotFound`] without such a duty, [`Error::Unprocessable`] for parts of another project; the database's.
pub async fn set_letters(
    mut change: Change,
    manager: &ProjectManager,
    code: &str,
    version: i32,
    wish: &Wish,
) -> Result<Outcome> {
    let (project, parts) = (manager.project(), &manager.standing().parts);
    let duty = store::duty(change.conn(), project.id, code, true).await?.ok_or(Error::NotFound)?;
    let letters = match wish.settle(parts) {
        Ok(letters) => letters,
        Err(refusals) if refusals.contains(&Refusal::UnknownPart) => return Err(Error::Unprocessable),
        Err(refusals) => return Ok(Outcome::Refused(refusals)),
    };
    if letters == duty.letters {
        return Ok(Outcome::Done { changed: false });
    }
    if !store::set_letters(change.conn(), project.id, &duty, version, &letters).await? {
        return Ok(Outcome::Stale(duty));
    }
    let t = manager.shell().t;
    change.record(Event::new(Kind::DutyChanged, subject(&duty)).of(project.id).field(
        "letters",
        duty.letters.line(parts, t),
        letters.line(parts, t),
    ));
    change.commit().await?;
    Ok(Outcome::Done { changed: true })
}

/// Who answers for a duty and who does it, as a decision says; none leaves it as it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Reassigned {
    /// The A.
    pub accountable: Option<PartId>,
    /// The only R.
    pub responsible: Option<PartId>,
}

/// Who answered for a duty and did it before a decision, and who does after it, in both languages.
#[derive(Clone, Debug)]
pub struct Lines {
    /// As they were.
    pub before: Value,
    /// As they are.
    pub after: Value,
}

/// Gives a duty to others because a decision says so, whatever its version; the decision is the proof and the caller
/// commits. Tasks made from the duty keep their owners. None when the letters are so already.
///
/// # Errors
/// [`Error::NotFound`] without such a duty, [`Error::Unprocessable`] for parts of another project; the database's.
pub async fn reassign(
    change: &mut Change,
    project: &Project,
    parts: &[Part],
    code: &str,
    to: Reassigned,
) -> Result<Option<Lines>> {
    let duty = store::duty(change.conn(), project.id, code, true).await?.ok_or(Error::NotFound)?;
    let letters = duty.letters.reassigned(to.accountable, to.responsible, parts).map_err(|_| Error::Unprocessable)?;
    if letters.has_same_main(&duty.letters) {
        return Ok(None);
    }
    if !store::set_letters(change.conn(), project.id, &duty, duty.version, &letters).await? {
        return Err(Error::Conflict);
    }
    let event = Event::new(Kind::DutyChanged, subject(&duty)).of(project.id);
    let event = event.field("letters", duty.letters.lines(parts), letters.lines(parts));
    change.record(event.after("touched", letters.touched(&duty.letters, parts)));
    Ok(Some(Lines { before: duty.letters.main_lines(parts), after: letters.main_lines(parts) }))
}

/// A duty about to be added; everything but the letters has been checked.
#[derive(Clone, Debug)]
pub struct NewDuty {
    /// Made when the form was rendered.
    pub id: DutyId,
    /// Where it belongs.
    pub stage_id: StageId,
    /// What is to be done, as typed.
    pub title: String,
    /// Working day of the stage, from 1.
    pub due_day: i32,
}

/// Adds a duty and answers its code. A form sent twice adds one.
///
/// # Errors
/// [`Error::NotFound`] for a stage of another project; the database's.
pub async fn add(mut change: Change, manager: &ProjectManager, new: NewDuty, letters: Letters) -> Result<String> {
    let project: ProjectId = manager.project().id;
    let stage = store::lock_stage(change.conn(), project, new.stage_id).await?.ok_or(Error::NotFound)?;
    if let Some(code) = store::code_of(change.conn(), project, new.id).await? {
        return Ok(code);
    }
    let taken = store::codes(change.conn(), project, stage.id).await?;
    let duty = Duty {
        id: new.id,
        stage_id: stage.id,
        code: free_code(&stage.code, &taken),
        title_en: new.title,
        title_zh: String::new(),
        due_day: new.due_day,
        version: 1,
        letters,
        decision: None,
    };
    store::insert(change.conn(), project, &duty).await?;
    let t = manager.shell().t;
    change.record(
        Event::new(Kind::DutyCreated, subject(&duty))
            .of(project)
            .after("stage", stage.name(t).to_owned())
            .after("letters", duty.letters.line(&manager.standing().parts, t)),
    );
    change.commit().await?;
    Ok(duty.code)
}
