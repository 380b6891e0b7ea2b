//! What a form would make, worked out while it is being filled in; pure. The same blueprint, division of labour and
//! layout make the real thing.

use super::form::Form;
use crate::{
    platform::{locale::Bilingual, working_time::Calendar},
    projects::{
        blueprints::{BlueprintStage, Check, DepartmentKind},
        elasticity::divide,
        schedule::{Anchor, Schedule, StageDates, lay_out_blueprint},
    },
};
use jiff::civil::Date;

/// What would be made.
#[derive(Clone, Debug)]
pub struct Outline<'a> {
    /// In order.
    pub stages: Vec<OutlineStage<'a>>,
    /// All of them.
    pub tasks: usize,
    /// Stages with at least one rule to leave them.
    pub gates: usize,
    /// Tasks of each part that does any, the most first.
    pub by_part: Vec<(&'a str, usize)>,
    /// The day of launch.
    pub launches_on: Option<Date>,
    /// What the reader should know before it is made.
    pub warnings: Vec<Warning<'a>>,
}

/// One stage of the outline.
#[derive(Clone, Copy, Debug)]
pub struct OutlineStage<'a> {
    /// As the blueprint has it.
    pub stage: &'a BlueprintStage,
    /// Absent while there is no date.
    pub dates: Option<StageDates>,
    /// The launch date is its first day.
    pub is_launch: bool,
}

/// What the reader should know.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Warning<'a> {
    /// The launch is not after today.
    LaunchPast(Date),
    /// The plan hangs on a date by which this stage should have begun; so many tasks would be late from the start.
    BeginsLate {
        /// The first such stage.
        stage: &'a Bilingual,
        /// When it should have begun.
        on: Date,
        /// Tasks due before today.
        late: usize,
    },
    /// Without a committee these gates, which ask for its decision, stay closed.
    NoCommittee(Vec<&'a str>),
    /// Nobody else takes part: the lead does everything.
    LeadAlone,
}

/// Works it out.
pub fn outline<'a>(form: &'a Form, calendar: &Calendar, today: Date) -> Outline<'a> {
    let is_active = |code: &str| {
        let committee = form.blueprint.department(code).is_some_and(|one| one.kind == DepartmentKind::Committee);
        (committee && form.has_chair()) || form.departments.iter().any(|choice| choice.is_on && choice.code == code)
    };
    let duties = divide(form.blueprint, form.tier, &is_active);
    let mut by_part: Vec<(&str, usize)> = Vec::new();
    for duty in &duties {
        let Some(owner) = duty.letters.responsible.first() else { continue };
        let Some(part) = form.blueprint.departments.iter().find(|part| part.code == *owner) else { continue };
        match by_part.iter_mut().find(|(code, _)| *code == part.code) {
            Some((_, count)) => *count += 1,
            None => by_part.push((&part.code, 1)),
        }
    }
    by_part.sort_by_key(|(_, count)| std::cmp::Reverse(*count));
    let schedule = form.anchor().map(|anchor| lay_out_blueprint(form.blueprint, form.tier, anchor, calendar));
    let launch = form.blueprint.launch_stage_index();
    let stages: Vec<OutlineStage<'_>> = form
        .blueprint
        .stages
        .iter()
        .enumerate()
        .map(|(place, stage)| OutlineStage {
            stage,
            dates: schedule.as_ref().and_then(|schedule| schedule.stages.get(place).copied()),
            is_launch: place == launch,
        })
        .collect();
    let launches_on = match form.anchor() {
        Some(Anchor::Launch(date)) => Some(date),
        Some(Anchor::Start(_)) => stages.get(launch).and_then(|stage| stage.dates).map(|dates| dates.starts_on),
        None => None,
    };
    Outline {
        tasks: duties.len(),
        gates: form.blueprint.stages.iter().filter(|stage| stage.gate_for(form.tier).next().is_some()).count(),
        warnings: warnings(form, &stages, schedule.as_ref(), today),
        by_part,
        launches_on,
        stages,
    }
}

fn warnings<'a>(
    form: &'a Form,
    stages: &[OutlineStage<'a>],
    schedule: Option<&Schedule<'_>>,
    today: Date,
) -> Vec<Warning<'a>> {
    let mut warnings = Vec::new();
    if let Some(Anchor::Launch(launch)) = form.anchor()
        && launch <= today
    {
        warnings.push(Warning::LaunchPast(launch));
    }
    let begun = stages.iter().find_map(|one| one.dates.filter(|dates| dates.starts_on < today).map(|d| (one, d)));
    if let (Some((stage, dates)), Some(schedule)) = (begun, schedule) {
        warnings.push(Warning::BeginsLate {
            stage: &stage.stage.name,
            on: dates.starts_on,
            late: schedule.items.iter().filter(|item| item.due_on < today).count(),
        });
    }
    if !form.has_chair() {
        let asks = |check: &Check| check.leaves().iter().any(|leaf| matches!(leaf, Check::DecisionRecorded { .. }));
        let closed: Vec<&str> = form
            .blueprint
            .stages
            .iter()
            .filter(|stage| stage.gate_for(form.tier).any(|rule| rule.is_blocking && asks(&rule.check)))
            .map(|stage| stage.code.as_str())
            .collect();
        if !closed.is_empty() {
            warnings.push(Warning::NoCommittee(closed));
        }
    }
    if !form.departments.iter().any(|choice| choice.is_on) {
        warnings.push(Warning::LeadAlone);
    }
    warnings
}
