//! Writes a new escalation with its first position, evidence and options.

use super::model::{Raise, may_raise_for};
use crate::{
    decisions::{
        clock,
        escalations::{
            State,
            store::{self, NewEscalation},
        },
        hearing::{
            model::NewEvidence,
            store::{self as hearing, Statement, TaskFound},
        },
        limits, options,
    },
    events::{Change, Event, Kind, Subject, SubjectKind, both},
    goals::{money::actions::FINANCE, signing::proposed::Proposed},
    platform::ids::{PartId, PersonId, ProjectId},
    projects::{Part, Project, ProjectHead, ProjectViewer, Rights, Tab},
    web::{AppState, Error, Result, Shell},
};

/// What came of it.
#[derive(Debug, PartialEq, Eq)]
pub enum Raised {
    /// It stands under this number.
    As(i32),
    /// The project has no task with the number that was given as evidence or as what it is about.
    NoSuchTask,
}

/// In which project, and in whose name. Holding one is to have proved the right: a [`Raiser`] makes one, and the requests
/// room, whose refused request is the proof.
#[derive(Debug)]
pub struct Ground<'a> {
    /// The project.
    pub project: ProjectId,
    /// `GEO`.
    pub key: &'a str,
    /// Everybody who takes part.
    pub parts: &'a [Part],
    /// Who raises it.
    pub by: PersonId,
    /// The program puts it together, after something that they did or left undone.
    pub is_drafted: bool,
}

/// Proof that somebody may raise an escalation in a project.
#[derive(Debug)]
pub struct Raiser {
    /// The frame of the page.
    pub shell: Shell,
    /// The project.
    pub project: Project,
    /// The head of its pages.
    pub head: ProjectHead,
    /// Everybody who takes part.
    pub parts: Vec<Part>,
    /// What the raiser may do.
    pub rights: Rights,
    /// What the first option would do to goals, and that in words.
    pub proposing: Option<(Proposed, String)>,
    person: PersonId,
}

/// Whether somebody may have a change of goals put before the committee with a question of theirs: what they could change
/// themselves, were it not too large for them. That is the lead, and of the envelope the liaison of finance besides.
#[must_use]
pub fn may_propose(rights: &Rights, parts: &[Part], proposed: &Proposed) -> bool {
    let is_money = matches!(proposed, Proposed::SetEnvelope { .. });
    let is_finance = |part: &Part| part.code == FINANCE && rights.is_liaison_of(part.id);
    rights.may_set_goals() || (is_money && rights.is_changeable() && parts.iter().any(is_finance))
}

impl Raiser {
    /// From a viewer who may; gives their connection back.
    ///
    /// # Errors
    /// [`Error::Forbidden`].
    pub fn prove(viewer: ProjectViewer) -> Result<Self> {
        if !viewer.rights().may_raise() {
            return Err(Error::Forbidden);
        }
        let head = viewer.standing().head(Tab::None);
        let standing = viewer.into_standing();
        let person = standing.shell.viewer()?.person_id;
        Ok(Self {
            head,
            person,
            proposing: None,
            shell: standing.shell,
            project: standing.project,
            parts: standing.parts,
            rights: standing.rights,
        })
    }

    /// The same, with what the first option would do to goals.
    #[must_use]
    pub fn proposing(self, proposing: Option<(Proposed, String)>) -> Self {
        Self { proposing, ..self }
    }

    /// The same, with no other sides to choose than these two.
    #[must_use]
    pub fn between(mut self, one: PartId, other: PartId) -> Self {
        self.parts.retain(|part| part.id == one || part.id == other);
        self
    }

    /// What it is raised in.
    #[must_use]
    pub fn ground(&self) -> Ground<'_> {
        Ground {
            project: self.project.id,
            key: &self.project.key,
            parts: &self.parts,
            by: self.person,
            is_drafted: false,
        }
    }
}

/// Writes it. The same form sent again finds it there.
///
/// # Errors
/// [`Error::Forbidden`] for a side that is not the raiser's, or of the database.
pub async fn raise(state: &AppState, raiser: &Raiser, raise: &Raise) -> Result<Raised> {
    if !may_raise_for(&raiser.rights, raise.from) {
        return Err(Error::Forbidden);
    }
    let mut change = Change::begin(state, &raiser.shell).await?;
    let raised = raise_in(&mut change, &raiser.ground(), raise).await?;
    // Nothing is recorded when an earlier copy of the form has raised it.
    if change.has_events() {
        change.commit().await?;
    }
    Ok(raised)
}

/// Writes it within a change that does more; the caller commits.
///
/// # Errors
/// Of the database.
pub async fn raise_in(change: &mut Change, ground: &Ground<'_>, raise: &Raise) -> Result<Raised> {
    let project = ground.project;
    let about = match raise.task {
        Some(number) => Some(hearing::task(change.conn(), project, number).await?),
        None => None,
    };
    let proof = raise.evidence.iter().find_map(|piece| match &piece.what {
        NewEvidence::Task { number, .. } => Some(*number),
        NewEvidence::Link { .. } | NewEvidence::Text { .. } => None,
    });
    let proof = match proof {
        Some(number) => Some(hearing::task(change.conn(), project, number).await?),
        None => None,
    };
    let (Some(about), Some(proof)) = (found(about), found(proof)) else { return Ok(Raised::NoSuchTask) };
    let calendar = crate::departments::calendar(change.conn()).await?;
    let at = change.now();
    let limits = limits::store::all(change.conn()).await?.of(&raise.kind.category);
    let first = State::first(limits);
    let due = clock::due_at(first, at, limits, &calendar)?;
    let new = NewEscalation {
        id: raise.id,
        question: &raise.question,
        background: &raise.background,
        kind: &raise.kind.code,
        category: &raise.kind.category,
        by: ground.by,
        is_drafted: ground.is_drafted,
        from: raise.from,
        to: raise.to,
        task: about.as_ref().map(|task| task.id),
        proposes: raise.proposes.as_ref(),
        state: first,
        due,
        at,
    };
    let Some(number) = store::insert(change.conn(), project, &new).await? else {
        let there = store::number_of(change.conn(), project, raise.id).await?;
        return there.map(Raised::As).ok_or(Error::Conflict);
    };
    clock::begin(change, project, raise.id, (first, at), limits, &calendar).await?;
    write_rest(change, ground, raise, proof.as_ref()).await?;
    for event in events(ground, raise, number) {
        change.record(event);
    }
    Ok(Raised::As(number))
}

/// `None` when a task was named and is not there.
#[expect(clippy::option_option, reason = "asked for or not, and there or not")]
fn found(task: Option<Option<TaskFound>>) -> Option<Option<TaskFound>> {
    match task {
        None => Some(None),
        Some(None) => None,
        Some(Some(task)) => Some(Some(task)),
    }
}

async fn write_rest(change: &mut Change, ground: &Ground<'_>, raise: &Raise, proof: Option<&TaskFound>) -> Result<()> {
    let (project, at) = (ground.project, change.now());
    if !raise.position.is_empty() {
        // Of what the program raises by itself nobody has written anything for it.
        let is_drafted = change.actor().is_none();
        let statement =
            Statement { part: raise.from, author: ground.by, is_drafted, text: &raise.position, wants: None, at };
        hearing::write_position(change.conn(), project, raise.id, &statement, 0).await?;
    }
    let by = (ground.by, ground.is_drafted);
    for piece in &raise.evidence {
        let task = proof.filter(|_| matches!(piece.what, NewEvidence::Task { .. }));
        hearing::add_evidence(change.conn(), project, raise.id, piece, task, by, at).await?;
    }
    if !raise.options.is_empty() {
        options::store::replace_options(change.conn(), project, raise.id, &raise.options, ground.by).await?;
    }
    Ok(())
}

/// One line for each thing that was written.
fn events(ground: &Ground<'_>, raise: &Raise, number: i32) -> Vec<Event> {
    let name = |id| {
        let part = ground.parts.iter().find(|part| part.id == id);
        part.map_or_else(|| both("", ""), |part| both(&part.name_en, &part.name_zh))
    };
    let event = |kind| {
        let label = format!("E-{number}");
        Event::new(kind, Subject::new(SubjectKind::Escalation, raise.id.uuid(), label, &raise.question))
            .of(ground.project)
            .by_program(ground.is_drafted)
    };
    let mut events = vec![
        event(Kind::EscalationRaised)
            .after("from_part", name(raise.from))
            .after("to_part", name(raise.to))
            .after("kind", both(&raise.kind.name.en, &raise.kind.name.zh)),
    ];
    if !raise.position.is_empty() {
        // What somebody says is theirs, also where the program took it from what they did.
        let written = event(Kind::PositionWritten).by_program(false).after("department", name(raise.from));
        events.push(written.after("statement", raise.position.as_str()));
    }
    for piece in &raise.evidence {
        events.push(event(Kind::EvidenceAdded).after("evidence", piece.what.name(ground.key)));
    }
    for option in &raise.options {
        events.push(event(Kind::OptionAdded).after("option", format!("{}: {}", option.letter, option.title)));
    }
    events
}
