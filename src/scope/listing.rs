//! `/p/GEO/scope`: the change ledger.

use super::{
    access::Ground,
    model::{Budget, Side, State, Sums, sums},
    store::lists::{Listed, list},
    view::{Answer, counted, effect},
};
use crate::{
    decisions::escalations::view::{Chip, Link},
    platform::{ids::PartId, locale::T, markdown, working_time::Calendar},
    projects::{ProjectHead, Tab, scope::Baseline},
    web::{Fields, Result, Routes, Shell, Tier, page, paths, ui},
};
use askama::Template;
use axum::http::Uri;

/// The routes of this part.
pub fn routes() -> Routes {
    Routes::new().get(Tier::Project, "/p/{key}/scope", show)
}

#[derive(Template)]
#[template(path = "scope/list.html")]
struct ListPage {
    shell: Shell,
    head: ProjectHead,
    /// None before the first baseline.
    scope: Option<Scope>,
    may_set: bool,
    set_href: String,
    may_ask: bool,
    which: String,
    whiches: Vec<ui::Choice>,
    part: String,
    parts: Vec<ui::Choice>,
    is_filtered: bool,
    lines: Vec<Line>,
}

/// The baseline and its budget.
struct Scope {
    in_scope: String,
    link: String,
    line: String,
    reason: String,
    sides: Vec<(String, Option<Chip>)>,
    used: i64,
    of: i64,
    tone: &'static str,
    figures: Vec<(String, String)>,
    decision: Option<Link>,
    escalation: Option<Link>,
    rows: Vec<Row>,
    total: Row,
}

/// What one part asked for, with its unit; nothing is empty.
struct Row {
    chip: Option<Chip>,
    changes: String,
    accepted: String,
    waiting: String,
    declined: String,
}

impl Row {
    fn new(t: T, chip: Option<Chip>, sums: &Sums) -> Self {
        Self {
            chip,
            changes: t.ledger_changes_count(sums.changes),
            accepted: sums.accepted.cell(t),
            waiting: sums.waiting.cell(t),
            declined: sums.declined.cell(t),
        }
    }
}

/// One change.
struct Line {
    href: String,
    label: String,
    title: String,
    asks: Option<Chip>,
    state: State,
    state_label: String,
    size: String,
    answers: Vec<Answer>,
    effects: Vec<String>,
}

async fn show(mut ground: Ground, uri: Uri) -> Result {
    let query = Fields::of_query(&uri);
    let project = ground.project().id;
    let (listed, calendar) = if ground.baseline.is_some() {
        let listed = list(ground.conn(), project).await?;
        (listed, crate::departments::calendar(ground.conn()).await?)
    } else {
        (Vec::new(), Calendar::default())
    };
    let which = if query.get("show") == "all" { "all" } else { "open" };
    let part: Option<PartId> = query.value("department");
    let is_shown =
        |one: &&Listed| (which == "all" || one.standing.state.is_open()) && part.is_none_or(|part| one.part == part);
    let lines = listed.iter().filter(is_shown).map(|one| line(&ground, &calendar, one)).collect();
    let t = ground.shell().t;
    let asked: Vec<PartId> = listed.iter().map(|one| one.part).collect();
    let mut parts = vec![ui::Choice::new("", t.decisions_any_department())];
    let asking = ground.parts().iter().filter(|part| asked.contains(&part.id));
    parts.extend(asking.map(|part| ui::Choice::new(part.id, part.name(t))));
    let template = ListPage {
        head: ground.viewer().standing().head(Tab::Requests),
        scope: ground.baseline.as_ref().map(|baseline| scope(&ground, baseline, &listed)),
        may_set: ground.may_set_baseline(),
        set_href: format!("{}/baseline", ground.path()),
        may_ask: ground.rights().may_ask(),
        which: which.to_owned(),
        whiches: vec![ui::Choice::new("open", t.scope_show_open()), ui::Choice::new("all", t.scope_show_all())],
        part: part.map(|part| part.to_string()).unwrap_or_default(),
        parts,
        is_filtered: part.is_some() || (which == "open" && !listed.is_empty()),
        lines,
        shell: ground.shell().clone(),
    };
    page(&template)
}

fn scope(ground: &Ground, baseline: &Baseline, listed: &[Listed]) -> Scope {
    let (shell, t, key) = (ground.shell(), ground.shell().t, ground.project().key.as_str());
    let counted: Vec<_> = listed.iter().map(counted).collect();
    let (total, each) = sums(&counted);
    let budget = Budget { of: baseline.budget, used: total.accepted };
    let chip = |id| ground.part(id).map(|part| Chip::of(part, t));
    let open = listed.iter().find(|one| one.standing.state == State::OverBudget).and_then(|one| one.escalation);
    Scope {
        in_scope: markdown::to_html(&baseline.in_scope),
        link: baseline.link.clone(),
        line: t.scope_locked_line(shell.day(baseline.locked_on), baseline.number, &baseline.set_by),
        reason: baseline.reason.clone(),
        sides: Side::ALL
            .map(|side| {
                let label = match side {
                    Side::Product => t.scope_product_side(),
                    Side::Rnd => t.scope_rnd_side(),
                };
                (label, ground.side(side).map(|part| Chip::of(part, t)))
            })
            .to_vec(),
        used: budget.used.halves().into(),
        of: budget.of.halves().into(),
        tone: budget.tone(),
        figures: vec![
            (t.scope_budget(), budget.of.figure(t)),
            (t.scope_used(), budget.used.figure(t)),
            (t.scope_left(), budget.left().figure(t)),
            (t.scope_waiting(), total.waiting.figure(t)),
        ],
        decision: baseline.decision.map(|number| Link {
            href: paths::decision(key, number).to_string(),
            text: t.scope_budget_by(format!("D-{number}")),
        }),
        escalation: open.map(|number| Link {
            href: paths::escalation(key, number).to_string(),
            text: t.request_open_escalation(number),
        }),
        rows: each.iter().map(|(part, sums)| Row::new(t, chip(*part), sums)).collect(),
        total: Row::new(t, None, &total),
    }
}

fn line(ground: &Ground, calendar: &Calendar, one: &Listed) -> Line {
    let (shell, t, key) = (ground.shell(), ground.shell().t, ground.project().key.as_str());
    let touched = [&one.task, &one.milestone].into_iter().flatten().filter(|_| one.size.is_some());
    Line {
        href: paths::scope_change(key, one.number).to_string(),
        label: format!("C-{}", one.number),
        title: one.title.clone(),
        asks: ground.part(one.part).map(|part| Chip::of(part, t)),
        state: one.standing.state,
        state_label: one.standing.state.label(t),
        size: one.size.map(|size| size.words(t)).unwrap_or_default(),
        answers: Side::ALL
            .map(|side| {
                let by = match side {
                    Side::Product => one.answered_by.0,
                    Side::Rnd => one.answered_by.1,
                };
                Answer::new(ground, one.standing, one.declined_by, (side, by))
            })
            .to_vec(),
        effects: touched.map(|touched| effect(shell, key, calendar, touched)).collect(),
    }
}
