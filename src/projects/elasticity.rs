//! The elastic division of labour (ARCHITECTURE §2, "duty"): a project need not fill every box. A department that takes no
//! part hands its letters along its chain of fallbacks to the first active one. Pure.
//!
//! Where letters then meet in one department:
//!
//! - A and R both stay;
//! - C and I go when it is A or R;
//! - I goes when it is C.
//!
//! So every item keeps exactly one A and at least one R, whichever departments are switched off. The lead is always
//! active and ends every chain; the committee is active once it is seated.

use std::collections::HashMap;

use super::blueprints::{Blueprint, BlueprintDepartment, DepartmentKind, Item, Letters, Tier};

/// An item with the letters of the departments that are active in a project.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Duty<'a> {
    /// The place of its stage in the blueprint, from 0.
    pub stage: usize,
    /// The item as the blueprint has it.
    pub item: &'a Item,
    /// Who does, answers, is asked and is told, among the active departments.
    pub letters: Letters,
}

/// Who takes over from whom, for one choice of active departments.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StandIns<'a> {
    /// By code, the code of the department that bears its letters.
    bearers: HashMap<&'a str, &'a str>,
}

impl<'a> StandIns<'a> {
    /// Works out the chains. `is_active` is asked by code; the lead is active whatever it answers.
    pub fn new(departments: &'a [BlueprintDepartment], is_active: &dyn Fn(&str) -> bool) -> Self {
        let active: Vec<bool> = departments
            .iter()
            .map(|department| department.kind == DepartmentKind::Lead || is_active(&department.code))
            .collect();
        let place = |code: &str| departments.iter().position(|department| department.code == code);
        let lead = departments.iter().position(|department| department.kind == DepartmentKind::Lead).unwrap_or(0);
        let next: Vec<usize> = departments
            .iter()
            .map(|department| department.falls_back_to.as_deref().and_then(place).unwrap_or(lead))
            .collect();
        let bearers = departments.iter().enumerate().filter_map(|(start, department)| {
            let bearer = departments.get(first_active(start, &active, &next, lead))?;
            Some((department.code.as_str(), bearer.code.as_str()))
        });
        Self { bearers: bearers.collect() }
    }

    /// The code of the department that bears this one's letters: itself when it is active. A code that the blueprint
    /// does not know has none.
    pub fn bearer_of(&self, code: &str) -> Option<&'a str> {
        self.bearers.get(code).copied()
    }

    /// The letters of an item after the collapse. The order of the codes is kept.
    pub fn collapse(&self, letters: &Letters) -> Letters {
        let accountable = self.bearer_of(&letters.accountable).unwrap_or(&letters.accountable);
        let responsible = self.merge(&letters.responsible, &[]);
        let doing = [responsible.as_slice(), &[accountable]].concat();
        let consulted = self.merge(&letters.consulted, &doing);
        let informed = self.merge(&letters.informed, &[doing, consulted.clone()].concat());
        Letters {
            accountable: accountable.to_owned(),
            responsible: owned(&responsible),
            consulted: owned(&consulted),
            informed: owned(&informed),
        }
    }

    /// The bearers of these codes, each once, without those that already have a stronger letter.
    fn merge<'c>(&self, codes: &'c [String], stronger: &[&'c str]) -> Vec<&'c str>
    where
        'a: 'c,
    {
        let mut merged = Vec::with_capacity(codes.len());
        for code in codes {
            let bearer = self.bearer_of(code).unwrap_or(code);
            if !stronger.contains(&bearer) && !merged.contains(&bearer) {
                merged.push(bearer);
            }
        }
        merged
    }
}

/// The division of labour of a project: the items that its tier keeps, with the letters of its active departments.
pub fn divide<'a>(blueprint: &'a Blueprint, launch: Tier, is_active: &dyn Fn(&str) -> bool) -> Vec<Duty<'a>> {
    let stand_ins = StandIns::new(&blueprint.departments, is_active);
    blueprint
        .items_for(launch)
        .map(|(stage, item)| Duty { stage, item, letters: stand_ins.collapse(&item.letters) })
        .collect()
}

/// Follows the fallbacks to the first active department; at most as many steps as there are departments, then the lead.
fn first_active(start: usize, active: &[bool], next: &[usize], lead: usize) -> usize {
    let mut at = start;
    for _ in next {
        if active.get(at).copied().unwrap_or_default() {
            return at;
        }
        at = next.get(at).copied().unwrap_or(lead);
    }
    lead
}

fn owned(codes: &[&str]) -> Vec<String> {
    codes.iter().map(|code| (*code).to_owned()).collect()
}

#[cfg(test)]
mod tests;
