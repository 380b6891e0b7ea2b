//! A gate in the reader's words.

use super::{
    facts::{Attested, GateFacts, Item, ItemTask, Stage, StageState},
    model::{Condition, Refusal, RuleState, Source},
    rulings::Ruling,
    words::{decision_kind, words},
};
use crate::{
    platform::{ids::AttestationId, locale::T},
    projects::{
        PartKind, Standing,
        blueprints::{Attestation, DecisionKind, Unit},
    },
    web::{
        Shell, paths,
        ui::{Choice, Status},
    },
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

/// One condition.
#[derive(Debug, Default)]
pub struct ConditionRow {
    /// Whether it holds.
    pub holds: bool,
    /// What it is known from.
    pub text: String,
    /// How the figure stands, where an indicator answers it.
    pub stands: String,
    /// What was typed about it, where it has no form any more.
    pub typed: String,
    /// Tasks it reads.
    pub tasks: Vec<TaskLink>,
    /// The decision or the page it reads.
    pub source: Option<(String, String)>,
    /// What is missing in it, and where.
    pub gaps: Vec<(String, String)>,
    /// What is missing and others enter.
    pub theirs: Option<String>,
    /// A person's word.
    pub word: Option<Word>,
}

/// A task that a condition reads.
#[derive(Debug)]
pub struct TaskLink {
    /// Its page; none for an item without a task.
    pub href: Option<String>,
    /// `GEO-42`.
    pub label: String,
    /// Its item's title.
    pub title: String,
    /// Its status.
    pub status: Status,
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

/// The page to put the gate before the committee, filled in with what is known of it.
fn go_href(of: &Standing, stage: &Stage) -> String {
    let (t, key) = (of.shell.t, &of.project.key);
    let gate = t.gate_stage(&stage.code, t.pair(&stage.name_en, &stage.name_zh));
    let lead = of.parts.iter().find(|part| part.kind == PartKind::Lead && of.rights.is_lead());
    let here = paths::project(key, &format!("gates/{}", stage.code)).to_string();
    let mut query = url::form_urlencoded::Serializer::new(String::new());
    query.append_pair("question", &t.gate_go_question(&gate));
    query.append_pair("evidence_label", &gate).append_pair("evidence_body", &t.gate_go_evidence(here));
    query.append_pair("option1", &t.gate_go_go()).append_pair("option2", &t.gate_go_no_go());
    if let Some(lead) = lead {
        query.append_pair("from", &lead.id.to_string());
    }
    format!("{}?{}", paths::project(key, "escalations/new"), query.finish())
}

fn condition_row(
    of: &Standing,
    stage: &Stage,
    state: &RuleState<'_>,
    condition: &Condition<'_>,
    typed: &Typed,
) -> ConditionRow {
    let (shell, key, t) = (&of.shell, &of.project.key, of.shell.t);
    let page = |path: &str, title: String| Some((paths::project(key, path).to_string(), title));
    let mut row = ConditionRow { holds: condition.holds, ..ConditionRow::default() };
    match &condition.source {
        Source::Liaisons([]) => row.text = t.gate_liaisons_all(),
        Source::Liaisons(missing) => {
            let names: Vec<String> = missing.iter().map(|one| t.pair(&one.name_en, &one.name_zh).to_owned()).collect();
            row.text = t.gate_liaisons_missing(t.list(&names));
            row.source = page("team", t.tab_team());
        }
        Source::Items(items) => {
            let done = items.iter().filter(|item| item.is_done()).count();
            row.text = match (items.is_empty(), condition.is_whole_stage) {
                (true, _) => t.gate_items_none(),
                (false, true) => t.gate_evidence_done(done, items.len()),
                (false, false) => t.gate_items_done(done, items.len()),
            };
            row.tasks = items.iter().flat_map(|item| task_links(t, key, item)).collect();
        }
        Source::Decision { kind, within_days, found } => {
            row.text = match (found, within_days) {
                (Some(found), _) if found.is_no_go() => t.gate_decision_no_go(shell.moment(found.at)),
                (Some(found), _) if !condition.holds => t.gate_decision_without_vote(shell.moment(found.at)),
                (Some(found), _) if *kind == DecisionKind::Go => t.gate_decision_voted_go(shell.moment(found.at)),
                (Some(found), _) => t.gate_decision_found(decision_kind(t, *kind), shell.moment(found.at)),
                (None, Some(days)) => t.gate_decision_missing_within(i64::from(*days), decision_kind(t, *kind)),
                (None, None) => t.gate_decision_missing(decision_kind(t, *kind)),
            };
            row.source = found.map(|found| (paths::decision(key, found.number).to_string(), found.title.clone()));
            if found.is_none() && *kind == DecisionKind::Go {
                if of.rights.may_raise() {
                    row.gaps.push((go_href(of, stage), t.gate_go_raise()));
                } else {
                    row.theirs = Some(t.gate_go_raise());
                }
            }
        }
        Source::Goals(found) => {
            row.text = found.words(t);
            row.source = page("goals", t.tab_goals());
            row.gaps = found.gaps_in_words(t, key);
        }
        Source::Money(found) => {
            row.text = found.words(t);
            row.source = page("goals/money", t.goals_money());
            row.gaps = found.gap_in_words(t, key);
        }
        Source::Playbook(readers) => {
            row.source = page("playbook", t.playbook_title());
            let here = paths::project(key, "playbook").to_string();
            match readers.number {
                None => row.text = t.gate_playbook_none(),
                Some(number) => {
                    row.text = t.gate_playbook_read(readers.done(), number, readers.departments.len());
                    let missing = readers.missing().map(|one| t.gate_playbook_missing(t.pick(&one.name)));
                    row.gaps = missing.map(|words| (here.clone(), words)).collect();
                }
            }
        }
        Source::Measured(found) => {
            row.text = found.asked.in_words(t);
            row.stands = found.words(t);
            if typed.of == word_key(state.rule.id, &found.asked.metric) {
                row.typed = t.request_typed(format!("{} · {}", typed.value, typed.evidence));
            }
            let card = format!("{}#kpi-{}", paths::project(key, "goals/kpis"), found.of.kpi);
            row.source = Some((card, found.of.title.clone()));
            if of.rights.may_enter_figures_of(found.of.part) {
                row.gaps = found.gap_in_words(t, key);
            } else {
                row.theirs = of.part(found.of.part).and_then(|part| found.gap_of_theirs(t, part.name(t)));
            }
        }
        Source::Attested { asked, last } => {
            row.text = asked.in_words(t);
            row.word = Some(word(shell, key, stage, state, asked, *last, typed));
        }
    }
    row
}

fn task_links(t: T, key: &str, item: &Item) -> Vec<TaskLink> {
    let title = t.pair(&item.title, &item.title_zh);
    if item.tasks.is_empty() {
        let link =
            TaskLink { href: None, label: String::new(), title: t.gate_item_without_task(title), status: Status::Todo };
        return vec![link];
    }
    let link = |task: &ItemTask| TaskLink {
        href: Some(paths::task(key, task.number).to_string()),
        label: format!("{key}-{}", task.number),
        title: title.to_owned(),
        status: Status::ALL.into_iter().find(|status| status.code() == task.status).unwrap_or(Status::Todo),
    };
    item.tasks.iter().map(link).collect()
}

fn word(
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
