use super::*;
use crate::projects::blueprints;
use proptest::prelude::*;
use std::collections::HashSet;

fn blueprint(id: &str) -> &'static Blueprint {
    blueprints::by_id(id).unwrap().unwrap()
}

fn letters(responsible: &[&str], accountable: &str, consulted: &[&str], informed: &[&str]) -> Letters {
    Letters {
        responsible: owned(responsible),
        accountable: accountable.to_owned(),
        consulted: owned(consulted),
        informed: owned(informed),
    }
}

#[test]
fn letters_move_along_the_chain_and_the_stronger_stays() {
    let saas = blueprint("b2b-saas");
    let without = |absent: &'static [&'static str], letters: &Letters| {
        StandIns::new(&saas.departments, &|code| !absent.contains(&code)).collapse(letters)
    };
    let cases = [
        // Nobody is missing.
        (letters(&["PM"], "COM", &["RND"], &["FIN"]), &[] as &[&str], letters(&["PM"], "COM", &["RND"], &["FIN"])),
        // A and R meet: both stay.
        (letters(&["RND"], "PM", &[], &[]), &["RND"], letters(&["PM"], "PM", &[], &[])),
        // Two R meet: once.
        (letters(&["PM", "RND"], "LEAD", &[], &[]), &["RND"], letters(&["PM"], "LEAD", &[], &[])),
        // C meets R, and I meets A: C and I go.
        (letters(&["PM"], "LEAD", &["RND"], &["COM"]), &["RND", "COM"], letters(&["PM"], "LEAD", &[], &[])),
        // I meets C: I goes.
        (letters(&["LEAD"], "LEAD", &["SAL"], &["CS"]), &["CS"], letters(&["LEAD"], "LEAD", &["SAL"], &[])),
        // A long chain: DATA, OPS, LEAD.
        (letters(&["DATA"], "DATA", &["PM"], &[]), &["DATA", "OPS"], letters(&["LEAD"], "LEAD", &["PM"], &[])),
        // The lead cannot be missing.
        (letters(&["LEAD"], "LEAD", &[], &[]), &["LEAD"], letters(&["LEAD"], "LEAD", &[], &[])),
    ];
    for (before, absent, after) in cases {
        assert_eq!(without(absent, &before), after, "{before:?} without {absent:?}");
    }
}

#[test]
fn a_lead_alone_bears_everything() {
    for blueprint in blueprints::all().unwrap() {
        for duty in divide(blueprint, Tier::Flagship, &|_| false) {
            assert_eq!(duty.letters, letters(&["LEAD"], "LEAD", &[], &[]), "{}", duty.item.id);
        }
    }
}

#[test]
fn nobody_missing_changes_nothing() {
    for blueprint in blueprints::all().unwrap() {
        for duty in divide(blueprint, Tier::Flagship, &|_| true) {
            assert_eq!(duty.letters, duty.item.letters, "{}", duty.item.id);
        }
    }
}

/// What must hold of a duty, whatever the departments; an error says what does not.
fn fault(duty: &Letters, is_active: &dyn Fn(&str) -> bool) -> Option<&'static str> {
    let has = |codes: &[String], code: &String| codes.contains(code);
    let twice = |codes: &[String]| codes.iter().enumerate().any(|(at, code)| codes[..at].contains(code));
    let a_or_r = |code: &String| *code == duty.accountable || has(&duty.responsible, code);
    let mut everybody = duty.responsible.iter().chain([&duty.accountable]).chain(&duty.consulted).chain(&duty.informed);
    if duty.responsible.is_empty() {
        Some("nobody does it")
    } else if everybody.any(|code| code != "LEAD" && !is_active(code)) {
        Some("a letter of a department that takes no part")
    } else if duty.consulted.iter().chain(&duty.informed).any(a_or_r) {
        Some("C or I beside A or R")
    } else if duty.informed.iter().any(|code| has(&duty.consulted, code)) {
        Some("I beside C")
    } else if [&duty.responsible, &duty.consulted, &duty.informed].into_iter().any(|codes| twice(codes)) {
        Some("a letter twice")
    } else {
        None
    }
}

/// The departments whose absence can touch an item: those with a letter and those on their chains, the lead aside.
fn concerned(blueprint: &'static Blueprint, letters: &Letters) -> Vec<&'static str> {
    let mut codes = Vec::new();
    for code in
        letters.responsible.iter().chain([&letters.accountable]).chain(&letters.consulted).chain(&letters.informed)
    {
        let mut next = blueprint.department(code);
        while let Some(department) = next.filter(|department| department.kind != DepartmentKind::Lead) {
            if !codes.contains(&department.code.as_str()) {
                codes.push(department.code.as_str());
            }
            next = department.falls_back_to.as_deref().and_then(|code| blueprint.department(code));
        }
    }
    codes
}

/// Every subset of the departments that can be switched off, the committee among them, for every item. Only the
/// departments that concern an item are enumerated, once with all the others present and once with none: the result
/// must be the same.
#[test]
fn every_subset_of_departments_divides_every_item() {
    for blueprint in blueprints::all().unwrap() {
        for (_, item) in blueprint.items_for(Tier::Flagship) {
            let concerned = concerned(blueprint, &item.letters);
            for choice in 0_u32..1 << concerned.len() {
                let collapse = |others: bool| {
                    let is_active = |code: &str| {
                        concerned.iter().position(|one| *one == code).map_or(others, |bit| choice & (1 << bit) != 0)
                    };
                    let collapsed = StandIns::new(&blueprint.departments, &is_active).collapse(&item.letters);
                    assert_eq!(fault(&collapsed, &is_active), None, "{} with {choice:b} of {concerned:?}", item.id);
                    collapsed
                };
                assert_eq!(collapse(true), collapse(false), "{}", item.id);
            }
        }
    }
}

fn choices() -> impl Strategy<Value = (&'static Blueprint, HashSet<&'static str>, Tier)> {
    let blueprints = prop::sample::select(blueprints::all().unwrap().iter().collect::<Vec<_>>());
    (blueprints, any::<u32>(), prop::sample::select(Tier::ALL.to_vec())).prop_map(|(blueprint, choice, tier)| {
        let codes = blueprint.departments.iter().map(|department| department.code.as_str()).enumerate();
        (blueprint, codes.filter(|(bit, _)| choice & (1 << bit) != 0).map(|(_, code)| code).collect(), tier)
    })
}

proptest! {
    #[test]
    fn a_divided_project_stays_as_it_is((blueprint, active, tier) in choices()) {
        let is_active = |code: &str| active.contains(code);
        let stand_ins = StandIns::new(&blueprint.departments, &is_active);
        for duty in divide(blueprint, tier, &is_active) {
            prop_assert!(duty.item.tier.is_kept_for(tier));
            prop_assert_eq!(fault(&duty.letters, &is_active), None);
            prop_assert_eq!(&stand_ins.collapse(&duty.letters), &duty.letters);
        }
    }

    #[test]
    fn tiers_only_leave_items_out((blueprint, active, tier) in choices()) {
        let is_active = |code: &str| active.contains(code);
        let mut all = divide(blueprint, Tier::Flagship, &is_active);
        all.retain(|duty| duty.item.tier.is_kept_for(tier));
        prop_assert_eq!(divide(blueprint, tier, &is_active), all);
    }

    #[test]
    fn switching_off_one_more_equals_switching_off_both((blueprint, active, _) in choices(), last in any::<u8>()) {
        // In two steps or in one: what a department inherited goes on along its own chain.
        let gone = &blueprint.departments[usize::from(last) % blueprint.departments.len()].code;
        let first = StandIns::new(&blueprint.departments, &|code| active.contains(code) || code == gone);
        let then = StandIns::new(&blueprint.departments, &|code| active.contains(code) && code != gone);
        for (_, item) in blueprint.items_for(Tier::Flagship) {
            let in_two = then.collapse(&first.collapse(&item.letters));
            let in_one = then.collapse(&item.letters);
            prop_assert_eq!(in_two.accountable, in_one.accountable);
            prop_assert_eq!(in_two.responsible, in_one.responsible);
        }
    }
}
