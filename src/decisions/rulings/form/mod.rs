//! The form of a decision: what it is pre-filled with, how it is read, and every consequence in words.

mod consequences;
mod goals;
mod lists;
mod read;
mod read_effects;
mod rows;

use super::{
    model::{Kind, MOST_EFFECTS},
    outlook::Outlook,
    store::{Choices, OpenTask},
};
use crate::{
    decisions::{escalations::Dossier, rules::Verdict},
    platform::{
        ids::DecisionId,
        locale::{T, sort_people},
    },
    projects::{Part, scope::Days},
    web::{Fields, Shell, ui},
    work::reschedule::view::Preview,
};
pub use consequences::Consequence;
use jiff::civil::Date;
pub use read_effects::Seen;
pub use rows::EffectRow;
pub(super) use rows::{dated_apart, has_unknown_rows, launch_asked, without_row};
use rows::{known_effect, row, rows};

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
    /// The votes that were cast on older options, in a sentence; empty when there are none.
    pub out_of_date: String,
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
    /// Open tasks.
    pub tasks: Vec<ui::Choice>,
    /// Open milestones.
    pub milestones: Vec<ui::Choice>,
    /// Stages whose gate has not been passed.
    pub gates: Vec<ui::Choice>,
    /// Those gates and their rules.
    pub rules: Vec<ui::Choice>,
    /// Stages that have been passed.
    pub passed: Vec<ui::Choice>,
    /// The division of labour.
    pub duties: Vec<ui::Choice>,
    /// Key results.
    pub key_results: Vec<ui::Choice>,
    /// Who can hold letters.
    pub holders: Vec<ui::Choice>,
    /// What else can be added.
    pub more: Vec<ui::Choice>,
    /// Every consequence.
    pub consequences: Vec<Consequence>,
    /// What the confirmation carries of the moves that are shown: name and value.
    pub seen: Option<(String, String)>,
    /// Everything that another day of launch moves.
    pub moving: Option<Preview>,
}

/// Most tasks that are offered to be unblocked besides the one that the escalation is about.
const MOST_OFFERED: usize = 6;

/// Nothing is chosen before the chair chooses: a go must not be recorded by passing over the menu.
fn kinds(t: T) -> Vec<ui::Choice> {
    let known = Kind::all().into_iter().map(|kind| ui::Choice::new(kind.as_str(), kind.label(t)));
    [ui::Choice::new("", t.decisions_kind_of_missing())].into_iter().chain(known).collect()
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
    /// The calendar, and what another day of launch would move.
    pub outlook: &'a Outlook,
    /// When the project is launched.
    pub launches_on: Option<Date>,
    /// The escalation that it closes.
    pub dossier: Option<&'a Dossier>,
    /// The decision that it supersedes.
    pub supersedes: Option<&'a super::store::Decision>,
    /// The reader may not see how members voted: the form only keeps what was typed.
    pub hides_votes: bool,
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

    /// Who voted on older options and has not confirmed it.
    fn out_of_date(&self) -> String {
        let (t, ballots) = (self.t(), self.dossier.into_iter().flat_map(Dossier::out_of_date));
        let mut names: Vec<String> = ballots.map(|ballot| ballot.name.clone()).collect();
        sort_people(t, &mut names, |name| name);
        if names.is_empty() { String::new() } else { t.decisions_out_of_date(names.len(), t.list(&names)) }
    }

    /// A new target that the program offers because the escalation names the key result; it may be left out.
    fn is_offered_target(&self, row: &EffectRow) -> bool {
        self.named_key_result().is_some_and(|of| of.id.to_string() == row.key_result)
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
    pub fn prefilled(&self, asks_sign_off: bool) -> Fields {
        let mut pairs: Vec<(&str, String)> = vec![("id", DecisionId::new().to_string())];
        let about = self.about();
        if let Some(dossier) = self.dossier {
            pairs.push(("option", self.first_option(dossier)));
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
        // Others that wait for the committee are offered, and ticked by who records it.
        let about = about.map(|task| task.number);
        let others = self.choices.tasks.iter().filter(|task| Some(task.number) != about && self.may_unblock(task));
        let first = pairs.iter().filter(|(name, _)| *name == "effect").count() + 1;
        let others: Vec<(String, String)> = others
            .take(MOST_OFFERED)
            .enumerate()
            .map(|(at, task)| (format!("task{}", first + at), self.label(task)))
            .collect();
        for (name, label) in &others {
            pairs.extend([("effect", "unblock_task".to_owned()), (name.as_str(), label.clone())]);
        }
        if self.dossier.is_some_and(|dossier| dossier.category == "scope_change") && self.choices.budget.is_some() {
            pairs.push(("effect", "set_budget".to_owned()));
        }
        // What the changes that wait need, unless the vote leaves them out.
        let needed = self.budget_needed().map(|days| {
            let index = pairs.iter().filter(|(name, _)| *name == "effect").count();
            (format!("days{index}"), days.field())
        });
        if let Some((name, days)) = &needed {
            pairs.push((name.as_str(), days.clone()));
        }
        let at = pairs.iter().filter(|(name, _)| *name == "effect").count() + 1;
        let (tick, result) = (format!("on{at}"), format!("key_result{at}"));
        let proposed: Vec<(String, String)>;
        if self.dossier.is_none() && self.is_sign_off_asked() {
            pairs.push(("effect", "sign_off_goals".to_owned()));
            if asks_sign_off {
                pairs.extend([(tick.as_str(), "1".to_owned()), ("title", self.t().decisions_sign_off_title())]);
                pairs.push(("kind", Kind::Other.as_str().to_owned()));
            }
        } else if let Some(row) = self.proposed_row() {
            proposed = row.iter().map(|(name, value)| (format!("{name}{at}"), value.clone())).collect();
            pairs.push(("effect", self.proposes_kind().to_owned()));
            pairs.extend(proposed.iter().map(|(name, value)| (name.as_str(), value.clone())));
        } else if self.dossier.is_some_and(|dossier| dossier.category == "goal_change" && dossier.proposes.is_none())
            && let Some(of) = self.named_key_result()
        {
            pairs.extend([("effect", "set_target".to_owned()), (result.as_str(), of.id.to_string())]);
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

    /// The budget that takes in everything that waits for the escalation; none when nothing waits, when the budget holds it
    /// already, or when the votes are for another option than the first.
    fn budget_needed(&self) -> Option<Days> {
        let (dossier, budget) = (self.dossier?, self.choices.budget?);
        let option = self.first_option(dossier);
        let is_first = dossier.options.first().is_none_or(|first| option.is_empty() || first.id.to_string() == option);
        let sizes: Vec<Days> = dossier.waiting().iter().map(|change| change.size()).collect();
        let needed = budget.needed(&sizes);
        (is_first && !sizes.is_empty() && needed > budget.of).then_some(needed)
    }

    /// The row of the budget was left empty although the option that takes the waiting changes in is chosen.
    fn misses_budget(&self, fields: &Fields, row: &EffectRow) -> bool {
        let Some(dossier) = self.dossier else { return false };
        let is_first = dossier.options.first().is_some_and(|first| first.id.to_string() == fields.get("option"));
        row.kind == "set_budget" && row.is_blank() && is_first && !dossier.waiting().is_empty()
    }

    /// The task that the escalation is about, while it is open.
    fn about(&self) -> Option<&OpenTask> {
        let number = self.dossier?.task.as_ref()?.number;
        self.choices.tasks.iter().find(|task| task.number == number)
    }

    /// Whether the decision can unblock a task: the one that its escalation is about, one that waits for the committee, one
    /// whose reason names the escalation.
    fn may_unblock(&self, task: &OpenTask) -> bool {
        let is_about = self.about().is_some_and(|about| about.number == task.number);
        let waits = task.waits_for.is_some_and(|id| {
            self.parts.iter().any(|part| part.id == id && part.kind == crate::projects::PartKind::Committee)
        });
        let is_named = self.dossier.is_some_and(|dossier| {
            let label = dossier.label();
            task.blocked_reason.split(|c: char| !c.is_ascii_alphanumeric() && c != '-').any(|word| word == label)
        });
        task.is_blocked && (is_about || waits || is_named)
    }

    /// The form as it was typed, with one more row where a button asked for it.
    #[must_use]
    pub fn form(&self, fields: &Fields) -> Form {
        let t = self.t();
        let mut rows = rows(fields);
        let asked = fields
            .get("act")
            .strip_prefix("more_")
            .or_else(|| (fields.get("act") == "more").then(|| fields.get("more")));
        if let Some(kind) = asked.and_then(known_effect)
            && rows.len() < MOST_EFFECTS
        {
            let index = rows.len() + 1;
            rows.push(row(&Fields::default(), index, kind));
        }
        for row in &mut rows {
            row.legend = row.legend(t);
            row.takers = self.takers(row);
            if row.kind == "sign_off_goals" {
                row.label = self.sign_off_label();
                // What was proposed anew is looked at anew.
                row.is_on &= row.seen.is_empty() || row.seen == self.proposed();
                row.seen = self.proposed();
            }
            if row.kind == "unblock_task" {
                let known = self.choices.tasks.iter().find(|task| self.label(task) == row.task);
                row.label = t.decisions_unblock(known.map_or_else(|| row.task.clone(), |task| self.task_line(task)));
            }
        }
        Form {
            id: fields.get("id").to_owned(),
            options: self.options(),
            option: fields.get("option").to_owned(),
            may_record: self.hides_votes || self.verdict().allows_something(),
            out_of_date: self.out_of_date(),
            title: fields.get("title").to_owned(),
            rationale: fields.text("rationale"),
            kinds: kinds(t),
            kind: fields.get("kind").to_owned(),
            people: self.people(t.decisions_owner_choose(), |person| !person.is_guest),
            owner: fields.get("owner").to_owned(),
            review_on: fields.get("review_on").to_owned(),
            parts: self.departments(),
            tasks: self
                .choices
                .tasks
                .iter()
                .map(|task| ui::Choice::new(self.label(task), self.task_line(task)))
                .collect(),
            milestones: self.milestones(),
            gates: self.gates(),
            rules: self.gate_rules(),
            passed: self.passed_stages(),
            duties: self.duties(),
            key_results: self.key_results(),
            holders: self.holders(),
            more: self.more(),
            consequences: self.consequences(fields, &rows),
            seen: self.seen(&rows),
            moving: self.moving(),
            rows,
        }
    }

    fn label(&self, task: &OpenTask) -> String {
        format!("{}-{}", self.key, task.number)
    }

    fn task_line(&self, task: &OpenTask) -> String {
        format!("{} {}", self.label(task), self.t().title(&task.title, task.title_zh.as_deref()))
    }

    /// A row that the program offers by itself and that nobody touched. Any other that was left empty was asked for: what it
    /// lacks is said at its fields.
    fn may_be_left(&self, row: &EffectRow, all: &[EffectRow]) -> bool {
        let is_first = || all.iter().find(|one| one.kind == row.kind).is_some_and(|first| first.index == row.index);
        match row.kind.as_str() {
            "unblock_task" | "sign_off_goals" => row.is_blank(),
            "drop_key_result" | "set_envelope" => row.is_blank() && row.kind == self.proposes_kind(),
            "set_target" => row.target.is_empty() && row.due.is_empty() && self.is_offered_target(row),
            "move_task" => self.is_left(row) && !row.is_blank(),
            "create_task" => row.is_blank() && is_first(),
            "set_budget" => {
                let is_offered = self.dossier.is_some_and(|dossier| dossier.category == "scope_change");
                row.is_blank() && is_offered && is_first()
            }
            _ => false,
        }
    }

    /// A row that nobody filled in; also the suggestion to move the task that the escalation is about, while it has no
    /// day, so that the record can be confirmed as it stands.
    fn is_left(&self, row: &EffectRow) -> bool {
        let about = self.dossier.and_then(|dossier| dossier.task.as_ref());
        let suggested = about.map(|task| format!("{}-{}", self.key, task.number));
        let is_offered = row.kind == "set_target" && row.target.is_empty() && row.due.is_empty();
        row.is_blank()
            || (is_offered && self.is_offered_target(row))
            || (row.kind == "move_task" && row.due.is_empty() && suggested.as_ref() == Some(&row.task))
    }
}
