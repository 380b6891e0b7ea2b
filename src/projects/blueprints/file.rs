//! The shape of a blueprint's file, and its way into the model. `rules.rs` says what makes sense in it.

use serde::Deserialize;
use toml::Spanned;

use super::{
    check::Check,
    model::{Blueprint, BlueprintDepartment, BlueprintStage, DepartmentKind, GateRule, Item, Letters, Tier},
    rules,
    source::{BlueprintError, Source},
};

/// A text or code with its place in the file.
pub(super) type Text = Spanned<String>;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct BlueprintFile {
    pub(super) id: Text,
    pub(super) en: Text,
    pub(super) zh: Text,
    pub(super) description_en: Text,
    pub(super) description_zh: Text,
    pub(super) launch_stage: Text,
    pub(super) departments: Vec<DepartmentEntry>,
    pub(super) stages: Vec<StageEntry>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct DepartmentEntry {
    pub(super) code: Text,
    pub(super) kind: Spanned<DepartmentKind>,
    pub(super) en: Text,
    pub(super) zh: Text,
    pub(super) short_en: Text,
    pub(super) short_zh: Text,
    pub(super) falls_back_to: Option<Text>,
    pub(super) core: bool,
    #[serde(default)]
    pub(super) same_as: Vec<Text>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct StageEntry {
    pub(super) code: Text,
    pub(super) en: Text,
    pub(super) zh: Text,
    pub(super) days: Spanned<u16>,
    #[serde(default)]
    pub(super) gate: Vec<GateEntry>,
    #[serde(default)]
    pub(super) items: Vec<ItemEntry>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct GateEntry {
    pub(super) en: Text,
    pub(super) zh: Text,
    pub(super) rule: Text,
    pub(super) blocking: bool,
    pub(super) tier: Tier,
    pub(super) checks: Spanned<Vec<Spanned<Check>>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct ItemEntry {
    pub(super) id: Text,
    pub(super) en: Text,
    pub(super) zh: Text,
    pub(super) letters: LettersEntry,
    pub(super) due: Spanned<u16>,
    #[serde(default)]
    pub(super) after: Vec<Text>,
    pub(super) tier: Tier,
    pub(super) evidence: bool,
    pub(super) output: Text,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct LettersEntry {
    #[serde(rename = "R")]
    pub(super) responsible: Spanned<Vec<Text>>,
    #[serde(rename = "A")]
    pub(super) accountable: Spanned<Accountable>,
    #[serde(rename = "C")]
    pub(super) consulted: Vec<Text>,
    #[serde(rename = "I")]
    pub(super) informed: Vec<Text>,
}

/// A list is read only to say what is wrong with it.
#[derive(Deserialize)]
#[serde(untagged)]
pub(super) enum Accountable {
    One(String),
    Several(Vec<String>),
}

/// Reads and checks one blueprint.
///
/// # Errors
/// The first mistake, with its line.
pub fn parse(source: Source<'_>) -> Result<Blueprint, BlueprintError> {
    let file: BlueprintFile = source.parse()?;
    rules::check(source, &file)?;
    Ok(Blueprint {
        id: source.filled(&file.id)?,
        name: source.bilingual(&file.en, &file.zh)?,
        description: source.bilingual(&file.description_en, &file.description_zh)?,
        launch_stage: source.filled(&file.launch_stage)?,
        departments: file.departments.iter().map(|entry| department(source, entry)).collect::<Result<_, _>>()?,
        stages: file.stages.iter().map(|entry| stage(source, entry)).collect::<Result<_, _>>()?,
    })
}

fn department(source: Source<'_>, entry: &DepartmentEntry) -> Result<BlueprintDepartment, BlueprintError> {
    Ok(BlueprintDepartment {
        code: source.filled(&entry.code)?,
        name: source.bilingual(&entry.en, &entry.zh)?,
        short: source.bilingual(&entry.short_en, &entry.short_zh)?,
        kind: *entry.kind.get_ref(),
        falls_back_to: entry.falls_back_to.as_ref().map(|code| code.get_ref().clone()),
        is_core: entry.core,
        same_as: codes(&entry.same_as),
    })
}

fn stage(source: Source<'_>, entry: &StageEntry) -> Result<BlueprintStage, BlueprintError> {
    Ok(BlueprintStage {
        code: source.filled(&entry.code)?,
        name: source.bilingual(&entry.en, &entry.zh)?,
        days: *entry.days.get_ref(),
        gate: entry.gate.iter().map(|gate| gate_rule(source, gate)).collect::<Result<_, _>>()?,
        items: entry.items.iter().map(|one| item(source, one)).collect::<Result<_, _>>()?,
    })
}

fn gate_rule(source: Source<'_>, entry: &GateEntry) -> Result<GateRule, BlueprintError> {
    let mut parts: Vec<Check> = entry.checks.get_ref().iter().map(|check| check.get_ref().clone()).collect();
    let check = match (parts.pop(), parts.is_empty()) {
        (Some(only), true) => only,
        (Some(last), false) => {
            parts.push(last);
            Check::All { of: parts }
        }
        (None, _) => return Err(source.error_at(entry.checks.span(), "a gate rule needs at least one check")),
    };
    Ok(GateRule {
        name: source.bilingual(&entry.en, &entry.zh)?,
        expression: source.filled(&entry.rule)?,
        check,
        is_blocking: entry.blocking,
        tier: entry.tier,
    })
}

fn item(source: Source<'_>, entry: &ItemEntry) -> Result<Item, BlueprintError> {
    Ok(Item {
        id: source.filled(&entry.id)?,
        name: source.bilingual(&entry.en, &entry.zh)?,
        letters: Letters {
            responsible: codes(entry.letters.responsible.get_ref()),
            accountable: rules::accountable(source, &entry.letters)?.to_owned(),
            consulted: codes(&entry.letters.consulted),
            informed: codes(&entry.letters.informed),
        },
        due_day: *entry.due.get_ref(),
        after: codes(&entry.after),
        tier: entry.tier,
        is_evidence: entry.evidence,
        output: source.filled(&entry.output)?,
    })
}

fn codes(texts: &[Text]) -> Vec<String> {
    texts.iter().map(|text| text.get_ref().clone()).collect()
}
