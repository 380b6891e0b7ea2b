//! What a project begins with, worked out from its blueprint as the application does it: which task has which number,
//! who has it, on which days it starts and ends; and how the stages that lie behind went.

use super::projects::Project;
use crate::{
    demo::model::Trouble,
    platform::locale::Bilingual,
    projects::{
        blueprints::{self, Blueprint, DepartmentKind, Tier},
        elasticity::divide,
    },
};

/// What a project begins with.
#[derive(Debug)]
pub struct Plan {
    /// In their order; days are working days from today.
    pub stages: Vec<PlannedStage>,
    /// By number, from 1.
    pub items: Vec<PlannedItem>,
}

/// A stage.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PlannedStage {
    /// Its code.
    pub code: String,
    /// Its name.
    pub name: Bilingual,
    /// First day.
    pub from: i32,
    /// Last day.
    pub to: i32,
}

/// A task made from an item of the blueprint.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PlannedItem {
    /// The item's code.
    pub code: String,
    /// Place of its stage, from 0.
    pub stage: usize,
    /// Key of the person who has it.
    pub assignee: String,
    /// The day it is due.
    pub due: i32,
}

impl Plan {
    /// Of a project.
    ///
    /// # Errors
    /// When the project names a blueprint or a department that there is none of.
    pub fn of(project: &Project) -> Result<Self, Trouble> {
        let unknown = |what: &str| Trouble::new(format!("{}: no such {what}", project.key));
        let blueprint = blueprints::by_id(&project.blueprint).map_err(Trouble::new)?;
        let blueprint = blueprint.ok_or_else(|| unknown("blueprint"))?;
        let tier = Tier::from_number(project.tier).ok_or_else(|| unknown("tier"))?;
        let has_committee = !project.chair.is_empty();
        let is_active = |code: &str| {
            let kind = blueprint.department(code).map(|department| department.kind);
            (kind == Some(DepartmentKind::Committee) && has_committee) || project.liaisons.contains_key(code)
        };
        let stages = stages(blueprint, project.launch);
        let items = divide(blueprint, tier, &is_active).into_iter().map(|duty| {
            let part = duty.letters.responsible.first().ok_or_else(|| unknown("department"))?;
            let stage = stages.get(duty.stage).ok_or_else(|| unknown("stage"))?;
            Ok(PlannedItem {
                code: duty.item.id.clone(),
                stage: duty.stage,
                assignee: speaker(project, blueprint, part).ok_or_else(|| unknown("liaison"))?.to_owned(),
                due: stage.from + i32::from(duty.item.due_day) - 1,
            })
        });
        Ok(Self { items: items.collect::<Result<_, Trouble>>()?, stages })
    }

    /// The stage with this code, and the one after it.
    #[must_use]
    pub fn stage(&self, code: &str) -> Option<(usize, &PlannedStage)> {
        self.stages.iter().enumerate().find(|(_, stage)| stage.code == code)
    }
}

/// The launch stage starts on the launch date; earlier ones lie before it, later ones behind it.
fn stages(blueprint: &Blueprint, launch: i32) -> Vec<PlannedStage> {
    let before: i32 = blueprint.stages.iter().take(blueprint.launch_stage_index()).map(|one| i32::from(one.days)).sum();
    let mut from = launch - before;
    let stages = blueprint.stages.iter().map(|stage| {
        let planned = PlannedStage {
            code: stage.code.clone(),
            name: stage.name.clone(),
            from,
            to: from + i32::from(stage.days) - 1,
        };
        from = planned.to + 1;
        planned
    });
    stages.collect()
}

fn speaker<'a>(project: &'a Project, blueprint: &Blueprint, part: &str) -> Option<&'a str> {
    match blueprint.department(part)?.kind {
        DepartmentKind::Lead => Some(&project.lead),
        DepartmentKind::Committee => project.committee.get(&project.chair).map(String::as_str),
        DepartmentKind::Department => project.liaisons.get(part).map(String::as_str),
    }
}
