//! The form of a decision: what it is pre-filled with, how it is read, and every consequence in words.

mod read;

use super::{
    model::{Kind, MOST_EFFECTS},
    store::{Choices, OpenMilestone, OpenTask},
};
use crate::{
    decisions::{escalations::Dossier, hearing::model::task_number, raising::model::sides, rules::Verdict},
    platform::{
        ids::DecisionId,
        locale::{T, sort_people},
    },
    projects::Part,
    web::{Fields, Shell, ui},
    work::milestones::MilestoneKind,
};
use jiff::civil::Date;

/// The form as it is shown.
#[derive(Debug)]
pub struct Form {
    /// Made when it was first shown.
    pub id: String,
    /// The options to choose from; empty without an escalation.
    pub options: Vec<ui::Choice>,
    /// The one chosen.
    pub option: String,
    /// The votes allow something to be recorded.
    pub may_record: bool,
    /// What is decided.
    pub title: String,
    /// Why.
    pub rationale: String,
    /// The kinds to choose from.
    pub kinds: Vec<ui::Choice>,
    /// The one chosen.
    pub kind: String,
    /// Everybody with a seat.
    pub people: Vec<ui::Choice>,
    /// Who sees to it.
    pub owner: String,
    /// When to look at it again.
    pub review_on: String,
    /// What it changes.
    pub rows: Vec<EffectRow>,
    /// Departments for new tasks.
    pub parts: Vec<ui::Choice>,
    /// Who can have them.
    pub takers: Vec<ui::Choice>,
    /// Open tasks.
    pub tasks: Vec<ui::Choice>,
    /// Open milestones.
    pub milestones: Vec<ui::Choice>,
    /// Every consequence, a line each.
    pub consequences: Vec<String>,
}

/// Nothing is chosen before the chair chooses: a go must not be recorded by passing over the menu.
fn kinds(t: T) -> Vec<ui::Choice> {
    let known = Kind::all().into_iter().map(|kind| ui::Choice::new(kind.as_str(), kind.label(t)));
    [ui::Choice::new("", t.decisions_kind_of_missing())].into_iter().chain(known).collect()
}

/// One row of effects.
#[derive(Clone, Debug)]
pub struct EffectRow {
    /// Its place, from 1.
    pub index: usize,
    /// `create_task`, `move_task`, `move_milestone`, `unblock_task`.
    pub kind: String,
    /// Of a new task.
    pub title: String,
    /// Of a new task.
    pub part: String,
    /// Of a new task.
    pub assignee: String,
    /// Of a moved or unblocked task: `GEO-42`.
    pub task: String,
    /// Of a moved milestone.
    pub milestone: String,
    /// The day.
    pub due: String,
    /// The tick of an unblocked task.
    pub is_on: bool,
    /// What the tick says.
    pub label: String,
}

impl EffectRow {
    /// The name of one of its fields, also its id.
    #[must_use]
    pub fn name(&self, field: &str) -> String {
        format!("{field}{}", self.index)
    }

    fn is_blank(&self) -> bool {
        match self.kind.as_str() {
            "create_task" => self.title.is_empty() && self.assignee.is_empty() && self.due.is_empty(),
            "move_task" => self.task.is_empty() && self.due.is_empty(),
            "unblock_task" => !self.is_on,
            _ => self.milestone.is_empty() && self.due.is_empty(),
        }
    }
}

/// What the form is about.
#[derive(Debug)]
pub struct About<'a> {
    /// The reader.
    pub shell: &'a Shell,
    /// The project's key.
    pub key: &'a str,
    /// Everybody who takes part.
    pub parts: &'a [Part],
    /// How many voting seats must have voted.
    pub quorum: i16,
    /// What there is to choose from.
    pub choices: &'a Choices,
    /// The escalation that it closes.
    pub dossier: Option<&'a Dossier>,
    /// The decision that it supersedes.
    pub supersedes: Option<&'a super::store::Decision>,
}

impl About<'_> {
    fn t(&self) -> T {
        self.shell.t
    }

    /// What the votes allow; without an escalation whatever the chair decides.
    #[must_use]
    pub fn verdict(&self) -> Verdict {
        self.dossier.map_or(Verdict::Free, |dossier| dossier.verdict(self.quorum, self.shell.today()))
    }

    /// What the form starts with.
    fn first_option(&self, dossier: &Dossier) -> String {
        match self.verdict() {
            Verdict::Only(option) => option.map_or_else(|| "none".to_owned(), |id| id.to_string()),
            Verdict::Free | Verdict::Missing(_) | Verdict::Open(_) => {
                dossier.leading().map(|id| id.to_string()).unwrap_or_default()
            }
        }
    }

    /// The first form: filled with what is known.
    #[must_use]
    pub fn prefilled(&self) -> Fields {
        let mut pairs: Vec<(&str, String)> = vec![("id", DecisionId::new().to_string())];
        let about = self.about();
        if let Some(dossier) = self.dossier {
            pairs.push(("option", self.first_option(dossier)));
            pairs.push(("rationale", reasons(dossier)));
            let kind = Kind::of_category(&dossier.category).map_or("", Kind::as_str);
            pairs.push(("kind", kind.to_owned()));
            // What it is about goes on, and may need another day; both can be left out.
            if let Some(task) = about.filter(|task| task.is_blocked) {
                pairs.extend([("effect", "unblock_task".to_owned()), ("task1", self.label(task))]);
                pairs.push(("on1", "1".to_owned()));
            }
            if let Some(task) = about {
                let name = if task.is_blocked { "task2" } else { "task1" };
                pairs.extend([("effect", "move_task".to_owned()), (name, self.label(task))]);
            }
        }
        if let Some(old) = self.supersedes {
            pairs.push(("title", old.title.clone()));
            pairs.push(("kind", old.kind.clone()));
            pairs.push(("owner", old.owner_id.to_string()));
        } else if let Some(lead) = self.parts.iter().find_map(|part| match part.kind {
            crate::projects::PartKind::Lead => part.liaison_id,
            crate::projects::PartKind::Committee | crate::projects::PartKind::Department => None,
        }) {
            pairs.push(("owner", lead.to_string()));
        }
        let review = self.shell.today().checked_add(jiff::Span::new().months(3)).ok();
        pairs.push(("review_on", review.map(|day| day.to_string()).unwrap_or_default()));
        pairs.push(("effect", "create_task".to_owned()));
        let pairs: Vec<(&str, &str)> = pairs.iter().map(|(name, value)| (*name, value.as_str())).collect();
        Fields::of(&pairs)
    }

    /// The task that the escalation is about, while it is open.
    fn about(&self) -> Option<&OpenTask> {
        let number = self.dossier?.task.as_ref()?.number;
        self.choices.tasks.iter().find(|task| task.number == number)
    }

    /// The form as it was typed, with one more row where a button asked for it.
    #[must_use]
    pub fn form(&self, fields: &Fields) -> Form {
        let t = self.t();
        let mut rows = rows(fields);
        if let Some(kind) = fields.get("act").strip_prefix("more_").and_then(known_effect)
            && rows.len() < MOST_EFFECTS
        {
            let index = rows.len() + 1;
            rows.push(row(&Fields::default(), index, kind));
        }
        for row in rows.iter_mut().filter(|row| row.kind == "unblock_task") {
            let known = self.choices.tasks.iter().find(|task| self.label(task) == row.task);
            row.label = t.decisions_unblock(known.map_or_else(|| row.task.clone(), |task| self.task_line(task)));
        }
        Form {
            id: fields.get("id").to_owned(),
            options: self.options(),
            option: fields.get("option").to_owned(),
            may_record: self.verdict().allows_something(),
            title: fields.get("title").to_owned(),
            rationale: fields.text("rationale"),
            kinds: kinds(t),
            kind: fields.get("kind").to_owned(),
            people: self.people(t.decisions_owner_choose(), |_| true),
            owner: fields.get("owner").to_owned(),
            review_on: fields.get("review_on").to_owned(),
            parts: self.departments(),
            takers: self.people(t.decisions_nobody_yet(), |person| person.is_taker),
            tasks: self
                .choices
                .tasks
                .iter()
                .map(|task| ui::Choice::new(self.label(task), self.task_line(task)))
                .collect(),
            milestones: self.milestones(),
            consequences: self.consequences(fields, &rows),
            rows,
        }
    }

    fn options(&self) -> Vec<ui::Choice> {
        let t = self.t();
        let Some(dossier) = self.dossier else { return Vec::new() };
        let verdict = self.verdict();
        // While nothing can be recorded, all are shown with their votes.
        let is_offered = |option| !verdict.allows_something() || verdict.allows(option);
        let mut options: Vec<ui::Choice> = dossier
            .options
            .iter()
            .filter(|option| is_offered(Some(option.id)))
            .map(|option| {
                let votes = dossier.counted().filter(|ballot| ballot.option_id == Some(option.id)).count();
                let hint = t.decisions_votes_for(votes);
                ui::Choice::with_hint(option.id, format!("{}: {}", option.letter, option.title), hint)
            })
            .collect();
        if is_offered(None) {
            options.push(ui::Choice::with_hint(
                "none",
                t.decisions_something_else(),
                t.decisions_something_else_hint(),
            ));
        }
        options
    }

    fn people(&self, none: String, fits: impl Fn(&super::store::Person) -> bool) -> Vec<ui::Choice> {
        let fitting = self.choices.people.iter().filter(|person| fits(person));
        let mut people: Vec<ui::Choice> = fitting.map(|person| ui::Choice::new(person.id, &person.name)).collect();
        sort_people(self.t(), &mut people, |person| &person.label);
        people.insert(0, ui::Choice::new("", none));
        people
    }

    fn milestones(&self) -> Vec<ui::Choice> {
        let t = self.t();
        let mut milestones = vec![ui::Choice::new("", t.decisions_milestone_choose())];
        milestones.extend(self.choices.milestones.iter().map(|one| ui::Choice::new(one.id, self.milestone_line(one))));
        milestones
    }

    fn departments(&self) -> Vec<ui::Choice> {
        let t = self.t();
        let mut parts = vec![ui::Choice::new("", t.decisions_side_choose())];
        parts.extend(sides(self.parts).map(|part| ui::Choice::new(part.id, part.name(t))));
        parts
    }

    fn label(&self, task: &OpenTask) -> String {
        format!("{}-{}", self.key, task.number)
    }

    fn task_line(&self, task: &OpenTask) -> String {
        format!("{} {}", self.label(task), self.t().title(&task.title, task.title_zh.as_deref()))
    }

    fn milestone_line(&self, milestone: &OpenMilestone) -> String {
        let t = self.t();
        let title = t.title(&milestone.title, milestone.title_zh.as_deref());
        t.decisions_named_on(title, self.shell.day(milestone.due_on))
    }

    /// Everything that recording it does, in the words of the reader.
    fn consequences(&self, fields: &Fields, rows: &[EffectRow]) -> Vec<String> {
        let t = self.t();
        let mut lines = Vec::new();
        if let Some(dossier) = self.dossier {
            let chosen = dossier.options.iter().find(|option| option.id.to_string() == fields.get("option"));
            lines.push(match chosen {
                Some(option) => t.decisions_then_closes_with(dossier.label(), &option.letter),
                None => t.decisions_then_closes(dossier.label()),
            });
            lines.push(t.decisions_then_frozen(dossier.votes()));
        }
        if let Some(old) = self.supersedes {
            lines.push(t.decisions_then_supersedes(old.number));
        }
        lines.extend(rows.iter().filter(|row| !self.is_left(row)).map(|row| self.consequence(row)));
        lines
    }

    /// A row that nobody filled in; also the suggestion to move the task that the escalation is about, while it has no
    /// day, so that the record can be confirmed as it stands.
    fn is_left(&self, row: &EffectRow) -> bool {
        let about = self.dossier.and_then(|dossier| dossier.task.as_ref());
        let suggested = about.map(|task| format!("{}-{}", self.key, task.number));
        row.is_blank() || (row.kind == "move_task" && row.due.is_empty() && suggested.as_ref() == Some(&row.task))
    }

    fn consequence(&self, row: &EffectRow) -> String {
        let t = self.t();
        let day = |text: &str| text.parse::<Date>().map_or_else(|_| "–".to_owned(), |day| self.shell.day(day));
        match row.kind.as_str() {
            "create_task" => {
                let part = self.parts.iter().find(|part| part.id.to_string() == row.part);
                let who = self.choices.people.iter().find(|person| person.id.to_string() == row.assignee);
                let who = who.map_or_else(|| t.decisions_nobody_yet(), |person| person.name.clone());
                t.decisions_then_creates(who, day(&row.due), part.map_or("–", |part| part.name(t)), &row.title)
            }
            "move_task" => {
                let task = task_number(self.key, &row.task)
                    .and_then(|number| self.choices.tasks.iter().find(|task| task.number == number));
                let before =
                    task.and_then(|task| task.due_on).map_or_else(|| "–".to_owned(), |due| self.shell.day(due));
                let name = task.map_or_else(|| row.task.clone(), |task| self.task_line(task));
                t.decisions_then_moves(day(&row.due), before, name)
            }
            "unblock_task" => match self.about().filter(|task| self.label(task) == row.task) {
                Some(task) => t.decisions_then_unblocks(self.task_line(task), task.unblocked().label(t)),
                None => t.decisions_unblock(&row.task),
            },
            _ => {
                let known = self.choices.milestones.iter().find(|known| known.id.to_string() == row.milestone);
                let before = known.map_or_else(|| "–".to_owned(), |known| self.shell.day(known.due_on));
                let name = known.map_or("–", |known| t.title(&known.title, known.title_zh.as_deref()));
                match known.map_or(MilestoneKind::Own, |known| known.kind) {
                    MilestoneKind::Own => t.decisions_then_moves_milestone(day(&row.due), before, name),
                    MilestoneKind::Gate => t.decisions_then_moves_gate(day(&row.due), before, name),
                    MilestoneKind::Launch => t.decisions_then_moves_launch(day(&row.due), before, name),
                }
            }
        }
    }
}

/// Why: the lead's words, then the reasons of those who voted for the leading option.
fn reasons(dossier: &Dossier) -> String {
    let note = dossier.steps.iter().rev().find(|taken| !taken.note.is_empty()).map(|taken| taken.note.clone());
    let leading = dossier.leading();
    let reasons = dossier
        .counted()
        .filter(|ballot| ballot.option_id == leading && !ballot.reason.is_empty())
        .map(|ballot| format!("- {}: {}", ballot.name, ballot.reason.replace('\n', " ")));
    let reasons: Vec<String> = reasons.collect();
    let mut paragraphs: Vec<String> = note.into_iter().collect();
    if !reasons.is_empty() {
        paragraphs.push(reasons.join("\n"));
    }
    paragraphs.join("\n\n")
}

fn known_effect(text: &str) -> Option<&'static str> {
    ["create_task", "move_task", "move_milestone", "unblock_task"].into_iter().find(|kind| *kind == text)
}

/// The rows that were sent: one `effect` field each, in their order.
fn rows(fields: &Fields) -> Vec<EffectRow> {
    fields
        .all("effect")
        .filter_map(known_effect)
        .take(MOST_EFFECTS)
        .enumerate()
        .map(|(at, kind)| row(fields, at + 1, kind))
        .collect()
}

fn row(fields: &Fields, index: usize, kind: &str) -> EffectRow {
    let get = |field: &str| fields.get(&format!("{field}{index}")).to_owned();
    EffectRow {
        index,
        kind: kind.to_owned(),
        title: get("title"),
        part: get("part"),
        assignee: get("assignee"),
        task: get("task"),
        milestone: get("milestone"),
        due: get("due"),
        is_on: get("on") == "1",
        label: String::new(),
    }
}
