//! What a decision changes, each through the room that it belongs to.

use super::{
    access::Ground,
    goals,
    model::Effect,
    store::{Applied, Choices, OpenTask},
};
use crate::{
    events::{Change, both},
    platform::ids::{DecisionId, DutyId, GateRuleId, MilestoneId, PartId, PersonId, StageId},
    projects::{
        duties::actions::{self as duties, Reassigned},
        gates::{
            actions::{self as gates, Named},
            store::NewRuling,
        },
        schedule::Anchor,
        scope::{Days, actions as scope},
    },
    web::Result,
    work::{
        milestones,
        reschedule::{self, Apart, Thing, actions::Outcome as Plan},
        tasks::{
            self,
            actions::{Outcome, Problem},
            model::{Mistake, TaskFields},
        },
    },
};
use jiff::civil::Date;

/// Why an effect cannot be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Impossible {
    /// No open task has this number.
    NoSuchTask,
    /// No open milestone is this one.
    NoSuchMilestone,
    /// It is due on that day already.
    SameDay,
    /// The person cannot have tasks of this project.
    NotATaker,
    /// The person does not belong to the department that owns the task.
    NotOfDepartment,
    /// The person has it already.
    SameAssignee,
    /// The task is not blocked (any more).
    NotBlocked,
    /// The gate has been passed, or is none.
    NoSuchGate,
    /// The stage has not been passed, or is none.
    NoSuchStage,
    /// No such duty.
    NoSuchDuty,
    /// The duty has these letters already.
    SameLetters,
    /// The plan cannot be laid out for that day of launch.
    Launch(reschedule::Refusal),
    /// The plan is not the one whose moves were shown.
    PlanChanged,
    /// The project has no scope baseline whose budget could be set.
    NoBaseline,
    /// The budget of changes is that high already.
    BudgetNotAbove,
    /// The lead has proposed nothing that could be signed off.
    NothingProposed,
    /// The goals are not what was proposed (any more).
    GoalsChanged,
    /// No key result in force is this one.
    NoSuchKeyResult,
    /// It asks for that already.
    SameTarget,
    /// It cannot ask for that.
    ImpossibleTarget,
    /// There is no commercial plan.
    NoMoney,
    /// Anything else that the task's own rules refuse.
    Refused,
}

/// An effect as it happened, with what moved along.
type Done = std::result::Result<Vec<Applied>, Impossible>;

fn one(applied: Applied) -> Done {
    Ok(vec![applied])
}

/// Makes one effect happen. What is `apart` keeps out of a new plan.
pub(super) async fn apply(
    change: &mut Change,
    ground: &Ground,
    choices: &Choices,
    decision: DecisionId,
    apart: &Apart,
    effect: &Effect,
) -> Result<Done> {
    let task = |number: &i32| choices.tasks.iter().find(|task| task.number == *number);
    let applied = Applied::of(effect.kind());
    match effect {
        Effect::CreateTask { title, part, assignee, due } => {
            let fields = TaskFields { assignee_id: *assignee, due_on: *due, ..TaskFields::new(title.as_str(), *part) };
            match tasks::actions::create_by_decision(change, &ground.project, &ground.parts, &fields).await {
                Ok((task, _)) => Ok(one(Applied { task: Some(task), after: *due, ..applied })),
                Err(problem) => refused(problem),
            }
        }
        Effect::MoveTask { number, due } => match task(number) {
            Some(task) => move_task(change, ground, task, *due, applied).await,
            None => Ok(Err(Impossible::NoSuchTask)),
        },
        Effect::AssignTask { number, to } => match task(number) {
            Some(task) => assign(change, ground, choices, task, *to, applied).await,
            None => Ok(Err(Impossible::NoSuchTask)),
        },
        Effect::DropTask { number } => match task(number) {
            Some(task) => {
                match tasks::actions::drop_by_decision(change, &ground.project, &ground.parts, task.id).await {
                    Ok(_) => Ok(one(Applied { task: Some(task.id), ..applied })),
                    Err(problem) => refused(problem),
                }
            }
            None => Ok(Err(Impossible::NoSuchTask)),
        },
        Effect::UnblockTask { number } => match task(number) {
            Some(task) => match tasks::actions::unblock(change, &ground.project, &ground.parts, task.id).await {
                Ok(Outcome::Changed) => Ok(one(Applied { task: Some(task.id), ..applied })),
                Ok(Outcome::Already) => Ok(Err(Impossible::NotBlocked)),
                Err(problem) => refused(problem),
            },
            None => Ok(Err(Impossible::NotBlocked)),
        },
        Effect::MoveMilestone { milestone, due } => {
            move_milestone(change, ground, choices, *milestone, *due, applied).await
        }
        Effect::HoldGate { stage, until } => {
            let ruling =
                NewRuling { stage_id: *stage, rule_id: None, is_hold: true, until_on: *until, decision_id: decision };
            rule(change, ground, choices, ruling, applied).await
        }
        Effect::WaiveGate { stage, rule: named, until } => {
            let ruling = NewRuling {
                stage_id: *stage,
                rule_id: *named,
                is_hold: false,
                until_on: *until,
                decision_id: decision,
            };
            rule(change, ground, choices, ruling, applied).await
        }
        Effect::SendBack { to } => send_back(change, ground, *to, applied).await,
        Effect::SetDuty { duty, accountable, responsible } => {
            let to = Reassigned { accountable: *accountable, responsible: *responsible };
            set_duty(change, ground, choices, *duty, to, applied).await
        }
        Effect::MoveLaunch { day, seen } => move_launch(change, ground, *day, apart, seen, applied).await,
        Effect::SetBudget { to } => set_budget(change, ground, decision, *to, applied).await,
        Effect::SignOffGoals { .. }
        | Effect::SetTarget { .. }
        | Effect::DropKeyResult { .. }
        | Effect::SetEnvelope { .. } => goals::apply(change, ground, decision, effect).await,
    }
}

async fn move_task(change: &mut Change, ground: &Ground, task: &OpenTask, due: Date, applied: Applied) -> Result<Done> {
    match tasks::actions::move_due(change, &ground.project, task.id, due).await {
        Ok(Outcome::Changed) => {
            Ok(one(Applied { task: Some(task.id), before: task.due_on, after: Some(due), ..applied }))
        }
        Ok(Outcome::Already) => Ok(Err(Impossible::SameDay)),
        Err(problem) => refused(problem),
    }
}

async fn assign(
    change: &mut Change,
    ground: &Ground,
    choices: &Choices,
    task: &OpenTask,
    to: PersonId,
    applied: Applied,
) -> Result<Done> {
    match tasks::actions::reassign(change, &ground.project, &ground.parts, task.id, to).await {
        Ok(Outcome::Changed) => Ok(one(Applied {
            task: Some(task.id),
            before_text: task.assignee_id.and_then(|id| choices.name_of(id)).map(Into::into),
            after_text: choices.name_of(to).map(Into::into),
            ..applied
        })),
        Ok(Outcome::Already) => Ok(Err(Impossible::SameAssignee)),
        Err(Problem::Mistaken(_)) => Ok(Err(Impossible::NotOfDepartment)),
        Err(problem) => refused(problem),
    }
}

async fn move_milestone(
    change: &mut Change,
    ground: &Ground,
    choices: &Choices,
    milestone: MilestoneId,
    due: Date,
    applied: Applied,
) -> Result<Done> {
    let Some(known) = choices.milestones.iter().find(|known| known.id == milestone) else {
        return Ok(Err(Impossible::NoSuchMilestone));
    };
    match milestones::actions::move_due(change, &ground.project, milestone, due).await {
        Ok(Outcome::Changed) => {
            Ok(one(Applied { milestone: Some(milestone), before: Some(known.due_on), after: Some(due), ..applied }))
        }
        Ok(Outcome::Already) => Ok(Err(Impossible::SameDay)),
        Err(problem) => Err(problem.into()),
    }
}

async fn rule(
    change: &mut Change,
    ground: &Ground,
    choices: &Choices,
    ruling: NewRuling,
    applied: Applied,
) -> Result<Done> {
    let stage = choices.stages.iter().find(|stage| stage.id == ruling.stage_id);
    let of_stage = |rule: GateRuleId| stage?.rules.iter().find(|known| known.id == rule);
    let named = ruling.rule_id.and_then(of_stage).map(|known| Named { id: known.id, text: known.text() });
    if stage.is_none() || ruling.rule_id.is_some() != named.is_some() {
        return Ok(Err(Impossible::NoSuchGate));
    }
    if !gates::rule(change, &ground.project, &ruling, named.as_ref()).await? {
        return Ok(Err(Impossible::NoSuchGate));
    }
    Ok(one(Applied { stage: Some(ruling.stage_id), rule: ruling.rule_id, after: Some(ruling.until_on), ..applied }))
}

async fn send_back(change: &mut Change, ground: &Ground, to: StageId, applied: Applied) -> Result<Done> {
    let project = &ground.project;
    let Some(back) = gates::send_back(change, project, to).await? else { return Ok(Err(Impossible::NoSuchStage)) };
    milestones::actions::reopen(change, project.id, &back.stages(), back.takes_back_launch()).await?;
    let from = back.from.map(|stage| both(&stage.name_en, &stage.name_zh));
    Ok(one(Applied { stage: Some(to), before_text: from, ..applied }))
}

async fn set_duty(
    change: &mut Change,
    ground: &Ground,
    choices: &Choices,
    duty: DutyId,
    to: Reassigned,
    applied: Applied,
) -> Result<Done> {
    let known = |part: Option<PartId>| part.is_none_or(|id| ground.parts.iter().any(|part| part.id == id));
    let found = choices.duties.iter().find(|known| known.id == duty);
    let Some(found) = found.filter(|_| known(to.accountable) && known(to.responsible)) else {
        return Ok(Err(Impossible::NoSuchDuty));
    };
    let Some(lines) = duties::reassign(change, &ground.project, &ground.parts, &found.code, to).await? else {
        return Ok(Err(Impossible::SameLetters));
    };
    Ok(one(Applied { duty: Some(duty), before_text: Some(lines.before), after_text: Some(lines.after), ..applied }))
}

async fn move_launch(
    change: &mut Change,
    ground: &Ground,
    day: Date,
    apart: &Apart,
    seen: &str,
    applied: Applied,
) -> Result<Done> {
    let today = ground.shell.today();
    match reschedule::actions::apply(change, &ground.project, Anchor::Launch(day), apart, seen, today).await? {
        Plan::Done(moves, before) => {
            let own = Applied { before, after: Some(day), ..applied };
            Ok(Ok([own].into_iter().chain(carried(&moves)).collect()))
        }
        Plan::Already => Ok(Err(Impossible::SameDay)),
        Plan::Stale => Ok(Err(Impossible::PlanChanged)),
        Plan::Refused(refusal) => Ok(Err(Impossible::Launch(refusal))),
    }
}

async fn set_budget(
    change: &mut Change,
    ground: &Ground,
    decision: DecisionId,
    to: Days,
    applied: Applied,
) -> Result<Done> {
    match scope::raise_budget(change, &ground.project, to, decision).await? {
        Ok(before) => Ok(one(Applied { before_text: Some(before.value()), after_text: Some(to.value()), ..applied })),
        Err(scope::Refusal::NoBaseline) => Ok(Err(Impossible::NoBaseline)),
        Err(scope::Refusal::NotAbove) => Ok(Err(Impossible::BudgetNotAbove)),
    }
}

/// What moved along with the day of launch, so that each thing knows the decision behind its new day.
fn carried(moves: &reschedule::Moves) -> Vec<Applied> {
    let stages = moves.stages.iter().map(|moved| {
        let starts = (moved.stage.starts_on, moved.after.starts_on);
        let ends = (moved.stage.ends_on, moved.after.ends_on);
        // A stage is due on its last day, like all else in the list.
        let (before, after) = if ends.0 == ends.1 { starts } else { ends };
        Applied { stage: Some(moved.stage.id), before: Some(before), after: Some(after), ..Applied::of("carry_stage") }
    });
    let dates = moves.due().map(|moved| {
        let (before, after) = (Some(moved.dated.due_on), Some(moved.due_on));
        match moved.dated.thing {
            Thing::Task(_) => Applied { task: Some(moved.dated.id.into()), before, after, ..Applied::of("carry_task") },
            Thing::Milestone(_) => {
                Applied { milestone: Some(moved.dated.id.into()), before, after, ..Applied::of("carry_milestone") }
            }
        }
    });
    stages.chain(dates).collect()
}

/// What the other effects of a decision give a day of its own, or drop.
pub(super) fn apart(effects: &[(usize, Effect)]) -> Apart {
    let mut apart = Apart::default();
    for (_, effect) in effects {
        match effect {
            Effect::MoveTask { number, .. } | Effect::DropTask { number } => apart.tasks.push(*number),
            Effect::MoveMilestone { milestone, .. } => apart.milestones.push(milestone.uuid()),
            _ => {}
        }
    }
    apart
}

fn refused(problem: Problem) -> Result<Done> {
    match problem {
        Problem::Mistaken(mistakes) if mistakes.contains(&Mistake::AssigneeUnknown) => Ok(Err(Impossible::NotATaker)),
        Problem::Mistaken(_) | Problem::Refused(_) => Ok(Err(Impossible::Refused)),
        Problem::Gone => Ok(Err(Impossible::NoSuchTask)),
        Problem::Stale(_) | Problem::Database(_) => Err(problem.into()),
    }
}
