//! Reading the effects of a decision: every mistake at once, each at its field.

use super::{About, EffectRow, rows};
use crate::{
    decisions::{
        hearing::model::too_long,
        raising::model::sides,
        rulings::{
            effects::Impossible,
            model::{Effect, TITLE},
            store::{OpenMilestone, OpenTask},
        },
    },
    platform::{clock::agreed_day, ids::GateRuleId},
    projects::scope::Days,
    web::{Errors, Fields},
    work::{milestones::MilestoneKind, reschedule::view::refusal_text},
};
use jiff::civil::Date;

impl About<'_> {
    /// The effects; another day of launch comes first, because its moves were shown as the plan stands now.
    pub(super) fn read_effects(&self, fields: &Fields, errors: &mut Errors) -> Vec<(usize, Effect)> {
        let mut own = Errors::none();
        let effects = self.read_rows(fields, &mut own);
        for (field, message) in own.list() {
            errors.add(field.as_str(), self.of_row(field, message));
        }
        effects
    }

    /// A mistake with the number of its row, which the form may have many of.
    fn of_row(&self, field: &str, message: &str) -> String {
        let name = field.trim_end_matches(|c: char| c.is_ascii_digit());
        match field.strip_prefix(name) {
            Some(number) if !number.is_empty() => self.t().decisions_effect_wrong(message, number),
            Some(_) | None => message.to_owned(),
        }
    }

    fn read_rows(&self, fields: &Fields, errors: &mut Errors) -> Vec<(usize, Effect)> {
        let sent = rows(fields);
        let filled: Vec<EffectRow> = sent.iter().filter(|row| !self.may_be_left(row, &sent)).cloned().collect();
        for row in rows(fields).iter().filter(|row| self.misses_budget(fields, row)) {
            errors.add(row.name("days"), self.t().decisions_budget_missing());
        }
        let mut effects: Vec<(usize, Effect)> =
            filled.iter().filter_map(|row| Some((row.index, self.read_effect(row, errors)?))).collect();
        let is_launch = |known: &&OpenMilestone| known.kind == MilestoneKind::Launch;
        let launch = self.choices.milestones.iter().find(is_launch).map(|known| known.id);
        for (place, (index, effect)) in effects.iter().enumerate() {
            if effects.iter().take(place).any(|(_, earlier)| effect.clashes(earlier, launch)) {
                errors.add(format!("{}{index}", effect.field()), self.t().decisions_effect_once());
            }
        }
        for (index, effect) in &effects {
            if self.contradicts(effect, fields.get("option")) {
                errors.add(format!("{}{index}", effect.field()), self.t().decisions_proposed_by_other());
            }
        }
        effects.sort_by_key(|(_, effect)| !matches!(effect, Effect::MoveLaunch { .. }));
        effects
    }

    pub(super) fn read_effect(&self, row: &EffectRow, errors: &mut Errors) -> Option<Effect> {
        let due = self.read_day(row, errors);
        match row.kind.as_str() {
            "create_task" => self.read_new_task(row, due, errors),
            "move_task" => {
                let task = self.read_task(row, errors);
                Some(Effect::MoveTask { number: task?.number, due: due? })
            }
            "assign_task" => self.read_assignee(row, errors),
            "drop_task" => Some(Effect::DropTask { number: self.read_task(row, errors)?.number }),
            "unblock_task" => {
                let blocked = self.task(row).filter(|task| self.may_unblock(task));
                if blocked.is_none() {
                    errors.add(row.name("on"), self.words(Impossible::NotBlocked));
                }
                Some(Effect::UnblockTask { number: blocked?.number })
            }
            "hold_gate" => {
                let stage = self.stage(&row.stage).filter(|stage| stage.state != "passed");
                if stage.is_none() {
                    errors.add(row.name("stage"), self.words(Impossible::NoSuchGate));
                }
                Some(Effect::HoldGate { stage: stage?.id, until: due? })
            }
            "waive_gate" => self.read_waiver(row, due, errors),
            "send_back" => {
                let stage = self.stage(&row.stage).filter(|stage| stage.state == "passed");
                if stage.is_none() {
                    errors.add(row.name("stage"), self.words(Impossible::NoSuchStage));
                }
                Some(Effect::SendBack { to: stage?.id })
            }
            "set_duty" => self.read_duty(row, errors),
            "move_launch" => self.read_launch(row, due, errors),
            "set_budget" => self.read_budget(row, errors),
            "sign_off_goals" | "set_target" | "drop_key_result" | "set_envelope" => self.read_goals(row, due, errors),
            _ => {
                let known = self.choices.milestones.iter().find(|known| known.id.to_string() == row.milestone);
                if known.is_none() {
                    errors.add(row.name("milestone"), self.words(Impossible::NoSuchMilestone));
                }
                Some(Effect::MoveMilestone { milestone: known?.id, due: due? })
            }
        }
    }

    fn read_day(&self, row: &EffectRow, errors: &mut Errors) -> Option<Date> {
        let due = agreed_day(&row.due);
        let needs_day =
            matches!(row.kind.as_str(), "move_task" | "move_milestone" | "hold_gate" | "waive_gate" | "move_launch");
        if due.is_none() && (!row.due.is_empty() || needs_day) {
            errors.add(row.name("due"), self.t().decisions_date_wrong());
        }
        let counts_until = matches!(row.kind.as_str(), "hold_gate" | "waive_gate");
        if counts_until && due.is_some_and(|day| day < self.shell.today()) {
            errors.add(row.name("due"), self.t().decisions_until_past());
        }
        due
    }

    fn read_task(&self, row: &EffectRow, errors: &mut Errors) -> Option<&OpenTask> {
        let task = self.task(row);
        if task.is_none() {
            errors.add(row.name("task"), self.words(Impossible::NoSuchTask));
        }
        task
    }

    fn read_new_task(&self, row: &EffectRow, due: Option<Date>, errors: &mut Errors) -> Option<Effect> {
        let t = self.t();
        let part = sides(self.parts).find(|part| part.id.to_string() == row.part).map(|part| part.id);
        if row.title.is_empty() || too_long(&row.title, TITLE) {
            errors.add(row.name("title"), t.decisions_task_title_missing());
        }
        if part.is_none() {
            errors.add(row.name("part"), t.decisions_side_missing());
        }
        let assignee = row.assignee.parse().ok();
        if assignee.is_none() && !row.assignee.is_empty() {
            errors.add(row.name("assignee"), self.words(Impossible::NotATaker));
        }
        Some(Effect::CreateTask { title: row.title.clone(), part: part?, assignee, due })
    }

    fn read_assignee(&self, row: &EffectRow, errors: &mut Errors) -> Option<Effect> {
        let task = self.read_task(row, errors);
        let person = self.choices.people.iter().find(|person| person.is_taker && person.id.to_string() == row.assignee);
        let Some(person) = person else {
            errors.add(row.name("assignee"), self.words(Impossible::NotATaker));
            return None;
        };
        let task = task?;
        let refusal = match () {
            () if task.assignee_id == Some(person.id) => Some(Impossible::SameAssignee),
            () if !self.is_of(person, task.part_id) => Some(Impossible::NotOfDepartment),
            () => None,
        };
        if let Some(why) = refusal {
            errors.add(row.name("assignee"), self.words(why));
        }
        Some(Effect::AssignTask { number: task.number, to: person.id })
    }

    fn read_waiver(&self, row: &EffectRow, until: Option<Date>, errors: &mut Errors) -> Option<Effect> {
        let (stage, rule) = row.gate.split_once(':').unwrap_or((row.gate.as_str(), ""));
        let stage = self.stage(stage).filter(|stage| stage.state != "passed");
        let named: Option<GateRuleId> = rule.parse().ok();
        let known = stage.and_then(|stage| stage.rules.iter().find(|known| Some(known.id) == named));
        let needs_vote = self.dossier.is_none() && known.is_some_and(|rule| rule.check.asks_go());
        if needs_vote {
            errors.add(row.name("gate"), self.t().decisions_warn_go_stays());
        } else if stage.is_none() || known.is_none() != rule.is_empty() {
            errors.add(row.name("gate"), self.words(Impossible::NoSuchGate));
        }
        Some(Effect::WaiveGate { stage: stage?.id, rule: known.map(|rule| rule.id), until: until? })
    }

    fn read_duty(&self, row: &EffectRow, errors: &mut Errors) -> Option<Effect> {
        let duty = self.choices.duties.iter().find(|duty| duty.id.to_string() == row.duty);
        let part = |id: &str| self.parts.iter().find(|part| part.id.to_string() == id).map(|part| part.id);
        let (accountable, responsible) = (part(&row.accountable), part(&row.responsible));
        let Some(duty) = duty else {
            errors.add(row.name("duty"), self.words(Impossible::NoSuchDuty));
            return None;
        };
        if self.keeps_letters(duty, accountable, responsible) {
            errors.add(row.name("accountable"), self.words(Impossible::SameLetters));
        }
        Some(Effect::SetDuty { duty: duty.id, accountable, responsible })
    }

    fn read_launch(&self, row: &EffectRow, day: Option<Date>, errors: &mut Errors) -> Option<Effect> {
        let (asked, planned) = self.outlook.launch.as_ref()?;
        match planned {
            Err(refusal) => errors.add(row.name("due"), self.words(Impossible::Launch(*refusal))),
            Ok(moves) if moves.is_empty() && self.launches_on == Some(*asked) => {
                errors.add(row.name("due"), self.words(Impossible::SameDay));
            }
            Ok(_) => {}
        }
        Some(Effect::MoveLaunch { day: day?, seen: row.seen.clone() })
    }

    fn read_budget(&self, row: &EffectRow, errors: &mut Errors) -> Option<Effect> {
        let to = Days::parse(&row.days);
        match (to, self.choices.budget) {
            (None, _) => errors.add(row.name("days"), self.t().scope_days_wrong()),
            (_, None) => errors.add(row.name("days"), self.words(Impossible::NoBaseline)),
            (Some(to), Some(stands)) if to <= stands.of => {
                errors.add(row.name("days"), self.words(Impossible::BudgetNotAbove));
            }
            (Some(_), Some(_)) => {}
        }
        Some(Effect::SetBudget { to: to? })
    }

    /// Whether everything that moves was looked at as it stands now. None when no day of launch is moved.
    #[must_use]
    pub fn has_seen_moves(&self, effects: &[(usize, Effect)]) -> Option<Seen> {
        let seen = effects.iter().find_map(|(_, effect)| match effect {
            Effect::MoveLaunch { seen, .. } => Some(seen.as_str()),
            _ => None,
        })?;
        let shown = self.outlook.moves().map(|moves| moves.fingerprint());
        Some(match seen {
            "" => Seen::NotYet,
            seen if shown.as_deref() == Some(seen) => Seen::AsItStands,
            _ => Seen::Otherwise,
        })
    }

    /// Why an effect cannot be, at its field.
    #[must_use]
    pub fn impossible(&self, fields: &Fields, index: usize, why: Impossible) -> Errors {
        let rows = rows(fields);
        let row = rows.iter().find(|row| row.index == index);
        let field = match why {
            Impossible::NoSuchTask => "task",
            Impossible::NoSuchMilestone => "milestone",
            Impossible::SameDay | Impossible::Launch(_) | Impossible::PlanChanged => "due",
            Impossible::NotATaker | Impossible::NotOfDepartment | Impossible::SameAssignee => "assignee",
            Impossible::NotBlocked => "on",
            Impossible::NoSuchGate if row.is_some_and(|row| row.kind == "waive_gate") => "gate",
            Impossible::NoSuchGate | Impossible::NoSuchStage => "stage",
            Impossible::NoSuchDuty => "duty",
            Impossible::SameLetters => "accountable",
            Impossible::NoBaseline | Impossible::BudgetNotAbove => "days",
            Impossible::NothingProposed | Impossible::GoalsChanged => "on",
            Impossible::NoSuchKeyResult => "key_result",
            Impossible::SameTarget | Impossible::ImpossibleTarget | Impossible::NoMoney => "target",
            Impossible::Refused => "title",
        };
        let name = row.map_or_else(|| field.to_owned(), |row| row.name(field));
        let message = self.of_row(&name, &self.words(why));
        Errors::none().with(name, message)
    }

    pub(super) fn words(&self, why: Impossible) -> String {
        let t = self.t();
        match why {
            Impossible::NoSuchTask => t.decisions_effect_no_task(),
            Impossible::NoSuchMilestone => t.decisions_effect_no_milestone(),
            Impossible::SameDay => t.decisions_effect_same_day(),
            Impossible::NotATaker => t.decisions_effect_not_a_taker(),
            Impossible::NotOfDepartment => t.decisions_effect_not_of_department(),
            Impossible::SameAssignee => t.decisions_effect_same_assignee(),
            Impossible::NotBlocked => t.decisions_effect_not_blocked(),
            Impossible::NoSuchGate => t.decisions_effect_no_gate(),
            Impossible::NoSuchStage => t.decisions_effect_no_stage(),
            Impossible::NoSuchDuty => t.decisions_effect_no_duty(),
            Impossible::SameLetters => t.decisions_effect_same_letters(),
            Impossible::Launch(refusal) => refusal_text(t, refusal),
            Impossible::PlanChanged => t.decisions_plan_changed(),
            Impossible::NoBaseline => t.decisions_effect_no_baseline(),
            Impossible::BudgetNotAbove => {
                t.decisions_effect_budget_not_above(self.choices.budget.unwrap_or_default().of.words(t))
            }
            Impossible::NothingProposed => t.decisions_effect_nothing_proposed(),
            Impossible::GoalsChanged => t.decisions_effect_goals_changed(),
            Impossible::NoSuchKeyResult => t.decisions_effect_no_key_result(),
            Impossible::SameTarget => t.decisions_effect_same_target(),
            Impossible::ImpossibleTarget => t.decisions_effect_impossible_target(),
            Impossible::NoMoney => t.decisions_effect_no_money(),
            Impossible::Refused => t.decisions_effect_refused(),
        }
    }
}

/// Which moves of the plan the chair had before them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Seen {
    /// None.
    NotYet,
    /// Those that the plan would make now.
    AsItStands,
    /// Others: it changed meanwhile.
    Otherwise,
}
