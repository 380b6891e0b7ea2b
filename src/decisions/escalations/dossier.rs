//! Everything known about one escalation, as one statement reads it.

mod clock;
mod committee;
mod earlier;
mod hearing;
mod options;
mod votes;

pub use clock::{AnsweredQuestion, OpenQuestion, StepTaken};
pub use committee::{Aside, Vacancy};
pub use earlier::Earlier;
pub use hearing::{Comment, Evidence, Position, Proposal};
pub use options::{Answer, Choice, Criterion};
pub use votes::{Ballot, Guest, Seat};

use super::model::State;
use crate::{
    decisions::{
        matrix::{self, Category, Kind, StepLimits},
        packs::model::Brief,
        rules::Rules,
        rulings::tally::Tally,
    },
    goals::signing::proposed::{About, Proposed},
    platform::{
        ids::{DecisionId, EscalationId, OptionId, PartId, PersonId, TaskId},
        locale::T,
    },
    projects::scope::Days,
};
use jiff::Timestamp;
use serde::Deserialize;
use uuid::Uuid;

/// An escalation with all that belongs to it.
#[derive(Clone, Debug)]
pub struct Dossier {
    /// Its id.
    pub id: EscalationId,
    /// Its number in the project.
    pub number: i32,
    /// The question in one sentence.
    pub question: String,
    /// More about it, Markdown.
    pub background: String,
    /// Code of its kind in the matrix.
    pub kind: String,
    /// Code of its category in the matrix.
    pub category: String,
    /// Who raised it.
    pub raised_by: PersonId,
    /// Their name.
    pub raiser: String,
    /// The program put it together.
    pub is_drafted: bool,
    /// What its first option would do to goals, where a page of goals drafted it.
    pub proposes: Option<Proposed>,
    /// What that is about, while it is there.
    pub proposed_about: Option<About>,
    /// The side that raised it.
    pub from: PartId,
    /// The other side.
    pub to: PartId,
    /// Where it is.
    pub state: State,
    /// When the step must end; none once closed.
    pub due_at: Option<Timestamp>,
    /// What the lead recommends.
    pub recommended: Option<OptionId>,
    /// What was settled, or why it was withdrawn.
    pub outcome: String,
    /// Who closed it.
    pub closer: Option<String>,
    /// When.
    pub closed_at: Option<Timestamp>,
    /// When it was raised.
    pub raised_at: Timestamp,
    /// Since when the clock stands because the raiser owes an answer.
    pub paused_at: Option<Timestamp>,
    /// The limits that the administrator set for its category.
    pub own_limits: Option<StepLimits>,
    /// What the raiser is asked and has not answered.
    pub open_question: Option<OpenQuestion>,
    /// What the raiser was asked and answered, in order.
    pub answered_questions: Vec<AnsweredQuestion>,
    /// Counts changes.
    pub version: i32,
    /// What one side proposes to settle on.
    pub proposal: Option<Proposal>,
    /// The task it is about.
    pub task: Option<TaskAbout>,
    /// The requirement changes that wait for it, or waited, in the order in which both sides accepted them.
    pub changes: Vec<WaitingChange>,
    /// The steps it took.
    pub steps: Vec<StepTaken>,
    /// What each side says.
    pub positions: Vec<Position>,
    /// What it rests on.
    pub evidence: Vec<Evidence>,
    /// Possible answers, by letter.
    pub options: Vec<Choice>,
    /// What they are compared on.
    pub criteria: Vec<Criterion>,
    /// How each option answers each criterion.
    pub answers: Vec<Answer>,
    /// Open ballots, members' and advisers'.
    pub ballots: Vec<Ballot>,
    /// Who was asked for advice on this one.
    pub guests: Vec<Guest>,
    /// What people say about it.
    pub comments: Vec<Comment>,
    /// The committee and its advisers.
    pub committee: Vec<Seat>,
    /// The decision that closed it.
    pub decision: Option<DecisionBrief>,
    /// The versions of its pack, oldest first; none before the committee has it.
    pub packs: Vec<Brief>,
    /// How the committee decides.
    pub rules: Rules,
    /// Members who have stepped aside from it.
    pub asides: Vec<Aside>,
    /// Earlier escalations between the same two departments, newest first.
    pub earlier: Vec<Earlier>,
}

/// The task that an escalation is about.
#[derive(Clone, Debug, Deserialize)]
pub struct TaskAbout {
    /// Its id.
    pub id: TaskId,
    /// Its number.
    pub number: i32,
    /// Its title.
    pub title: String,
    /// The Chinese side of it.
    pub title_zh: Option<String>,
    /// The department that owns it.
    pub part_id: PartId,
    /// It waits for something, as a rule for this.
    pub is_blocked: bool,
}

/// A task that something refers to.
#[derive(Clone, Debug, Deserialize)]
pub struct TaskBrief {
    /// Its number.
    pub number: i32,
    /// Its title.
    pub title: String,
    /// The Chinese side of it.
    pub title_zh: Option<String>,
}

/// A requirement change that waits for an escalation, or waited.
#[derive(Clone, Debug, Deserialize)]
pub struct WaitingChange {
    /// Its number.
    pub number: i32,
    /// Its title.
    pub title: String,
    /// Where it is.
    pub state: String,
    /// Its size, in half days.
    pub halves: i32,
}

impl WaitingChange {
    /// How long it takes.
    #[must_use]
    pub fn size(&self) -> Days {
        Days::of_halves(self.halves)
    }

    /// `C-4`.
    #[must_use]
    pub fn label(&self) -> String {
        format!("C-{}", self.number)
    }

    /// `C-4 Import (3 working days)`.
    #[must_use]
    pub fn words(&self, t: T) -> String {
        t.scope_waiting_line(self.label(), self.size().words(t), self.title.as_str())
    }
}

/// The decision that closed it.
#[derive(Clone, Debug, Deserialize)]
pub struct DecisionBrief {
    /// Its id.
    pub id: DecisionId,
    /// Its number.
    pub number: i32,
    /// Its title.
    pub title: String,
    /// Why.
    pub rationale: String,
    /// The option chosen.
    pub option_id: Option<OptionId>,
    /// Who recorded it.
    pub by: String,
    /// When.
    pub decided_at: Timestamp,
    /// How the votes stood.
    #[serde(default)]
    pub tally: Tally,
}

impl Dossier {
    /// What a decision for the option with this letter does to goals, while it is still to be decided: the first one what was
    /// drafted, others nothing.
    #[must_use]
    pub fn does(&self, t: T, letter: &str) -> String {
        let is_first = self.options.first().is_some_and(|first| first.letter == letter);
        let words =
            self.proposes.as_ref().zip(self.proposed_about.as_ref()).filter(|_| is_first && self.state.is_open());
        words.map(|(proposed, about)| t.decisions_proposed(proposed.in_words(t, about))).unwrap_or_default()
    }

    /// As people call it: `E-3`.
    #[must_use]
    pub fn label(&self) -> String {
        format!("E-{}", self.number)
    }

    /// The changes that wait for it now.
    #[must_use]
    pub fn waiting(&self) -> Vec<&WaitingChange> {
        self.changes.iter().filter(|change| change.state == "over_budget").collect()
    }

    /// Whether it cannot be taken back: changes wait for it that both sides have accepted, and one side alone would turn
    /// them down.
    #[must_use]
    pub fn is_bound(&self) -> bool {
        !self.waiting().is_empty()
    }

    /// Why it cannot be taken back; empty when it can.
    #[must_use]
    pub fn bound_words(&self, t: T) -> String {
        let waiting: Vec<String> = self.waiting().iter().map(|change| change.label()).collect();
        if waiting.is_empty() { String::new() } else { t.escalation_bound(t.list(&waiting)) }
    }

    /// What comes of an end without a decision; empty unless changes wait for it.
    #[must_use]
    pub fn falls_out(&self, t: T) -> String {
        let waiting: Vec<String> = self.waiting().iter().map(|change| change.words(t)).collect();
        if waiting.is_empty() { String::new() } else { t.scope_falls_out(t.list(&waiting)) }
    }

    /// Its kind in the matrix, while the matrix still has it.
    #[must_use]
    pub fn matrix_kind(&self) -> Option<&'static Kind> {
        matrix::matrix().ok()?.kind(&self.kind)
    }

    /// Its category in the matrix, while the matrix still has it.
    #[must_use]
    pub fn matrix_category(&self) -> Option<&'static Category> {
        matrix::matrix().ok()?.category(&self.category)
    }

    /// The id for events.
    #[must_use]
    pub fn uuid(&self) -> Uuid {
        self.id.uuid()
    }
}
