//! Everything that recording a decision does, in the words of the reader, with what the chair should look at twice.

use super::{About, EffectRow};
use crate::{
    decisions::{
        escalations::dossier::WaitingChange,
        hearing::model::task_number,
        rulings::store::{Duty, OpenTask, Stage},
    },
    platform::{
        clock::agreed_day,
        ids::{PartId, StageId},
    },
    projects::scope::{Budget, Days},
    web::{Errors, Fields},
    work::{
        milestones::MilestoneKind,
        reschedule::view::{Preview, refusal_text},
    },
};
use jiff::civil::Date;

/// One consequence.
#[derive(Debug, Default)]
pub struct Consequence {
    /// What happens, from what to what.
    pub text: String,
    /// What stays as it is.
    pub note: String,
    /// What to look at twice; nothing is refused for it.
    pub warnings: Vec<String>,
    /// How much moves along; it is listed beside the form.
    pub carried: Option<String>,
}

impl Consequence {
    pub(super) fn of(text: String) -> Self {
        Self { text, ..Self::default() }
    }

    pub(super) fn note(mut self, note: String) -> Self {
        self.note = note;
        self
    }

    pub(super) fn warn(mut self, warnings: Vec<String>) -> Self {
        self.warnings.extend(warnings);
        self
    }
}

pub(super) const NOTHING: &str = "–";

impl About<'_> {
    /// Everything that recording it does.
    pub(super) fn consequences(&self, fields: &Fields, rows: &[EffectRow]) -> Vec<Consequence> {
        let t = self.t();
        let mut lines = Vec::new();
        if let Some(dossier) = self.dossier {
            let chosen = dossier.options.iter().find(|option| option.id.to_string() == fields.get("option"));
            lines.push(match chosen {
                Some(option) => t.decisions_then_closes_with(dossier.label(), &option.letter),
                None => t.decisions_then_closes(dossier.label()),
            });
            if !self.hides_votes {
                lines.push(t.decisions_then_frozen(dossier.votes()));
            }
        }
        if let Some(old) = self.supersedes {
            lines.push(t.decisions_then_supersedes(old.number));
        }
        let own = lines.into_iter().map(Consequence::of);
        let option = fields.get("option");
        let rest = rows.iter().filter(|row| !self.is_left(row)).map(|row| {
            let effect = self.read_effect(row, &mut Errors::none()).filter(|_| !option.is_empty());
            let is_of_other = effect.is_some_and(|effect| self.contradicts(&effect, option));
            let warning = is_of_other.then(|| t.decisions_proposed_by_other());
            self.consequence(row).warn(warning.into_iter().collect())
        });
        own.chain(rest).chain(self.outcomes(rows)).collect()
    }

    /// What becomes of each change that waits for the escalation, under the budget that the form gives.
    fn outcomes(&self, rows: &[EffectRow]) -> Vec<Consequence> {
        let t = self.t();
        let (Some(dossier), Some(stands)) = (self.dossier, self.choices.budget) else { return Vec::new() };
        let row = rows.iter().find(|row| row.kind == "set_budget");
        let to = row.and_then(|row| Days::parse(&row.days)).filter(|to| *to > stands.of);
        let budget = Budget { of: to.unwrap_or(stands.of), ..stands };
        let waiting = dossier.waiting();
        let sizes: Vec<Days> = waiting.iter().map(|change| change.size()).collect();
        let outcome = |(change, fits): (&&WaitingChange, bool)| {
            let (label, words) = (change.label(), change.words(t));
            if fits {
                Consequence::of(t.decisions_then_comes_in(words))
            } else {
                let (of, needed) = (budget.of.words(t), stands.needed(&sizes).words(t));
                let warning = t.decisions_warn_falls_out(of, label.as_str(), needed);
                Consequence::of(t.decisions_then_falls_out(words)).warn(vec![warning])
            }
        };
        waiting.iter().zip(budget.take_in(&sizes)).map(outcome).collect()
    }

    /// The name and value by which the confirmation says which moves were shown.
    pub(super) fn seen(&self, rows: &[EffectRow]) -> Option<(String, String)> {
        let row = rows.iter().find(|row| row.kind == "move_launch" && !row.is_blank())?;
        Some((row.name("seen"), self.outlook.moves()?.fingerprint()))
    }

    /// Everything that another day of launch moves.
    pub(super) fn moving(&self) -> Option<Preview> {
        self.outlook.moves().map(|moves| Preview::of(self.shell, self.key, moves, false))
    }

    pub(super) fn task(&self, row: &EffectRow) -> Option<&OpenTask> {
        task_number(self.key, &row.task).and_then(|number| self.choices.tasks.iter().find(|task| task.number == number))
    }

    pub(super) fn stage(&self, id: &str) -> Option<&Stage> {
        self.choices.stages.iter().find(|stage| stage.id.to_string() == id)
    }

    fn day(&self, day: Option<Date>) -> String {
        day.map_or_else(|| NOTHING.to_owned(), |day| self.shell.day(day))
    }

    /// What is odd about a day: it has passed, nobody works on it, it lies outside its stage.
    fn doubts(&self, day: Option<Date>, stage: Option<StageId>) -> Vec<String> {
        let (t, mut doubts) = (self.t(), Vec::new());
        let Some(day) = day else { return doubts };
        if day < self.shell.today() {
            doubts.push(t.decisions_warn_past(self.shell.day(day)));
        }
        if !self.outlook.calendar.is_working_day(day) {
            doubts.push(t.decisions_warn_day_off(self.shell.day(day)));
        }
        if let Some(stage) = self.choices.stages.iter().find(|known| Some(known.id) == stage) {
            if day < stage.starts_on {
                doubts.push(t.decisions_warn_before(self.shell.day(stage.starts_on), stage.title(t)));
            }
            if day > stage.ends_on {
                doubts.push(t.decisions_warn_after(self.shell.day(stage.ends_on), stage.title(t)));
            }
        }
        doubts
    }

    fn consequence(&self, row: &EffectRow) -> Consequence {
        let t = self.t();
        let due = agreed_day(&row.due);
        let task = self.task(row);
        let name = task.map_or_else(|| row.task.clone(), |task| self.task_line(task));
        match row.kind.as_str() {
            "create_task" => {
                let part = self.parts.iter().find(|part| part.id.to_string() == row.part);
                let who = self.choices.people.iter().find(|person| person.id.to_string() == row.assignee);
                let who = who.map_or_else(|| t.decisions_nobody_yet(), |person| person.name.clone());
                // What is not filled in yet is left out.
                let (day, due) = (due, due.map(|due| t.decisions_then_due(self.shell.day(due))));
                let facts: Vec<String> =
                    part.map(|part| part.name(t).to_owned()).into_iter().chain([who]).chain(due).collect();
                Consequence::of(t.decisions_then_creates(t.list(&facts), &row.title)).warn(self.doubts(day, None))
            }
            "move_task" => {
                let before = self.day(task.and_then(|task| task.due_on));
                Consequence::of(t.decisions_then_moves(self.day(due), before, name))
                    .warn(self.doubts(due, task.and_then(|task| task.stage_id)))
            }
            "assign_task" => {
                let before = task.and_then(|task| task.assignee_id).and_then(|id| self.choices.name_of(id));
                let before = before.map_or_else(|| t.decisions_nobody_yet(), str::to_owned);
                let after = row.assignee.parse().ok().and_then(|id| self.choices.name_of(id)).unwrap_or(NOTHING);
                Consequence::of(t.decisions_then_assigns(after, before, name))
            }
            "drop_task" => Consequence::of(t.decisions_then_drops(name)),
            "unblock_task" => Consequence::of(match task {
                Some(task) => t.decisions_then_unblocks(self.task_line(task), task.unblocked().label(t)),
                None => t.decisions_unblock(&row.task),
            }),
            "hold_gate" => {
                let gate = self.stage(&row.stage).map_or_else(|| NOTHING.to_owned(), |stage| self.gate_title(stage));
                Consequence::of(t.decisions_then_holds(gate, self.day(due))).warn(self.doubts(due, None))
            }
            "waive_gate" => self.waiver(row, due),
            "send_back" => self.way_back(row),
            "set_duty" => self.reassignment(row),
            "move_launch" => self.launch(due),
            "sign_off_goals" | "set_target" | "drop_key_result" | "set_envelope" => self.goals_consequence(row),
            "set_budget" => {
                let days = |days: Option<Days>| days.map_or_else(|| NOTHING.to_owned(), |days| days.words(t));
                let (to, from) = (days(Days::parse(&row.days)), days(self.choices.budget.map(|budget| budget.of)));
                Consequence::of(t.decisions_then_budget(from, to)).note(t.decisions_then_budget_note())
            }
            _ => {
                let known = self.choices.milestones.iter().find(|known| known.id.to_string() == row.milestone);
                let before = self.day(known.map(|known| known.due_on));
                let name = known.map_or(NOTHING, |known| t.title(&known.title, known.title_zh.as_deref()));
                let text = match known.map_or(MilestoneKind::Own, |known| known.kind) {
                    MilestoneKind::Own => t.decisions_then_moves_milestone(self.day(due), before, name),
                    MilestoneKind::Gate => t.decisions_then_moves_gate(self.day(due), before, name),
                    MilestoneKind::Launch => t.decisions_then_moves_launch(self.day(due), before, name),
                };
                Consequence::of(text).warn(self.doubts(due, None))
            }
        }
    }

    fn waiver(&self, row: &EffectRow, until: Option<Date>) -> Consequence {
        let t = self.t();
        let (stage, rule) = row.gate.split_once(':').unwrap_or((row.gate.as_str(), ""));
        let Some(stage) = self.stage(stage) else {
            return Consequence::of(t.decisions_then_waives(NOTHING, self.day(until)));
        };
        let mut warnings = Vec::new();
        if let Some(day) = until.filter(|day| *day < self.shell.today()) {
            warnings.push(t.decisions_warn_past(self.shell.day(day)));
        }
        if rule.is_empty() && self.dossier.is_none() && stage.rules.iter().any(|rule| rule.check.asks_go()) {
            warnings.push(t.decisions_warn_go_stays());
        }
        let named = stage.rules.iter().find(|known| known.id.to_string() == rule);
        let what = named.map_or_else(
            || self.gate_title(stage),
            |rule| t.decisions_rule_of(&stage.code, t.pair(&rule.text_en, &rule.text_zh)),
        );
        Consequence::of(t.decisions_then_waives(what, self.day(until))).warn(warnings)
    }

    fn way_back(&self, row: &EffectRow) -> Consequence {
        let t = self.t();
        let Some(to) = self.stage(&row.stage) else { return Consequence::of(t.decisions_more_send_back()) };
        let again = self.choices.stages.iter().skip_while(|stage| stage.id != to.id).filter(|one| one.state != "ahead");
        let again: Vec<String> = again.map(|stage| stage.code.clone()).collect();
        Consequence::of(t.decisions_then_sends_back(t.list(&again), to.title(t))).note(t.decisions_days_stay())
    }

    fn reassignment(&self, row: &EffectRow) -> Consequence {
        let t = self.t();
        let Some(duty) = self.choices.duties.iter().find(|duty| duty.id.to_string() == row.duty) else {
            return Consequence::of(t.decisions_more_duty());
        };
        let name = t.pair(&duty.title_en, &duty.title_zh);
        let (accountable, responsible) = (row.accountable.parse().ok(), row.responsible.parse().ok());
        let before = duty.letters.main_line(self.parts, t);
        if self.keeps_letters(duty, accountable, responsible) {
            return Consequence::of(name.to_owned()).warn(vec![t.decisions_effect_same_letters()]);
        }
        let after = duty.letters.reassigned(accountable, responsible, self.parts);
        let after = after.map_or_else(|_| NOTHING.to_owned(), |letters| letters.main_line(self.parts, t));
        Consequence::of(t.decisions_then_reassigns(after, before, name)).note(t.duty_tasks_stay())
    }

    /// Whether the same parts answer for a duty and do it as before: nothing that a decision would change.
    pub(super) fn keeps_letters(&self, duty: &Duty, accountable: Option<PartId>, responsible: Option<PartId>) -> bool {
        let to = duty.letters.reassigned(accountable, responsible, self.parts);
        to.is_ok_and(|to| to.has_same_main(&duty.letters))
    }

    fn launch(&self, day: Option<Date>) -> Consequence {
        let t = self.t();
        let text = t.decisions_then_launches(self.day(day), self.day(self.launches_on));
        let moves = self.outlook.moves();
        let count = moves.map_or(0, |moves| moves.stages.len() + moves.due().count());
        let carried = (count > 0).then(|| t.decisions_then_carries(count));
        // What cannot be is said before it is recorded, where otherwise stands what moves along.
        let refused = self.outlook.launch.as_ref().and_then(|(_, planned)| planned.as_ref().err());
        let warnings = match refused {
            Some(refusal) => vec![t.decisions_warn_launch_stays(refusal_text(t, *refusal))],
            None => self.doubts(day, None),
        };
        Consequence { text, warnings, carried, ..Consequence::default() }
    }
}
