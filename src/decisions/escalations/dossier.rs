//! Everything known about one escalation, as one statement reads it.

use super::model::{Missing, State, Step};
use crate::{
    decisions::matrix::{self, Category, Kind, StepLimits},
    platform::{
        ids::{CommentId, CriterionId, DecisionId, EscalationId, EvidenceId, OptionId, PartId, PersonId, PositionId},
        locale::T,
    },
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
    /// Counts changes.
    pub version: i32,
    /// What one side proposes to settle on.
    pub proposal: Option<Proposal>,
    /// The task it is about.
    pub task: Option<TaskBrief>,
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
    pub guests: Vec<Person>,
    /// What people say about it.
    pub comments: Vec<Comment>,
    /// The committee and its advisers.
    pub committee: Vec<Seat>,
    /// The decision that closed it.
    pub decision: Option<DecisionBrief>,
}

/// A settlement on offer.
#[derive(Clone, Debug)]
pub struct Proposal {
    /// Its text.
    pub text: String,
    /// The side that offers it.
    pub part: PartId,
    /// Who wrote it.
    pub by: String,
    /// When.
    pub at: Timestamp,
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

/// One step on the way.
#[derive(Clone, Debug, Deserialize)]
pub struct StepTaken {
    /// Which.
    pub step: Step,
    /// When it began.
    pub entered_at: Timestamp,
    /// When it must end.
    pub due_at: Timestamp,
    /// When it ended.
    pub left_at: Option<Timestamp>,
    /// Who passed it on.
    pub passed_on_by: Option<String>,
    /// With which words.
    pub note: String,
}

/// A side's statement.
#[derive(Clone, Debug, Deserialize)]
pub struct Position {
    /// Its id.
    pub id: PositionId,
    /// The side.
    pub part_id: PartId,
    /// Who wrote it.
    pub author: String,
    /// What they say.
    pub statement: String,
    /// The option they want.
    pub wants: Option<OptionId>,
    /// When it was written or last changed.
    pub written_at: Timestamp,
    /// Counts changes.
    pub version: i32,
}

/// A piece of evidence.
#[derive(Clone, Debug, Deserialize)]
pub struct Evidence {
    /// Its id.
    pub id: EvidenceId,
    /// `link`, `task` or `text`.
    pub kind: String,
    /// What it is called.
    pub label: String,
    /// Where it is, for links.
    pub url: Option<String>,
    /// What it says, for texts.
    pub body: String,
    /// The task, for tasks.
    pub task: Option<TaskBrief>,
    /// Who added it.
    pub by: String,
}

/// A possible answer.
#[derive(Clone, Debug, Deserialize)]
pub struct Choice {
    /// Its id.
    pub id: OptionId,
    /// A to H.
    pub letter: String,
    /// Its name.
    pub title: String,
    /// One or two sentences.
    pub summary: String,
    /// Counts changes.
    pub version: i32,
}

/// A row on which options are compared.
#[derive(Clone, Debug, Deserialize)]
pub struct Criterion {
    /// Its id.
    pub id: CriterionId,
    /// Code of a known one.
    pub code: Option<String>,
    /// Name of one's own.
    pub name: String,
}

impl Criterion {
    /// On screen.
    #[must_use]
    pub fn label(&self, t: T) -> String {
        match self.code.as_deref() {
            Some("cost") => t.decisions_criterion_cost(),
            Some("margin") => t.decisions_criterion_margin(),
            Some("dates") => t.decisions_criterion_dates(),
            Some("goals") => t.decisions_criterion_goals(),
            Some("risk") => t.decisions_criterion_risk(),
            Some("undo") => t.decisions_criterion_undo(),
            Some(_) | None => self.name.clone(),
        }
    }
}

/// An option's answer to a criterion.
#[derive(Clone, Debug, Deserialize)]
pub struct Answer {
    /// The option.
    pub option_id: OptionId,
    /// The criterion.
    pub criterion_id: CriterionId,
    /// The answer.
    pub answer: String,
    /// `ok`, `warn`, `bad` or nothing.
    pub tone: Option<String>,
}

/// An open ballot.
#[derive(Clone, Debug, Deserialize)]
pub struct Ballot {
    /// Who cast it.
    pub person_id: PersonId,
    /// Their name.
    pub name: String,
    /// For which option; none is "none of these".
    pub option_id: Option<OptionId>,
    /// Why.
    pub reason: String,
    /// An adviser's or a guest's: shown, not counted.
    pub is_advisory: bool,
}

/// A person by name.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
pub struct Person {
    /// Their id.
    pub person_id: PersonId,
    /// Their name.
    pub name: String,
}

/// A comment.
#[derive(Clone, Debug, Deserialize)]
pub struct Comment {
    /// Its id.
    pub id: CommentId,
    /// Who wrote it.
    pub author_id: PersonId,
    /// Their name.
    pub name: String,
    /// Markdown.
    pub body: String,
    /// When.
    pub created_at: Timestamp,
}

/// A seat of the committee, or an adviser's.
#[derive(Clone, Debug, Deserialize)]
pub struct Seat {
    /// Who holds it.
    pub person_id: PersonId,
    /// Their name.
    pub name: String,
    /// `committee`, `chair` or `adviser`.
    pub role: String,
    /// In the project's words: CFO, board member.
    pub capacity: String,
}

impl Seat {
    /// Its ballot counts.
    #[must_use]
    pub fn votes(&self) -> bool {
        self.role != "adviser"
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
}

impl Dossier {
    /// As people call it: `E-3`.
    #[must_use]
    pub fn label(&self) -> String {
        format!("E-{}", self.number)
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

    /// The limits of its steps; a category that the matrix lost has those of the most patient one.
    #[must_use]
    pub fn limits(&self) -> StepLimits {
        self.matrix_category().map_or(matrix::PATIENT, |category| category.limits)
    }

    /// Has been put before the committee at some time.
    #[must_use]
    pub fn was_before_committee(&self) -> bool {
        self.state == State::WithCommittee || self.steps.iter().any(|taken| taken.step == Step::Committee)
    }

    /// One of the two sides.
    #[must_use]
    pub fn is_side(&self, part: PartId) -> bool {
        part == self.from || part == self.to
    }

    /// A side's statement, once written.
    #[must_use]
    pub fn position_of(&self, part: PartId) -> Option<&Position> {
        self.positions.iter().find(|position| position.part_id == part)
    }

    /// An option by its id.
    #[must_use]
    pub fn option(&self, id: OptionId) -> Option<&Choice> {
        self.options.iter().find(|option| option.id == id)
    }

    /// How an option answers a criterion.
    #[must_use]
    pub fn answer(&self, option: OptionId, criterion: CriterionId) -> Option<&Answer> {
        self.answers.iter().find(|answer| answer.option_id == option && answer.criterion_id == criterion)
    }

    /// What the committee still needs before it can compare.
    #[must_use]
    pub fn missing(&self) -> Vec<Missing> {
        let mut missing = Vec::new();
        if self.options.len() < 2 {
            missing.push(Missing::Options);
        }
        if self.criteria.is_empty() {
            missing.push(Missing::Criteria);
        }
        for option in &self.options {
            for (at, criterion) in self.criteria.iter().enumerate() {
                if self.answer(option.id, criterion.id).is_none() {
                    missing.push(Missing::Answer { option: option.letter.clone(), criterion: at });
                }
            }
        }
        missing
    }

    /// What the committee still needs, in words.
    #[must_use]
    pub fn missing_words(&self, t: T) -> Vec<String> {
        self.missing()
            .into_iter()
            .map(|missing| match missing {
                Missing::Options => t.decisions_missing_options(),
                Missing::Criteria => t.decisions_missing_criteria(),
                Missing::Answer { option, criterion } => {
                    let name = self.criteria.get(criterion).map(|criterion| criterion.label(t)).unwrap_or_default();
                    t.decisions_missing_answer(option, name)
                }
            })
            .collect()
    }

    /// How many ballots that count stand now: only those whose caster still holds a voting seat.
    #[must_use]
    pub fn votes(&self) -> usize {
        self.counted().count()
    }

    /// The ballots that count.
    pub fn counted(&self) -> impl Iterator<Item = &Ballot> {
        self.ballots.iter().filter(|ballot| !ballot.is_advisory && self.is_voter(ballot.person_id))
    }

    /// Holds a voting seat.
    #[must_use]
    pub fn is_voter(&self, person: PersonId) -> bool {
        self.committee.iter().any(|seat| seat.votes() && seat.person_id == person)
    }

    /// How many people hold a voting seat.
    #[must_use]
    pub fn voters(&self) -> usize {
        let mut voters: Vec<PersonId> =
            self.committee.iter().filter(|seat| seat.votes()).map(|seat| seat.person_id).collect();
        voters.sort_unstable();
        voters.dedup();
        voters.len()
    }

    /// The ballot that a person has cast.
    #[must_use]
    pub fn ballot_of(&self, person: PersonId) -> Option<&Ballot> {
        self.ballots.iter().find(|ballot| ballot.person_id == person)
    }

    /// Asked for advice on this one.
    #[must_use]
    pub fn is_guest(&self, person: PersonId) -> bool {
        self.guests.iter().any(|guest| guest.person_id == person)
    }

    /// The option most ballots are for; of several the recommended one, else the first by letter.
    #[must_use]
    pub fn leading(&self) -> Option<OptionId> {
        let count = |id: OptionId| self.counted().filter(|ballot| ballot.option_id == Some(id)).count();
        self.options
            .iter()
            .max_by_key(|option| {
                let is_recommended = self.recommended == Some(option.id);
                (count(option.id), is_recommended, std::cmp::Reverse(option.letter.clone()))
            })
            .map(|option| option.id)
    }

    /// The id for events.
    #[must_use]
    pub fn uuid(&self) -> Uuid {
        self.id.uuid()
    }
}
