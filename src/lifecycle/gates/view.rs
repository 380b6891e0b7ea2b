//! A gate in the reader's words.

use super::{
    conditions::{ConditionRow, condition_row},
    facts::{Attested, GateFacts, Stage, StageState},
    model::{Refusal, RuleState},
    rulings::Ruling,
    words::words,
};
use crate::{
    platform::{ids::AttestationId, locale::T},
    projects::{
        Standing,
        blueprints::{Attestation, Unit},
    },
    web::{Shell, paths, ui::Choice},
};

/// One stage of the way.
#[derive(Debug)]
pub struct StageLink {
    /// Its gate's page.
    pub href: String,
    /// `A1`.
    pub code: String,
    /// Its name.
    pub name: String,
    /// The one shown.
    pub is_here: bool,
    /// Icon.
    pub icon: &'static str,
    /// The icon in words.
    pub state: String,
}

/// One rule.
#[derive(Debug)]
pub struct RuleRow {
    /// Element id.
    pub id: String,
    /// In words.
    pub text: String,
    /// How its conditions go together, when not simply all of them must hold.
    pub together: Option<String>,
    /// Holds, or not yet, or waits for a word.
    pub state: String,
    /// `ok`, `bad`, `warn`.
    pub tone: &'static str,
    /// Keeps the gate closed.
    pub is_blocking: bool,
    /// The decision that waives it: words and address.
    pub waived: Option<(String, String)>,
    /// The decision whose waiver has ended, when an earlier gate owes it: words and address.
    pub carried: Option<(String, String)>,
    /// One by one.
    pub conditions: Vec<ConditionRow>,
}

/// What was attested and the form to attest again.
#[derive(Debug)]
pub struct Word {
    /// Who and when; empty when never.
    pub by: String,
    /// The value in words.
    pub value: String,
    /// Whether that is enough.
    pub is_enough: bool,
    /// Where to see it.
    pub evidence: String,
    /// The form.
    pub form: WordForm,
}

/// The form to attest a figure.
#[derive(Debug)]
pub struct WordForm {
    /// Where it is posted to.
    pub action: String,
    /// Of the attestation that it makes.
    pub id: AttestationId,
    /// Which figure.
    pub metric: String,
    /// Label of the field.
    pub label: String,
    /// What it must be.
    pub wanted: String,
    /// Yes or no rather than a number.
    pub choices: Vec<Choice>,
    /// Id of the value's field.
    pub value_id: String,
    /// Id of the link's field.
    pub evidence_id: String,
    /// What stands in it.
    pub value: String,
    /// What stands in it.
    pub evidence: String,
    /// A mistake was made in it.
    pub is_open: bool,
    /// Where an indicator is made that answers the figure instead; empty where none can.
    pub kpi_href: String,
}

/// What somebody typed into one of the forms.
#[derive(Debug, Default)]
pub struct Typed {
    /// Rule and figure.
    pub of: String,
    /// As typed.
    pub value: String,
    /// As typed.
    pub evidence: String,
}

/// `<rule>-<metric>`: what the ids of a form's fields end with.
pub fn word_key(rule: impl std::fmt::Display, metric: &str) -> String {
    format!("{rule}-{metric}")
}

/// The way through the stages.
pub fn stage_links(t: T, key: &str, facts: &GateFacts, here: &Stage) -> Vec<StageLink> {
    let link = |stage: &Stage| {
        let (icon, state) = match stage.state {
            StageState::Passed => ("passed", t.gate_stage_passed()),
            StageState::Current => ("doing", t.gate_stage_current()),
            StageState::Ahead => ("gem", t.gate_stage_ahead()),
        };
        StageLink {
            href: gate_path(key, &stage.code),
            code: stage.code.clone(),
            name: t.pair(&stage.name_en, &stage.name_zh).to_owned(),
            is_here: stage.id == here.id,
            icon,
            state,
        }
    };
    facts.stages.iter().map(link).collect()
}

/// The page of a stage's gate.
pub fn gate_path(key: &str, stage: &str) -> String {
    paths::project(key, &format!("gates/{stage}")).to_string()
}

/// The rules of the gate, as the person reads them.
pub fn rule_rows(of: &Standing, stage: &Stage, states: &[RuleState<'_>], typed: &Typed) -> Vec<RuleRow> {
    let (shell, key, t) = (&of.shell, &of.project.key, of.shell.t);
    let row = |state: &RuleState<'_>| {
        let (tone, word) = match (state.holds, state.needs_attestation, state.rule.is_blocking) {
            _ if state.waived.is_some() => ("info", t.gate_waived()),
            (true, _, _) => ("ok", t.gate_holds()),
            (false, true, _) => ("warn", t.gate_waits_for_word()),
            (false, false, true) => ("bad", t.gate_does_not_hold()),
            (false, false, false) => ("warn", t.gate_does_not_hold()),
        };
        RuleRow {
            id: format!("rule-{}", state.rule.id),
            text: t.pair(&state.rule.text_en, &state.rule.text_zh).to_owned(),
            together: state.rule.check.has_choice().then(|| t.gate_together(words(t, &state.rule.check))),
            state: word,
            tone,
            is_blocking: state.rule.is_blocking,
            waived: state.waived.map(|waiver| {
                let words = t.gate_waived_by(format!("D-{}", waiver.decision), shell.day(waiver.until_on));
                (words, paths::decision(key, waiver.decision).to_string())
            }),
            carried: state.carried.map(|carried| {
                let until = shell.day(carried.until_on);
                let words = t.gate_carried(format!("D-{}", carried.decision), &carried.code, until);
                (words, paths::decision(key, carried.decision).to_string())
            }),
            conditions: state.conditions.iter().map(|one| condition_row(of, stage, state, one, typed)).collect(),
        }
    };
    states.iter().map(row).collect()
}

/// What the lead says of a figure, or says that it holds, and the form to say so.
pub fn word(
    shell: &Shell,
    key: &str,
    stage: &Stage,
    state: &RuleState<'_>,
    asked: &Attestation,
    last: Option<&Attested>,
    typed: &Typed,
) -> Word {
    let t = shell.t;
    let of = word_key(state.rule.id, &asked.metric);
    let is_typed = typed.of == of;
    let choices = match asked.unit {
        Unit::YesNo => {
            vec![Choice::new("", t.gate_choose()), Choice::new("yes", t.gate_yes()), Choice::new("no", t.gate_no())]
        }
        Unit::Percent | Unit::Count | Unit::Days | Unit::Points => Vec::new(),
    };
    Word {
        by: last.map_or_else(String::new, |one| t.gate_attested_by(shell.moment(one.at), &one.by)),
        value: last.map_or_else(String::new, |one| asked.value_in_words(t, &one.value)),
        is_enough: last.is_some_and(|one| one.holds),
        evidence: last.map_or_else(String::new, |one| one.evidence_url.clone()),
        form: WordForm {
            action: format!("{}/attest/{}", gate_path(key, &stage.code), state.rule.id),
            id: AttestationId::new(),
            metric: asked.metric.clone(),
            label: t.pair(&asked.en, &asked.zh).to_owned(),
            wanted: asked.wanted(t),
            choices,
            value_id: format!("value-{of}"),
            evidence_id: format!("evidence-{of}"),
            value: if is_typed { typed.value.clone() } else { String::new() },
            evidence: if is_typed { typed.evidence.clone() } else { String::new() },
            is_open: is_typed,
            kpi_href: match asked.unit {
                Unit::YesNo => String::new(),
                Unit::Percent | Unit::Count | Unit::Days | Unit::Points => {
                    let form = paths::project(key, "goals/kpis/new");
                    let metric: String = url::form_urlencoded::byte_serialize(asked.metric.as_bytes()).collect();
                    format!("{form}?answers={metric}")
                }
            },
        },
    }
}

/// What keeps a gate closed: a link to each rule that blocks it.
pub fn missing(rows: &[RuleRow]) -> Vec<(String, String)> {
    let blocks = |row: &&RuleRow| row.is_blocking && row.tone != "ok" && row.waived.is_none();
    rows.iter().filter(blocks).map(|row| (format!("#{}", row.id), row.text.clone())).collect()
}

/// A decision by its label and its address.
pub fn decision_link(key: &str, number: i32) -> (String, String) {
    (format!("D-{number}"), paths::decision(key, number).to_string())
}

/// The decision that holds a gate: words and address.
pub fn held_by(shell: &Shell, key: &str, hold: &Ruling) -> (String, String) {
    let (label, href) = decision_link(key, hold.decision);
    (shell.t.gate_held(label, shell.day(hold.until_on)), href)
}

/// Why the gate stays closed, in words.
pub fn refusal_text(shell: &Shell, refusal: Refusal) -> String {
    let t = shell.t;
    match refusal {
        Refusal::Held(hold) => t.gate_refused_held(format!("D-{}", hold.decision), shell.day(hold.until_on)),
        Refusal::Draft => t.gate_refused_draft(),
        Refusal::Archived => t.gate_refused_archived(),
        Refusal::Ahead => t.gate_refused_ahead(),
        Refusal::Passed => t.gate_refused_passed(),
        Refusal::Closed(rules) => t.gate_refused_closed(rules),
    }
}
