//! From checked choices to the rows of a project; pure but for fresh ids.

use super::model::Choices;
use crate::{
    platform::{
        ids::{DutyId, GateRuleId, MilestoneId, PartId, PersonId, SeatId, StageId, TaskId},
        locale::{Bilingual, Language, T},
        working_time::Calendar,
    },
    projects::{
        PartKind, Role,
        blueprints::{BlueprintDepartment, DepartmentKind},
        elasticity::{Duty, divide},
        making::{NewDuty, NewPart, NewProject, NewRule, NewSeat, NewStage, Records},
        schedule::{Anchor, Schedule, lay_out_blueprint},
    },
    work::planned::{PlannedDependency, PlannedMilestone, PlannedTask, PlannedWork},
};
use std::collections::HashMap;

/// Everything of the project.
#[derive(Clone, Debug)]
pub struct Made {
    /// What the projects room keeps.
    pub records: Records,
    /// What the work room keeps.
    pub work: PlannedWork,
}

/// Works out every row.
pub fn make(choices: &Choices<'_>, calendar: &Calendar) -> Made {
    let schedule = lay_out_blueprint(choices.blueprint, choices.tier, choices.anchor, calendar);
    let parts = parts(choices);
    let seats = seats(choices, &parts);
    let stages = stages(choices, &schedule);
    let divided = divide(choices.blueprint, choices.tier, &|code| choices.is_active(code));
    let duties = duties(&divided, &stages, &parts);
    let milestones = milestones(choices, &stages);
    let launches_on = launch_day(choices, &stages);
    let tasks = tasks(&divided, &duties, &schedule, &parts, &seats, &milestones);
    let dependencies = dependencies(choices, &duties, &tasks);
    let starts_on = stages.first().map_or(launches_on, |stage| stage.starts_on);
    let records = Records {
        project: NewProject {
            id: choices.id,
            key: choices.key.clone(),
            name: choices.name.clone(),
            blueprint: choices.blueprint.id.clone(),
            tier: i16::from(choices.tier.number()),
            starts_on,
            launches_on,
            quorum: choices.quorum,
            next_task_number: i32::try_from(tasks.len()).unwrap_or(i32::MAX).saturating_add(1),
        },
        rules: rules(choices, &stages),
        parts,
        stages,
        duties,
        seats,
    };
    Made { records, work: PlannedWork { milestones, tasks, dependencies } }
}

/// The lead, who always takes part; the departments chosen; the committee once it is seated.
fn parts(choices: &Choices<'_>) -> Vec<NewPart> {
    let own = |wanted: &BlueprintDepartment, kind: PartKind, colour: i16| NewPart {
        id: PartId::new(),
        code: wanted.code.clone(),
        kind,
        department_id: None,
        name: wanted.name.clone(),
        short: wanted.short.clone(),
        colour,
    };
    let part = |wanted: &BlueprintDepartment| match wanted.kind {
        DepartmentKind::Lead => Some(own(wanted, PartKind::Lead, 8)),
        DepartmentKind::Committee => (!choices.committee.is_empty()).then(|| own(wanted, PartKind::Committee, 9)),
        DepartmentKind::Department => {
            let taking = choices.departments.iter().find(|taking| taking.place.wanted.code == wanted.code)?;
            Some(NewPart {
                id: PartId::new(),
                code: wanted.code.clone(),
                kind: PartKind::Department,
                department_id: Some(taking.department.id),
                name: taking.department.name(),
                short: Bilingual { en: taking.department.short_en.clone(), zh: taking.department.short_zh.clone() },
                colour: taking.department.colour,
            })
        }
    };
    choices.blueprint.departments.iter().filter_map(part).collect()
}

fn seats(choices: &Choices<'_>, parts: &[NewPart]) -> Vec<NewSeat> {
    let seat = |person_id: PersonId, role: Role, part_id: Option<PartId>, capacity: &str| NewSeat {
        id: SeatId::new(),
        person_id,
        role,
        part_id,
        capacity: capacity.to_owned(),
    };
    let liaisons = choices.departments.iter().filter_map(|taking| {
        let part = parts.iter().find(|part| part.code == taking.place.wanted.code)?;
        Some(seat(taking.liaison.id, Role::Liaison, Some(part.id), ""))
    });
    let committee =
        choices.committee.iter().map(|sitting| seat(sitting.person.id, sitting.role, None, sitting.capacity.as_str()));
    [seat(choices.lead.id, Role::GtmLead, None, "")].into_iter().chain(liaisons).chain(committee).collect()
}

fn stages(choices: &Choices<'_>, schedule: &Schedule<'_>) -> Vec<NewStage> {
    let launch = choices.blueprint.launch_stage_index();
    let stage = |(place, (stage, dates))| {
        let stage: &crate::projects::blueprints::BlueprintStage = stage;
        let dates: &crate::projects::schedule::StageDates = dates;
        NewStage {
            id: StageId::new(),
            code: stage.code.clone(),
            name: stage.name.clone(),
            days: i32::from(stage.days),
            is_launch: place == launch,
            starts_on: dates.starts_on,
            ends_on: dates.ends_on,
        }
    };
    choices.blueprint.stages.iter().zip(&schedule.stages).enumerate().map(stage).collect()
}

fn launch_day(choices: &Choices<'_>, stages: &[NewStage]) -> jiff::civil::Date {
    match choices.anchor {
        Anchor::Launch(date) => date,
        Anchor::Start(date) => stages.iter().find(|stage| stage.is_launch).map_or(date, |stage| stage.starts_on),
    }
}

fn rules(choices: &Choices<'_>, stages: &[NewStage]) -> Vec<NewRule> {
    let kept = choices.blueprint.stages.iter().zip(stages);
    kept.flat_map(|(stage, made)| {
        stage.gate_for(choices.tier).map(|rule| NewRule {
            id: GateRuleId::new(),
            stage_id: made.id,
            text: rule.name.clone(),
            expression: rule.expression.clone(),
            check: rule.check.clone(),
            is_blocking: rule.is_blocking,
        })
    })
    .collect()
}

fn duties(divided: &[Duty<'_>], stages: &[NewStage], parts: &[NewPart]) -> Vec<NewDuty> {
    let ids: HashMap<&str, PartId> = parts.iter().map(|part| (part.code.as_str(), part.id)).collect();
    let letters = |codes: &[String], letter: char| {
        codes.iter().filter_map(|code| Some((*ids.get(code.as_str())?, letter))).collect::<Vec<_>>()
    };
    divided
        .iter()
        .filter_map(|duty| {
            Some(NewDuty {
                id: DutyId::new(),
                stage_id: stages.get(duty.stage)?.id,
                code: duty.item.id.clone(),
                title: duty.item.name.clone(),
                due_day: i32::from(duty.item.due_day),
                is_evidence: duty.item.is_evidence,
                letters: [
                    letters(&duty.letters.responsible, 'R'),
                    letters(std::slice::from_ref(&duty.letters.accountable), 'A'),
                    letters(&duty.letters.consulted, 'C'),
                    letters(&duty.letters.informed, 'I'),
                ]
                .concat(),
            })
        })
        .collect()
}

/// One for each gate, on the last day of its stage, and the day of launch.
fn milestones(choices: &Choices<'_>, stages: &[NewStage]) -> Vec<PlannedMilestone> {
    let (en, zh) = (T(Language::English), T(Language::Chinese));
    let with_gate = choices.blueprint.stages.iter().zip(stages);
    let gates = with_gate.filter(|(stage, _)| stage.gate_for(choices.tier).next().is_some()).map(|(_, stage)| {
        PlannedMilestone {
            id: MilestoneId::new(),
            stage_id: Some(stage.id),
            title: en.gate_milestone(&stage.code, &stage.name.en),
            title_zh: zh.gate_milestone(&stage.code, &stage.name.zh),
            due_on: stage.ends_on,
        }
    });
    let launch = PlannedMilestone {
        id: MilestoneId::new(),
        stage_id: None,
        title: en.gate_launch_day(),
        title_zh: zh.gate_launch_day(),
        due_on: launch_day(choices, stages),
    };
    gates.chain([launch]).collect()
}

fn tasks(
    divided: &[Duty<'_>],
    duties: &[NewDuty],
    schedule: &Schedule<'_>,
    parts: &[NewPart],
    seats: &[NewSeat],
    milestones: &[PlannedMilestone],
) -> Vec<PlannedTask> {
    let dates: HashMap<&str, _> = schedule.items.iter().map(|item| (item.id, item)).collect();
    let rows = divided.iter().zip(duties);
    let tasks = rows.filter_map(|(duty, made)| {
        let owner = duty.letters.responsible.first()?;
        let part = parts.iter().find(|part| part.code == *owner)?;
        let dates = dates.get(duty.item.id.as_str())?;
        Some(PlannedTask {
            id: TaskId::new(),
            number: 0,
            title: made.title.en.clone(),
            title_zh: made.title.zh.clone(),
            part_id: part.id,
            assignee_id: speaker(part, seats),
            starts_on: dates.starts_on,
            due_on: dates.due_on,
            stage_id: made.stage_id,
            milestone_id: milestones.iter().find(|gate| gate.stage_id == Some(made.stage_id)).map(|gate| gate.id),
            duty_id: made.id,
        })
    });
    (1..).zip(tasks).map(|(number, task)| PlannedTask { number, ..task }).collect()
}

/// Who gets the tasks of a part: its liaison, the lead, or the chair.
fn speaker(part: &NewPart, seats: &[NewSeat]) -> Option<PersonId> {
    let speaks = |seat: &&NewSeat| match part.kind {
        PartKind::Lead => seat.role == Role::GtmLead,
        PartKind::Committee => seat.role == Role::Chair,
        PartKind::Department => seat.role == Role::Liaison && seat.part_id == Some(part.id),
    };
    seats.iter().find(speaks).map(|seat| seat.person_id)
}

fn dependencies(choices: &Choices<'_>, duties: &[NewDuty], tasks: &[PlannedTask]) -> Vec<PlannedDependency> {
    let by_duty: HashMap<DutyId, TaskId> = tasks.iter().map(|task| (task.duty_id, task.id)).collect();
    let ids: HashMap<&str, TaskId> =
        duties.iter().filter_map(|duty| Some((duty.code.as_str(), *by_duty.get(&duty.id)?))).collect();
    let of = |(code, task_id): (&&str, &TaskId)| {
        let item = choices.blueprint.item(code);
        let before = item.into_iter().flat_map(|item| choices.blueprint.after(item, choices.tier));
        let task_id = *task_id;
        let before = before.filter_map(|id| ids.get(id).copied());
        before.map(move |waits_on_id| PlannedDependency { task_id, waits_on_id }).collect::<Vec<_>>()
    };
    ids.iter().flat_map(of).collect()
}
