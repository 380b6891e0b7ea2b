//! A condition of a gate rule in the reader's words: what it looks at, and what to do about what is missing.

use super::{
    facts::{Item, ItemTask, Stage},
    model::{Condition, RuleState, Source},
    view::{Typed, Word, word, word_key},
    words::decision_kind,
};
use crate::{
    platform::locale::T,
    projects::{PartKind, Standing, blueprints::DecisionKind},
    web::{paths, ui::Status},
};

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

/// One condition, as the person reads it.
pub fn condition_row(
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
