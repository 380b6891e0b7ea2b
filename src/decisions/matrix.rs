//! The escalation matrix (ARCHITECTURE §6): which kinds of disagreement there are between two departments, and how long each
//! step may take. Read from `blueprints/escalations.toml`. Pure.

use std::sync::OnceLock;

use serde::{Deserialize, Serialize};
use toml::Spanned;

use crate::{
    platform::locale::{Bilingual, T},
    platform::working_time::Calendar,
    projects::blueprints::{BlueprintError, Source},
};

/// The whole matrix.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EscalationMatrix {
    /// How cases are sorted; each has its limits.
    pub categories: Vec<Category>,
    /// Kinds by pair of departments, in the order of the file.
    pub pairs: Vec<Pair>,
}

/// A sort of case, with the working time of each step.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Category {
    /// Stable code such as `price`.
    pub code: String,
    /// Its name.
    pub name: Bilingual,
    /// How long each step may take.
    pub limits: StepLimits,
    /// When a case of this category opens by itself, in words.
    pub starts_when: Bilingual,
}

/// The working time of the three steps.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct StepLimits {
    /// Step 1, the two liaisons; `None` when the case starts with the lead.
    pub liaisons: Option<Limit>,
    /// Step 2, the GTM lead.
    pub lead: Limit,
    /// Step 3, the committee.
    pub committee: Limit,
}

/// For a case whose category the matrix no longer has: the longest limits that any category ever had.
pub const PATIENT: StepLimits =
    StepLimits { liaisons: Some(Limit::Days(2)), lead: Limit::Days(3), committee: Limit::Days(7) };

/// A span of working time.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Limit {
    /// Working hours.
    Hours(u16),
    /// Working days.
    Days(u16),
}

impl Limit {
    /// Its length in working minutes of this calendar.
    pub fn minutes(self, calendar: &Calendar) -> i64 {
        match self {
            Self::Hours(hours) => i64::from(hours) * 60,
            Self::Days(days) => i64::from(days) * calendar.minutes_per_day(),
        }
    }

    fn is_zero(self) -> bool {
        matches!(self, Self::Hours(0) | Self::Days(0))
    }
}

/// A pair of departments, or of groups of them, with its kinds of disagreement.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Pair {
    /// What the pair is called.
    pub name: Bilingual,
    /// The two sides, in no order.
    pub between: [Side; 2],
    /// The kinds between them.
    pub kinds: Vec<Kind>,
}

/// One side of a pair.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Side {
    /// Any department.
    Any,
    /// One of these codes.
    OneOf(Vec<String>),
}

impl Side {
    fn includes(&self, code: &str) -> bool {
        match self {
            Self::Any => true,
            Self::OneOf(codes) => codes.iter().any(|one| one == code),
        }
    }
}

/// A kind of disagreement.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Kind {
    /// Stable code such as `requirement_churn`, unique in the matrix.
    pub code: String,
    /// Its name.
    pub name: Bilingual,
    /// Code of its category.
    pub category: String,
    /// What to bring as evidence, in words.
    pub evidence: Bilingual,
}

impl EscalationMatrix {
    /// The category with this code.
    pub fn category(&self, code: &str) -> Option<&Category> {
        self.categories.iter().find(|category| category.code == code)
    }

    /// The kind with this code.
    pub fn kind(&self, code: &str) -> Option<&Kind> {
        self.pairs.iter().flat_map(|pair| &pair.kinds).find(|kind| kind.code == code)
    }

    /// The limits that a kind's category sets.
    pub fn limits_of(&self, kind: &Kind) -> Option<StepLimits> {
        self.category(&kind.category).map(|category| category.limits)
    }

    /// The kinds that fit two departments, by code; `(a, b)` and `(b, a)` answer the same. Two departments that the
    /// file does not name still have the kinds of any pair.
    pub fn kinds_for(&self, departments: (&str, &str)) -> Vec<&Kind> {
        let (a, b) = departments;
        let fits = |pair: &&Pair| {
            let [one, other] = &pair.between;
            (one.includes(a) && other.includes(b)) || (one.includes(b) && other.includes(a))
        };
        self.pairs.iter().filter(fits).flat_map(|pair| &pair.kinds).collect()
    }
}

/// The file that the matrix is read from.
const FILE: Source<'static> = Source {
    file: "blueprints/escalations.toml",
    text: include_str!(concat!(env!("CARGO_MANIFEST_DIR"), "/blueprints/escalations.toml")),
};

/// The matrix, read once. Called at the start, so that a mistake in the file stops it.
///
/// # Errors
/// The first mistake, with its line.
pub fn matrix() -> Result<&'static EscalationMatrix, BlueprintError> {
    static MATRIX: OnceLock<Result<EscalationMatrix, BlueprintError>> = OnceLock::new();
    match MATRIX.get_or_init(|| parse(FILE)) {
        Ok(matrix) => Ok(matrix),
        Err(error) => Err(error.clone()),
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct MatrixFile {
    core_team: Vec<String>,
    categories: Vec<CategoryEntry>,
    pairs: Vec<PairEntry>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct CategoryEntry {
    code: Spanned<String>,
    en: Spanned<String>,
    zh: Spanned<String>,
    liaisons: Option<Spanned<Limit>>,
    lead: Spanned<Limit>,
    committee: Spanned<Limit>,
    starts_en: Spanned<String>,
    starts_zh: Spanned<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct PairEntry {
    en: Spanned<String>,
    zh: Spanned<String>,
    between: [Spanned<Vec<String>>; 2],
    evidence_en: Spanned<String>,
    evidence_zh: Spanned<String>,
    kinds: Vec<KindEntry>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct KindEntry {
    code: Spanned<String>,
    en: Spanned<String>,
    zh: Spanned<String>,
    category: Spanned<String>,
}

/// Reads and checks a matrix.
///
/// # Errors
/// The first mistake, with its line.
pub fn parse(source: Source<'_>) -> Result<EscalationMatrix, BlueprintError> {
    let file: MatrixFile = source.parse()?;
    source.distinct(file.categories.iter().map(|category| &category.code), "category")?;
    source.distinct(file.pairs.iter().flat_map(|pair| &pair.kinds).map(|kind| &kind.code), "kind")?;
    let categories: Vec<Category> =
        file.categories.iter().map(|entry| category(source, entry)).collect::<Result<_, _>>()?;
    let pairs = file.pairs.iter().map(|entry| pair(source, entry, &file.core_team, &categories));
    let pairs: Vec<Pair> = pairs.collect::<Result<_, _>>()?;
    if !pairs.iter().any(|pair| pair.between == [Side::Any, Side::Any]) {
        return Err(source.error_at(0..0, "no pair is for any two departments"));
    }
    Ok(EscalationMatrix { categories, pairs })
}

fn category(source: Source<'_>, entry: &CategoryEntry) -> Result<Category, BlueprintError> {
    for limit in entry.liaisons.iter().chain([&entry.lead, &entry.committee]) {
        if limit.get_ref().is_zero() {
            return Err(source.error_at(limit.span(), "a step needs some time; leave out `liaisons` to skip it"));
        }
    }
    Ok(Category {
        code: source.filled(&entry.code)?,
        name: source.bilingual(&entry.en, &entry.zh)?,
        limits: StepLimits {
            liaisons: entry.liaisons.as_ref().map(|limit| *limit.get_ref()),
            lead: *entry.lead.get_ref(),
            committee: *entry.committee.get_ref(),
        },
        starts_when: source.bilingual(&entry.starts_en, &entry.starts_zh)?,
    })
}

fn pair(
    source: Source<'_>,
    entry: &PairEntry,
    core_team: &[String],
    categories: &[Category],
) -> Result<Pair, BlueprintError> {
    let evidence = source.bilingual(&entry.evidence_en, &entry.evidence_zh)?;
    let mut kinds = Vec::with_capacity(entry.kinds.len());
    for kind in &entry.kinds {
        let category = kind.category.get_ref();
        if !categories.iter().any(|known| known.code == *category) {
            return Err(source.error_at(kind.category.span(), format!("unknown category \"{category}\"")));
        }
        kinds.push(Kind {
            code: source.filled(&kind.code)?,
            name: source.bilingual(&kind.en, &kind.zh)?,
            category: category.clone(),
            evidence: evidence.clone(),
        });
    }
    let [one, other] = &entry.between;
    let between = [side(source, one, core_team)?, side(source, other, core_team)?];
    Ok(Pair { name: source.bilingual(&entry.en, &entry.zh)?, between, kinds })
}

fn side(source: Source<'_>, entry: &Spanned<Vec<String>>, core_team: &[String]) -> Result<Side, BlueprintError> {
    match entry.get_ref().as_slice() {
        [] => Err(source.error_at(entry.span(), "one side of the pair names nobody")),
        [group] if group == "any" => Ok(Side::Any),
        [group] if group == "core_team" => Ok(Side::OneOf(core_team.to_vec())),
        codes if codes.iter().any(|code| code == "any" || code == "core_team") => {
            Err(source.error_at(entry.span(), "\"any\" and \"core_team\" stand alone"))
        }
        codes => Ok(Side::OneOf(codes.to_vec())),
    }
}

/// A kind with its category, unless one of them says the other already: `Priority`, not `Priority (Resources and priority)`.
#[must_use]
pub fn named(t: T, kind: &str, category: &str) -> String {
    let (one, other) = (kind.to_lowercase(), category.to_lowercase());
    if one.contains(&other) || other.contains(&one) {
        kind.to_owned()
    } else {
        t.decisions_kind_with_category(kind, category)
    }
}

#[cfg(test)]
mod tests;
