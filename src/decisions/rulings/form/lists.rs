//! What the menus of the form of a decision offer.

use super::{About, EffectRow};
use crate::{
    decisions::{
        raising::model::sides,
        rulings::store::{OpenMilestone, Person, Stage},
    },
    platform::{ids::PartId, locale::sort_people},
    web::ui,
};

impl About<'_> {
    pub(super) fn options(&self) -> Vec<ui::Choice> {
        let t = self.t();
        let Some(dossier) = self.dossier else { return Vec::new() };
        let verdict = self.verdict();
        // While nothing can be recorded, all are shown with their votes.
        let is_offered = |option| self.hides_votes || !verdict.allows_something() || verdict.allows(option);
        let mut options: Vec<ui::Choice> = dossier
            .options
            .iter()
            .filter(|option| is_offered(Some(option.id)))
            .map(|option| {
                let votes = dossier.counted().filter(|ballot| ballot.option_id == Some(option.id)).count();
                let label = t.labelled(&option.letter, &option.title);
                if self.hides_votes {
                    return ui::Choice::new(option.id, label);
                }
                ui::Choice::with_hint(option.id, label, t.decisions_votes_for(votes))
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

    pub(super) fn people(&self, none: String, fits: impl Fn(&Person) -> bool) -> Vec<ui::Choice> {
        let fitting = self.choices.people.iter().filter(|person| fits(person));
        let mut people: Vec<ui::Choice> = fitting.map(|person| ui::Choice::new(person.id, &person.name)).collect();
        sort_people(self.t(), &mut people, |person| &person.label);
        people.insert(0, ui::Choice::new("", none));
        people
    }

    /// Who can do what a row is about: those with a seat of its department that takes tasks; while no department is known,
    /// everybody who takes tasks, with theirs. Whoever is chosen stays in the list.
    pub(super) fn takers(&self, row: &EffectRow) -> Vec<ui::Choice> {
        let t = self.t();
        let part = match row.kind.as_str() {
            "create_task" => self.parts.iter().find(|part| part.id.to_string() == row.part).map(|part| part.id),
            "assign_task" => self.task(row).map(|task| task.part_id),
            _ => return Vec::new(),
        };
        let none = t.decisions_nobody_yet();
        if let Some(part) = part {
            let is_chosen = |person: &Person| person.id.to_string() == row.assignee;
            return self.people(none, |person| person.is_taker && (self.is_of(person, part) || is_chosen(person)));
        }
        let mut people = self.people(none, |person| person.is_taker);
        for choice in &mut people {
            let known = self.choices.people.iter().find(|person| person.id.to_string() == choice.value);
            let own = known.map_or(&[][..], |person| person.part_ids.as_slice());
            let names: Vec<String> =
                self.parts.iter().filter(|part| own.contains(&part.id)).map(|part| part.name(t).to_owned()).collect();
            if !names.is_empty() {
                choice.label = t.decisions_named_on(&choice.label, t.list(&names));
            }
        }
        people
    }

    /// Whether somebody speaks for a department, or has a seat of it.
    pub(super) fn is_of(&self, person: &Person, part: PartId) -> bool {
        person.part_ids.contains(&part)
            || self.parts.iter().any(|known| known.id == part && known.liaison_id == Some(person.id))
    }

    pub(super) fn milestones(&self) -> Vec<ui::Choice> {
        let t = self.t();
        let mut milestones = vec![ui::Choice::new("", t.decisions_milestone_choose())];
        milestones.extend(self.choices.milestones.iter().map(|one| ui::Choice::new(one.id, self.milestone_line(one))));
        milestones
    }

    pub(super) fn departments(&self) -> Vec<ui::Choice> {
        let t = self.t();
        let mut parts = vec![ui::Choice::new("", t.decisions_side_choose())];
        parts.extend(sides(self.parts).map(|part| ui::Choice::new(part.id, part.name(t))));
        parts
    }

    pub(super) fn milestone_line(&self, milestone: &OpenMilestone) -> String {
        let t = self.t();
        let title = t.title(&milestone.title, milestone.title_zh.as_deref());
        t.decisions_named_on(title, self.shell.day(milestone.due_on))
    }

    /// Stages whose gate has not been passed.
    pub(super) fn open_stages(&self) -> impl Iterator<Item = &Stage> {
        self.choices.stages.iter().filter(|stage| stage.state != "passed")
    }

    /// Gates that can be held.
    pub(super) fn gates(&self) -> Vec<ui::Choice> {
        let t = self.t();
        let mut gates = vec![ui::Choice::new("", t.decisions_gate_choose())];
        gates.extend(self.open_stages().map(|stage| ui::Choice::new(stage.id, self.gate_title(stage))));
        gates
    }

    /// Gates and rules that can be waived. A rule that asks for the committee's go is waived only by a vote on an escalation.
    pub(super) fn gate_rules(&self) -> Vec<ui::Choice> {
        let t = self.t();
        let mut rules = vec![ui::Choice::new("", t.decisions_rule_choose())];
        for stage in self.open_stages().filter(|stage| !stage.rules.is_empty()) {
            rules.push(ui::Choice::new(stage.id, t.decisions_rule_all(self.gate_title(stage))));
            let offered = stage.rules.iter().filter(|rule| self.dossier.is_some() || !rule.check.asks_go());
            rules.extend(offered.map(|rule| {
                let text = t.pair(&rule.text_en, &rule.text_zh);
                ui::Choice::new(format!("{}:{}", stage.id, rule.id), t.decisions_rule_of(&stage.code, text))
            }));
        }
        rules
    }

    /// Stages that the project can be sent back to.
    pub(super) fn passed_stages(&self) -> Vec<ui::Choice> {
        let t = self.t();
        let passed = self.choices.stages.iter().rev().filter(|stage| stage.state == "passed");
        let mut stages = vec![ui::Choice::new("", t.decisions_stage_choose())];
        stages.extend(passed.map(|stage| ui::Choice::new(stage.id, stage.title(t))));
        stages
    }

    /// The division of labour.
    pub(super) fn duties(&self) -> Vec<ui::Choice> {
        let t = self.t();
        let mut duties = vec![ui::Choice::new("", t.decisions_duty_choose())];
        duties.extend(self.choices.duties.iter().map(|duty| {
            ui::Choice::new(duty.id, t.decisions_rule_of(&duty.stage, t.pair(&duty.title_en, &duty.title_zh)))
        }));
        duties
    }

    /// Who can hold letters: every part.
    pub(super) fn holders(&self) -> Vec<ui::Choice> {
        let t = self.t();
        let mut parts = vec![ui::Choice::new("", t.decisions_as_now())];
        parts.extend(self.parts.iter().map(|part| ui::Choice::new(part.id, part.name(t))));
        parts
    }

    /// What else a decision can change here.
    pub(super) fn more(&self) -> Vec<ui::Choice> {
        let t = self.t();
        let has_passed = self.choices.stages.iter().any(|stage| stage.state == "passed");
        let has_rules = self.open_stages().any(|stage| !stage.rules.is_empty());
        let kinds = [
            ("move_launch", t.decisions_more_launch(), self.launches_on.is_some()),
            ("assign_task", t.decisions_more_assign(), !self.choices.tasks.is_empty()),
            ("drop_task", t.decisions_more_drop(), !self.choices.tasks.is_empty()),
            ("set_duty", t.decisions_more_duty(), !self.choices.duties.is_empty()),
            ("hold_gate", t.decisions_more_hold(), self.open_stages().next().is_some()),
            ("waive_gate", t.decisions_more_waive(), has_rules),
            ("send_back", t.decisions_more_send_back(), has_passed),
            ("set_budget", t.decisions_more_budget(), self.choices.budget.is_some()),
            ("sign_off_goals", t.goals_sign_off(), self.is_sign_off_asked()),
            ("set_target", t.decisions_more_target(), !self.choices.goals.0.is_empty()),
            ("set_envelope", t.decisions_more_envelope(), self.choices.money.is_some()),
            ("drop_key_result", t.decisions_more_drop_key_result(), !self.choices.goals.0.is_empty()),
        ];
        let possible = kinds.into_iter().filter(|(.., is_possible)| *is_possible);
        let possible = possible.map(|(kind, label, _)| ui::Choice::new(kind, label));
        [ui::Choice::new("", t.decisions_more())].into_iter().chain(possible).collect()
    }

    /// `Gate A3: Launch`.
    pub(super) fn gate_title(&self, stage: &Stage) -> String {
        let t = self.t();
        t.gate_milestone(&stage.code, t.pair(&stage.name_en, &stage.name_zh))
    }
}
