//! What people do by hand: one act each.

use super::{
    Text,
    goals::{Figure, KeyResult, Kpi, MoneyLine, MoneyRow, Share, Strategy},
    projects::Attested,
};
use crate::platform::locale::Language;
use jiff::civil::Time;
use serde::Deserialize;

/// Something that somebody does on a day.
#[derive(Clone, Debug, Deserialize)]
pub struct Act {
    /// Working days from today.
    pub day: i32,
    /// At what time.
    pub at: Time,
    /// Who.
    pub who: String,
    /// What.
    #[serde(flatten)]
    pub what: What,
}

/// What is done. Tasks are named by the code of their item in the blueprint, or by the name that [`What::Add`] gave
/// them; escalations by the name that [`What::Raise`] gave them,
/// requests by the name that [`What::Ask`] gave them, requirement changes by that of [`What::Change`].
#[derive(Clone, Debug, Deserialize)]
#[serde(tag = "does", rename_all = "snake_case")]
pub enum What {
    /// Adds a task.
    Add(NewTask),
    /// Moves a task.
    Status {
        /// Which.
        task: String,
        /// Where to.
        to: String,
        /// Why it is blocked.
        reason: Option<Text>,
        /// Code of the part that it waits for.
        waits_for: Option<String>,
    },
    /// Writes a comment; `@lin` is somebody's key.
    Comment {
        /// On which task.
        task: String,
        /// What.
        text: Text,
    },
    /// Makes a task wait for another.
    Wait {
        /// Which waits.
        task: String,
        /// What comes first.
        after: String,
    },
    /// Adds a dated point.
    Milestone {
        /// Its title.
        title: Text,
        /// The day.
        due: i32,
    },
    /// Answers for a figure of the current gate.
    Attest(Attested),
    /// Raises an escalation.
    Raise(Box<Raise>),
    /// Writes the other side's position.
    Position {
        /// Of which escalation.
        case: String,
        /// What it says.
        text: Text,
        /// Letter of the option it wants.
        wants: Option<String>,
    },
    /// Adds evidence.
    Evidence {
        /// To which escalation.
        case: String,
        /// What.
        evidence: Evidence,
    },
    /// Writes options and what they are compared on.
    Options(Box<Options>),
    /// Recommends an option.
    Recommend {
        /// In which escalation.
        case: String,
        /// Its letter.
        option: String,
    },
    /// Says something.
    Say {
        /// In which escalation.
        case: String,
        /// What.
        text: Text,
    },
    /// Passes it on to the next step.
    Pass {
        /// Which.
        case: String,
        /// Why.
        note: Text,
    },
    /// Votes.
    Vote {
        /// In which escalation.
        case: String,
        /// Letter of the option.
        option: String,
        /// Why.
        reason: Text,
    },
    /// Proposes a settlement between the liaisons.
    Propose {
        /// Of which escalation.
        case: String,
        /// What.
        text: Text,
    },
    /// Confirms what the other side proposed.
    Confirm {
        /// Of which escalation.
        case: String,
    },
    /// Records the committee's decision.
    Decide(Box<Decide>),
    /// Asks another department.
    Ask(Box<Ask>),
    /// Promises what was asked for.
    Accept {
        /// Which request.
        request: String,
        /// The task to do it with; a new one otherwise, called as the request.
        task: Option<String>,
    },
    /// Offers another date.
    Counter {
        /// For which request.
        request: String,
        /// The day offered.
        day_offered: i32,
        /// Why.
        why: Text,
    },
    /// Says no.
    Decline {
        /// To which request.
        request: String,
        /// Why.
        why: Text,
    },
    /// Does not take the refusal.
    Insist {
        /// On which request.
        request: String,
        /// Why.
        why: Text,
    },
    /// Takes the date on offer; the new task is called as the request.
    Agree {
        /// Of which request.
        request: String,
    },
    /// Locks the scope baseline.
    Baseline {
        /// What is in scope, Markdown.
        text: Text,
        /// Where it is written down.
        link: String,
        /// How much may change, in working days.
        budget: String,
    },
    /// Asks for a requirement change.
    Change {
        /// How the story calls it.
        change: String,
        /// What is to change.
        title: Text,
        /// Why.
        why: Text,
        /// The task that it touches.
        task: Option<String>,
    },
    /// States how long a change takes.
    Size {
        /// Which change.
        change: String,
        /// In working days.
        size: String,
        /// By how many working days the task moves that it touches.
        moves: Option<i32>,
        /// What it takes.
        note: Text,
    },
    /// Answers a change: yes, or no.
    Answer {
        /// Which change.
        change: String,
        /// Whether it is accepted.
        yes: bool,
        /// What they say.
        text: Text,
    },
    /// Writes the strategy.
    Strategy(Box<Strategy>),
    /// Adds an objective.
    Objective {
        /// What is wanted.
        title: Text,
        /// Why.
        why: Text,
    },
    /// Adds a key result.
    KeyResult(Box<KeyResult>),
    /// Splits one over departments and months.
    Split {
        /// `1.2`.
        key_result: String,
        /// Who takes how much.
        shares: Vec<Share>,
    },
    /// Adds an indicator.
    Kpi(Box<Kpi>),
    /// Pastes its figures.
    KpiFigures {
        /// What it watches.
        title: Text,
        /// `week` or `month`.
        cadence: String,
        /// One a period, the last of them for the one before the present.
        figures: Vec<String>,
    },
    /// Says which task leads to a share.
    LinkWork {
        /// `1.2`.
        key_result: String,
        /// Code of the part.
        part: String,
        /// Which task.
        task: String,
    },
    /// Puts the goals before the committee.
    ProposeGoals {
        /// What the committee should know.
        note: Text,
    },
    /// The chair signs them off.
    SignOffGoals {
        /// Why.
        why: Text,
        /// Who sees to it.
        owner: String,
        /// When to look at it again.
        review: i32,
    },
    /// Sets the bonus pool, with the weights that the form proposes.
    BonusPool {
        /// Which money.
        currency: String,
        /// How much.
        amount: String,
    },
    /// Thanks somebody.
    Thank {
        /// Whom.
        to: String,
        /// For which task.
        task: String,
        /// In a sentence.
        note: Text,
    },
    /// Enters what a department reached.
    CheckIn {
        /// Code of the part.
        part: String,
        /// Counted from the present month.
        month: i32,
        /// For each key result.
        figures: Vec<Figure>,
    },
    /// Writes the commercial plan.
    MoneyPlan {
        /// Which money.
        currency: String,
        /// Its first month, counted from the present one.
        first: i32,
        /// How many months.
        months: u8,
        /// What may be spent.
        envelope: String,
        /// Its lines.
        lines: Vec<MoneyLine>,
    },
    /// Records the day of break-even that the plan comes to.
    BreakEven,
    /// Enters what a month really was.
    MoneyActual {
        /// Counted from the present month.
        month: i32,
        /// One for each line, in their order.
        figures: Vec<String>,
    },
    /// Says what is expected of the months to come.
    MoneyForecast {
        /// Lines that differ from the plan.
        rows: Vec<MoneyRow>,
    },
    /// Publishes the next version of the playbook.
    PublishPlaybook {
        /// What everybody should know about it.
        note: Text,
    },
    /// Reads it and answers its three questions.
    ReadPlaybook {},
}

/// A request that somebody makes.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Ask {
    /// How the story calls it.
    pub request: String,
    /// The asker's task that it is for.
    pub task: Option<String>,
    /// Code of the department asked.
    pub to: String,
    /// What is needed.
    pub title: Text,
    /// Markdown.
    pub text: Text,
    /// Working day on which it is wanted.
    pub due: i32,
}

/// A task that somebody adds.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct NewTask {
    /// How the story calls it.
    pub task: String,
    /// Its title.
    pub title: Text,
    /// Code of its department.
    pub part: String,
    /// Who does it.
    pub assignee: String,
    /// Working day on which it starts.
    pub starts: Option<i32>,
    /// Working day on which it is due.
    pub due: i32,
    /// Low, normal, high, urgent.
    pub priority: Option<String>,
    /// Markdown.
    pub text: Option<Text>,
}

/// An escalation that somebody raises.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Raise {
    /// How the story calls it.
    pub case: String,
    /// The task it is about.
    pub task: Option<String>,
    /// Code of the side that raises it.
    pub from: String,
    /// Code of the other side.
    pub to: String,
    /// Code of its kind in the matrix.
    pub kind: String,
    /// In one sentence.
    pub question: Text,
    /// Markdown.
    pub background: Text,
    /// What the raising side says.
    pub position: Text,
    /// The first piece.
    pub evidence: Evidence,
}

/// A piece of evidence: a link, a task or a text.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Evidence {
    /// What it is.
    pub label: Text,
    /// Where it is.
    pub url: Option<String>,
    /// The task it is in.
    pub task: Option<String>,
    /// What it says.
    pub text: Option<Text>,
}

/// The options of an escalation and what they are compared on.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Options {
    /// Of which escalation.
    pub case: String,
    /// Codes of known criteria, in the order of the form.
    pub criteria: Vec<String>,
    /// Criteria in words of their own; they come after the known ones.
    #[serde(default)]
    pub own: Vec<Text>,
    /// From A.
    pub options: Vec<Choice>,
}

/// One option.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Choice {
    /// Its name.
    pub title: Text,
    /// One or two sentences.
    pub summary: Text,
    /// One for each criterion.
    pub answers: Vec<Reply>,
}

/// What an option answers to a criterion.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Reply {
    /// The words in English.
    pub en: String,
    /// The words in Chinese.
    pub zh: String,
    /// `ok`, `warn`, `bad` or nothing.
    #[serde(default)]
    pub tone: String,
}

impl Reply {
    /// The words in one language.
    #[must_use]
    pub fn in_language(&self, language: Language) -> &str {
        match language {
            Language::English => &self.en,
            Language::Chinese => &self.zh,
        }
    }
}

/// A decision of the committee.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Decide {
    /// Of which escalation.
    pub case: String,
    /// `go`, `price` and so on, as gates ask for it.
    pub kind: String,
    /// Letter of the option.
    pub option: String,
    /// What was decided.
    pub title: Text,
    /// Why.
    pub why: Text,
    /// Who sees to it.
    pub owner: String,
    /// The day on which it comes back.
    pub review: Option<i32>,
    /// What it changes.
    #[serde(default)]
    pub effects: Vec<Effect>,
}

/// What a decision changes.
#[derive(Clone, Debug, Deserialize)]
#[serde(tag = "does", rename_all = "snake_case", deny_unknown_fields)]
pub enum Effect {
    /// Adds a task.
    Task {
        /// How the story calls it.
        task: String,
        /// Its title.
        title: Text,
        /// Code of its department.
        part: String,
        /// Who does it.
        assignee: String,
        /// The day.
        due: i32,
    },
    /// Moves a task.
    MoveTask {
        /// Which.
        task: String,
        /// The day.
        due: i32,
    },
    /// Moves a milestone.
    MoveMilestone {
        /// Code of the stage whose gate it is.
        stage: String,
        /// The day.
        due: i32,
    },
}
