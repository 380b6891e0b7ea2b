//! What must be true of a blueprint beyond its shape. Each mistake names its line.

use std::collections::HashMap;

use super::{
    file::{Accountable, BlueprintFile, DepartmentEntry, GateEntry, ItemEntry, LettersEntry, Text},
    model::{DepartmentKind, Tier},
    source::{BlueprintError, Source},
};

type Checked = Result<(), BlueprintError>;

/// Where an item stands: place of its stage, due day in it, place in the file; and what gates need to know of it.
struct Place {
    order: (usize, u16, usize),
    tier: Tier,
    is_evidence: bool,
}

/// Checks a whole file.
///
/// # Errors
/// The first mistake.
pub(super) fn check(source: Source<'_>, file: &BlueprintFile) -> Checked {
    departments(source, &file.departments)?;
    stages(source, file)?;
    let places = places(file);
    let known: Vec<&str> = file.departments.iter().map(|department| department.code.get_ref().as_str()).collect();
    for (at, stage) in file.stages.iter().enumerate() {
        for item in &stage.items {
            letters(source, &item.letters, &known)?;
            dates(source, item, *stage.days.get_ref(), &places)?;
        }
        for gate in &stage.gate {
            gate_rule(source, gate, at, &places)?;
        }
    }
    Ok(())
}

fn departments(source: Source<'_>, entries: &[DepartmentEntry]) -> Checked {
    source.distinct(entries.iter().map(|entry| &entry.code), "department")?;
    source.distinct(entries.iter().map(|entry| &entry.short_en), "short name")?;
    source.distinct(entries.iter().map(|entry| &entry.short_zh), "short name")?;
    source.distinct(entries.iter().flat_map(|entry| &entry.same_as), "organisation's department")?;
    one_of_a_kind(source, entries, DepartmentKind::Lead, "GTM lead")?;
    one_of_a_kind(source, entries, DepartmentKind::Committee, "committee")?;
    let fallbacks: HashMap<&str, Option<&Text>> =
        entries.iter().map(|entry| (entry.code.get_ref().as_str(), entry.falls_back_to.as_ref())).collect();
    for entry in entries {
        for (short, length) in [(&entry.short_en, 2), (&entry.short_zh, 1)] {
            if short.get_ref().chars().count() != length {
                return Err(source.error_at(short.span(), "a short name is two letters in English, one in Chinese"));
            }
        }
        for alias in &entry.same_as {
            if fallbacks.contains_key(alias.get_ref().as_str()) {
                let what = format!("\"{}\" is a department of this file and cannot fill another", alias.get_ref());
                return Err(source.error_at(alias.span(), what));
            }
        }
        fallback(source, entry, &fallbacks)?;
    }
    Ok(())
}

fn one_of_a_kind(source: Source<'_>, entries: &[DepartmentEntry], kind: DepartmentKind, thing: &str) -> Checked {
    let mut of_kind = entries.iter().filter(|entry| *entry.kind.get_ref() == kind);
    if of_kind.next().is_none() {
        return Err(source.error_at(0..0, format!("no department is the {thing}")));
    }
    match of_kind.next() {
        Some(second) => Err(source.error_at(second.kind.span(), format!("there is a {thing} already"))),
        None => Ok(()),
    }
}

/// Every chain of fallbacks must end at the lead, who has none.
fn fallback(source: Source<'_>, entry: &DepartmentEntry, fallbacks: &HashMap<&str, Option<&Text>>) -> Checked {
    let is_lead = *entry.kind.get_ref() == DepartmentKind::Lead;
    let first = match &entry.falls_back_to {
        Some(code) if is_lead => return Err(source.error_at(code.span(), "the GTM lead falls back to nobody")),
        Some(code) => code,
        None if is_lead => return Ok(()),
        None => {
            let what = format!("department \"{}\" falls back to nobody", entry.code.get_ref());
            return Err(source.error_at(entry.code.span(), what));
        }
    };
    let (mut at, mut steps) = (Some(first), 0);
    while let Some(code) = at {
        steps += 1;
        if steps > fallbacks.len() {
            let what = format!("the fallbacks of \"{}\" run in a circle", entry.code.get_ref());
            return Err(source.error_at(first.span(), what));
        }
        match fallbacks.get(code.get_ref().as_str()) {
            Some(next) => at = *next,
            None => return Err(unknown_department(source, code)),
        }
    }
    Ok(())
}

fn unknown_department(source: Source<'_>, code: &Text) -> BlueprintError {
    source.error_at(code.span(), format!("unknown department \"{}\"", code.get_ref()))
}

fn stages(source: Source<'_>, file: &BlueprintFile) -> Checked {
    source.distinct(file.stages.iter().map(|stage| &stage.code), "stage")?;
    source.distinct(file.stages.iter().flat_map(|stage| &stage.items).map(|item| &item.id), "item")?;
    let launch = file.launch_stage.get_ref();
    if !file.stages.iter().any(|stage| stage.code.get_ref() == launch) {
        return Err(source.error_at(file.launch_stage.span(), format!("unknown stage \"{launch}\"")));
    }
    let has_items = file.stages.iter().any(|stage| !stage.items.is_empty());
    for stage in &file.stages {
        if *stage.days.get_ref() == 0 {
            return Err(source.error_at(stage.days.span(), "a stage lasts at least one day"));
        }
        if has_items && stage.items.is_empty() {
            let what = format!("stage \"{}\" has no items", stage.code.get_ref());
            return Err(source.error_at(stage.code.span(), what));
        }
    }
    Ok(())
}

fn places(file: &BlueprintFile) -> HashMap<&str, Place> {
    let items = file.stages.iter().enumerate().flat_map(|(at, stage)| stage.items.iter().map(move |item| (at, item)));
    items
        .enumerate()
        .map(|(line, (stage, item))| {
            let order = (stage, *item.due.get_ref(), line);
            (item.id.get_ref().as_str(), Place { order, tier: item.tier, is_evidence: item.evidence })
        })
        .collect()
}

/// The one department that answers.
///
/// # Errors
/// When it is not one.
pub(super) fn accountable<'a>(source: Source<'_>, letters: &'a LettersEntry) -> Result<&'a str, BlueprintError> {
    match letters.accountable.get_ref() {
        Accountable::One(code) => Ok(code),
        Accountable::Several(codes) => {
            let what = format!("exactly one department answers for an item (A), here {}", codes.len());
            Err(source.error_at(letters.accountable.span(), what))
        }
    }
}

fn letters(source: Source<'_>, entry: &LettersEntry, known: &[&str]) -> Checked {
    let answers = accountable(source, entry)?;
    if !known.contains(&answers) {
        return Err(source.error_at(entry.accountable.span(), format!("unknown department \"{answers}\"")));
    }
    if entry.responsible.get_ref().is_empty() {
        return Err(source.error_at(entry.responsible.span(), "at least one department does the work (R)"));
    }
    let mut seen: Vec<&str> = Vec::new();
    let doing = entry.responsible.get_ref().iter().map(|code| (code, false));
    let others = entry.consulted.iter().chain(&entry.informed).map(|code| (code, true));
    for (code, is_asked_or_told) in doing.chain(others) {
        let name = code.get_ref().as_str();
        if !known.contains(&name) {
            return Err(unknown_department(source, code));
        }
        if seen.contains(&name) || (is_asked_or_told && name == answers) {
            return Err(source.error_at(code.span(), format!("department \"{name}\" has more than one letter here")));
        }
        seen.push(name);
    }
    Ok(())
}

fn dates(source: Source<'_>, item: &ItemEntry, days: u16, places: &HashMap<&str, Place>) -> Checked {
    let due = *item.due.get_ref();
    if due == 0 || due > days {
        return Err(source.error_at(item.due.span(), format!("due on day {due} of a stage of {days} days")));
    }
    source.distinct(&item.after, "item")?;
    let own = places.get(item.id.get_ref().as_str());
    for before in &item.after {
        let name = before.get_ref();
        match (places.get(name.as_str()), own) {
            (None, _) => return Err(source.error_at(before.span(), format!("unknown item \"{name}\""))),
            (Some(place), Some(own)) if place.order >= own.order => {
                let what = format!("item \"{name}\" comes later and cannot be waited for");
                return Err(source.error_at(before.span(), what));
            }
            (Some(_), _) => {}
        }
    }
    Ok(())
}

fn gate_rule(source: Source<'_>, gate: &GateEntry, stage: usize, places: &HashMap<&str, Place>) -> Checked {
    for check in gate.checks.get_ref() {
        let refuse = |what: String| Err(source.error_at(check.span(), what));
        for name in check.get_ref().items() {
            match places.get(name) {
                None => return refuse(format!("unknown item \"{name}\"")),
                Some(place) if place.order.0 > stage => {
                    return refuse(format!("item \"{name}\" belongs to a later stage than the gate that reads it"));
                }
                Some(place) if place.tier < gate.tier => {
                    return refuse(format!("item \"{name}\" is dropped in launches that keep this rule"));
                }
                Some(place) if !place.is_evidence => {
                    return refuse(format!("item \"{name}\" is read by a gate and must be evidence"));
                }
                Some(_) => {}
            }
        }
        if let Some(fault) = check.get_ref().attestations().into_iter().find_map(|figure| figure.fault()) {
            return refuse(fault.to_owned());
        }
    }
    Ok(())
}
