//! `/p/GEO/gates/A1`: what holds, what does not, and the way through.

use super::{
    access::{GateKeeper, GateLead, GateViewer},
    actions::{self, Outcome},
    facts::{Rule, StageState},
    model::Refusal,
    saying::said,
    view::{self, RuleRow, StageLink, Typed, gate_path, word_key},
};
use crate::{
    events::Change,
    platform::ids::{AttestationId, GateRuleId},
    projects::{
        ProjectHead, Tab,
        blueprints::{Attestation, Unit},
        gates::store::NewAttestation,
    },
    web::{self, AppState, Error, Errors, Fields, Reply, Routes, Shell, Tier, paths, ui},
};
use askama::Template;
use axum::{extract::State, http::StatusCode, response::IntoResponse};

/// The pages of this part.
#[must_use]
pub fn routes() -> Routes {
    Routes::new()
        .get(Tier::Project, "/p/{key}/gates/{stage}", show)
        .post(Tier::Project, "/p/{key}/gates/{stage}/attest/{id}", attest)
        .post(Tier::Project, "/p/{key}/gates/{stage}/pass", pass)
}

#[derive(Template)]
#[template(path = "lifecycle/gate.html")]
struct GatePage {
    shell: Shell,
    head: ProjectHead,
    errors: Errors,
    key: String,
    code: String,
    name: String,
    days: String,
    moment: String,
    stages: Vec<StageLink>,
    rules: Vec<RuleRow>,
    /// Of an open or closed gate: what keeps it closed.
    missing: Vec<(String, String)>,
    /// How the gate stands: tone, picture, words.
    standing: (&'static str, &'static str, String),
    holding: usize,
    /// Of those that do not hold, how many close nothing: warnings and waived ones.
    spared: usize,
    may_attest: bool,
    may_pass: bool,
    refusal: Option<String>,
    /// The decision that holds the gate: words and address.
    hold: Option<(String, String)>,
    /// The decisions that changed the stage or its gate.
    decisions: Vec<(String, String)>,
    is_open: bool,
    next: Option<String>,
}

impl GatePage {
    fn new(gate: GateViewer, errors: Errors, typed: &Typed) -> Self {
        let (may_attest, may_pass) = (gate.may_attest(), gate.may_pass());
        let (viewer, stage, facts) = gate.into_parts();
        let project = viewer.into_standing();
        let head = project.head(Tab::None);
        let shell = &project.shell;
        let (t, now) = (shell.t, shell.now);
        let states = facts.states(now);
        let allowed = facts.may_pass(project.project.state, now);
        let rules = view::rule_rows(&project, &stage, &states, typed);
        let standing = match (stage.state, allowed) {
            (StageState::Passed, _) => ("ok", "passed", t.gate_stage_passed()),
            (_, Ok(())) => ("ok", "ok", t.gate_open()),
            (_, Err(Refusal::Closed(missing))) => ("warn", "lock", t.gate_closed_by(missing)),
            (_, Err(Refusal::Held(hold))) => {
                ("warn", "lock", t.gate_held(format!("D-{}", hold.decision), shell.day(hold.until_on)))
            }
            (_, Err(Refusal::Draft)) => ("", "edit", t.project_draft()),
            (_, Err(Refusal::Archived)) => ("", "archive", t.project_archived()),
            (_, Err(Refusal::Ahead | Refusal::Passed)) => ("", "gem", t.gate_not_begun()),
        };
        let moment = match stage.state {
            StageState::Passed => stage.passed_at.map(|at| t.gate_passed_on(shell.moment(at))),
            StageState::Current => stage.started_at.map(|at| t.gate_started_on(shell.moment(at))),
            StageState::Ahead => None,
        };
        Self {
            errors,
            key: head.key.clone(),
            code: stage.code.clone(),
            name: t.pair(&stage.name_en, &stage.name_zh).to_owned(),
            days: t.project_new_span(t.date(stage.starts_on), t.date(stage.ends_on)),
            moment: moment.unwrap_or_default(),
            stages: view::stage_links(t, &head.key, &facts, &stage),
            spared: match allowed {
                Err(Refusal::Closed(missing)) => states.iter().filter(|one| !one.holds).count().saturating_sub(missing),
                Ok(()) | Err(_) => 0,
            },
            holding: states.iter().filter(|one| one.holds).count(),
            missing: if stage.state == StageState::Passed { Vec::new() } else { view::missing(&rules) },
            rules,
            standing,
            may_attest,
            may_pass,
            is_open: allowed.is_ok(),
            refusal: allowed.err().map(|refusal| view::refusal_text(shell, refusal)),
            hold: facts
                .hold()
                .filter(|_| stage.state != StageState::Passed)
                .map(|hold| view::held_by(shell, &head.key, hold)),
            decisions: facts.changed_by.iter().map(|number| view::decision_link(&head.key, *number)).collect(),
            next: facts.next().map(|next| t.gate_stage(&next.code, t.pair(&next.name_en, &next.name_zh))),
            shell: project.shell,
            head,
        }
    }
}

async fn show(gate: GateViewer) -> web::Result {
    web::page(&GatePage::new(gate, Errors::none(), &Typed::default()))
}

async fn attest(
    State(state): State<AppState>,
    lead: GateLead,
    paths::Parameter(rule): paths::Parameter<GateRuleId>,
    fields: Fields,
) -> web::Result {
    let gate = lead.gate();
    let rule = gate.facts().rule(rule).cloned().ok_or(Error::NotFound)?;
    if !gate.may_attest() {
        return Err(Error::Conflict);
    }
    let metric = fields.get("metric").to_owned();
    let asked = rule.check.attestations().into_iter().find(|one| one.metric == metric).ok_or(Error::Unprocessable)?;
    let t = gate.project().shell().t;
    let typed = Typed {
        of: word_key(rule.id, &metric),
        value: fields.get("value").to_owned(),
        evidence: fields.get("evidence").to_owned(),
    };
    if let Some(of) = gate.facts().measured(&metric) {
        let errors = Errors::none().with(format!("rule-{}", rule.id), t.gate_measured_instead(&of.title));
        return web::page_with(StatusCode::CONFLICT, &GatePage::new(lead.into_gate(), errors, &typed));
    }
    let attestation = match read(gate.project().shell(), &rule, asked, &fields)? {
        Ok(attestation) => attestation,
        Err(errors) => {
            let page = GatePage::new(lead.into_gate(), errors, &typed);
            return web::page_with(StatusCode::UNPROCESSABLE_ENTITY, &page);
        }
    };
    let change = Change::begin(&state, gate.project().shell()).await?;
    match actions::attest(change, &lead, &rule, &attestation).await {
        Ok(()) => {
            let gate = lead.gate();
            let (key, code) = (&gate.project().project().key, &gate.stage().code);
            let said = if attestation.holds { t.gate_attested() } else { t.gate_attested_not_enough() };
            Ok(Reply::to(gate_path(key, code)).done(said).into_response())
        }
        Err(Error::Conflict) => {
            let errors = Errors::none().with(format!("value-{}", typed.of), t.decisions_stale());
            web::page_with(StatusCode::CONFLICT, &GatePage::new(lead.into_gate(), errors, &typed))
        }
        Err(problem) => Err(problem),
    }
}

/// The figure and the link, or what is wrong with them.
fn read(
    shell: &Shell,
    rule: &Rule,
    asked: &Attestation,
    fields: &Fields,
) -> web::Result<Result<NewAttestation, Errors>> {
    let (t, mut errors) = (shell.t, Errors::none());
    let of = word_key(rule.id, &asked.metric);
    let typed = fields.get("value");
    let number = said(asked.unit, typed).map_err(|unread| errors.add(format!("value-{of}"), unread.text(t))).ok();
    let link = fields.get("evidence");
    let is_link = url::Url::parse(link).is_ok_and(|url| matches!(url.scheme(), "http" | "https") && url.has_host());
    if !is_link || link.len() > 2000 {
        errors.add(format!("evidence-{of}"), t.gate_enter_link());
    }
    let id: AttestationId = fields.hidden("id")?;
    Ok(match number {
        Some(number) if errors.is_empty() => Ok(NewAttestation {
            id,
            rule_id: rule.id,
            metric: asked.metric.clone(),
            value: if asked.unit == Unit::YesNo { typed.to_owned() } else { number.to_string() },
            evidence_url: link.to_owned(),
            holds: asked.is_met_by(number),
        }),
        _ => Err(errors),
    })
}

async fn pass(State(state): State<AppState>, keeper: GateKeeper) -> web::Result {
    let change = Change::begin(&state, keeper.gate().project().shell()).await?;
    match actions::pass(change, &keeper).await? {
        Outcome::Passed => {
            let gate = keeper.gate();
            let (t, key) = (gate.project().shell().t, &gate.project().project().key);
            let said = match gate.facts().next() {
                Some(next) => t.gate_passed_next(&gate.stage().code, t.pair(&next.name_en, &next.name_zh)),
                None => t.gate_passed_last(&gate.stage().code),
            };
            Ok(Reply::to(paths::project(key, "")).done(said).into_response())
        }
        Outcome::Refused(refusal) => {
            let status = match refusal {
                Refusal::Closed(_) | Refusal::Held(_) => StatusCode::UNPROCESSABLE_ENTITY,
                Refusal::Draft | Refusal::Archived | Refusal::Ahead | Refusal::Passed => StatusCode::CONFLICT,
            };
            let errors = Errors::none().with("pass", view::refusal_text(keeper.gate().project().shell(), refusal));
            web::page_with(status, &GatePage::new(keeper.into_gate(), errors, &Typed::default()))
        }
    }
}
