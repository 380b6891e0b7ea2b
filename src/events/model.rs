//! One line of what happened.

use super::Kind;
use crate::platform::ids::{EventId, PersonId, ProjectId};
use jiff::Timestamp;
use serde_json::{Map, Value};
use uuid::Uuid;

/// What sort of thing an event is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum SubjectKind {
    /// The organisation itself.
    Organisation,
    /// A day of the calendar.
    CalendarDay,
    /// A department.
    Department,
    /// A person.
    Person,
    /// A signed-in browser.
    Session,
    /// A page that was refused.
    Page,
    /// A project.
    Project,
    /// A stage.
    Stage,
    /// A gate rule.
    GateRule,
    /// A seat.
    Seat,
    /// A department's part in a project.
    Part,
    /// An item of the division of labour.
    Duty,
    /// A task.
    Task,
    /// A milestone.
    Milestone,
    /// An escalation, its positions, evidence, options and ballots.
    Escalation,
    /// A decision.
    Decision,
    /// A direct request from one department to another.
    Request,
    /// What was agreed to be in scope.
    Baseline,
    /// A requirement change after it.
    Change,
    /// A robot of a group chat.
    Robot,
    /// The strategy of a project.
    Strategy,
    /// An objective.
    Objective,
    /// A key result.
    KeyResult,
    /// A running indicator.
    Kpi,
    /// The commercial plan of a project.
    Money,
    /// The playbook of a project.
    Playbook,
    /// The goals as the lead put them before the committee.
    GoalProposal,
    /// A pool that departments share.
    BonusPool,
}

impl SubjectKind {
    /// The text in the database.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Organisation => "organisation",
            Self::CalendarDay => "calendar_day",
            Self::Department => "department",
            Self::Person => "person",
            Self::Session => "session",
            Self::Page => "page",
            Self::Project => "project",
            Self::Stage => "stage",
            Self::GateRule => "gate_rule",
            Self::Seat => "seat",
            Self::Part => "part",
            Self::Duty => "duty",
            Self::Task => "task",
            Self::Milestone => "milestone",
            Self::Escalation => "escalation",
            Self::Decision => "decision",
            Self::Request => "request",
            Self::Baseline => "baseline",
            Self::Change => "change",
            Self::Robot => "robot",
            Self::Strategy => "strategy",
            Self::Objective => "objective",
            Self::KeyResult => "key_result",
            Self::Kpi => "kpi",
            Self::Money => "money",
            Self::Playbook => "playbook",
            Self::GoalProposal => "goal_proposal",
            Self::BonusPool => "bonus_pool",
        }
    }
}

/// What an event is about, as people call it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Subject {
    /// Its sort.
    pub kind: SubjectKind,
    /// Its id.
    pub id: Uuid,
    /// Its short name: `GEO-42`, `E-3`, an e-mail address; may be empty.
    pub label: String,
    /// Its name.
    pub title: String,
    /// The Chinese side of the name, while it is a blueprint's own.
    pub title_zh: Option<String>,
}

impl Subject {
    /// A thing with a name in one language.
    pub fn new(kind: SubjectKind, id: Uuid, label: impl Into<String>, title: impl Into<String>) -> Self {
        Self { kind, id, label: label.into(), title: title.into(), title_zh: None }
    }

    /// With the Chinese side of its name.
    #[must_use]
    pub fn zh(mut self, title: Option<String>) -> Self {
        self.title_zh = title;
        self
    }
}

/// A name in both languages as a field of an event keeps it; a reader sees their side.
#[must_use]
pub fn both(en: &str, zh: &str) -> Value {
    if zh.is_empty() || en == zh { en.into() } else { serde_json::json!({ "en": en, "zh": zh }) }
}

/// An event about to be recorded.
#[derive(Clone, Debug, PartialEq)]
pub struct Event {
    /// What happened.
    pub kind: Kind,
    /// To what.
    pub subject: Subject,
    /// In which project, if in one.
    pub project_id: Option<ProjectId>,
    /// Fields before.
    pub before: Map<String, Value>,
    /// Fields after.
    pub after: Map<String, Value>,
    /// The program did it by itself, in a change that somebody made.
    pub is_by_program: bool,
}

impl Event {
    /// Something happened to the subject.
    #[must_use]
    pub fn new(kind: Kind, subject: Subject) -> Self {
        Self { kind, subject, project_id: None, before: Map::new(), after: Map::new(), is_by_program: false }
    }

    /// In a project.
    #[must_use]
    pub fn of(mut self, project: ProjectId) -> Self {
        self.project_id = Some(project);
        self
    }

    /// What the program put together after what somebody did: it stands under the program's name.
    #[must_use]
    pub fn by_program(self, is_by_program: bool) -> Self {
        Self { is_by_program, ..self }
    }

    /// A field as it was.
    #[must_use]
    pub fn before(mut self, field: &str, value: impl Into<Value>) -> Self {
        self.before.insert(field.to_owned(), value.into());
        self
    }

    /// A field as it is now.
    #[must_use]
    pub fn after(mut self, field: &str, value: impl Into<Value>) -> Self {
        self.after.insert(field.to_owned(), value.into());
        self
    }

    /// A field as it was and as it is now; left out when it did not change.
    #[must_use]
    pub fn field(self, field: &str, before: impl Into<Value>, after: impl Into<Value>) -> Self {
        let (before, after) = (before.into(), after.into());
        if before == after { self } else { self.before(field, before).after(field, after) }
    }

    /// Whether any field differs; an edit that changed nothing is not worth a line.
    #[must_use]
    pub fn says_something(&self) -> bool {
        !self.before.is_empty() || !self.after.is_empty()
    }
}

/// An event as it stands in the table.
#[derive(Clone, Debug)]
pub struct Recorded {
    /// Its id; sorts by time.
    pub id: EventId,
    /// When.
    pub at: Timestamp,
    /// In which project.
    pub project_id: Option<ProjectId>,
    /// By whom; none when the program itself acted or a stranger did.
    pub actor_id: Option<PersonId>,
    /// The actor's name at that time.
    pub actor_name: String,
    /// What happened; kept as text so that a newer release's kinds do not break an older one.
    pub kind: String,
    /// The sort of subject.
    pub subject_kind: String,
    /// Its id.
    pub subject_id: Uuid,
    /// `GEO-42`.
    pub subject_label: String,
    /// Its name.
    pub subject_title: String,
    /// The Chinese side.
    pub subject_title_zh: Option<String>,
    /// Fields before.
    pub before: Value,
    /// Fields after.
    pub after: Value,
    /// The request that did it.
    pub request_id: String,
}
