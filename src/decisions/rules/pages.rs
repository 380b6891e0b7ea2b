//! How the committee decides, and whether the chair is away: one page, a form each.

use super::{
    access::Keeper,
    actions::{self, Outcome, Settings},
    model::{Rule, Rules},
    store::{self, Committee},
};
use crate::{
    events::Change,
    platform::{
        clock::agreed_day,
        locale::{T, sort_people},
    },
    projects::{ProjectHead, Tab},
    web::{AppState, Error, Errors, Fields, Reply, Result, Routes, Shell, Tier, page_with, paths, ui},
};
use askama::Template;
use axum::{extract::State, http::StatusCode, response::IntoResponse};

/// The routes of this part.
pub fn routes() -> Routes {
    Routes::new()
        .get(Tier::Project, "/p/{key}/settings/committee", show)
        .post(Tier::Project, "/p/{key}/settings/committee", set_rules)
        .post(Tier::Project, "/p/{key}/settings/committee/away", set_away)
}

#[derive(Template)]
#[template(path = "decisions/rules.html")]
struct RulesPage {
    shell: Shell,
    head: ProjectHead,
    path: String,
    quorum: i16,
    chair: String,
    /// The chair is away while questions wait, and nobody stands in; empty otherwise.
    unattended: String,
    may_set_rules: bool,
    typed: Typed,
    rules: Vec<ui::Choice>,
    deputies: Vec<ui::Choice>,
    /// For who only reads them: the rule, what it means, the deputy, whether results are hidden.
    stands: [String; 4],
}

/// What was typed, or what stands.
struct Typed {
    rule: String,
    hides_results: bool,
    deputy: String,
    away_until: String,
    version: i32,
    errors: Errors,
    /// What stands now, when somebody was faster.
    theirs: Vec<String>,
}

impl Typed {
    fn of(rules: &Rules) -> Self {
        Self {
            rule: rules.rule.as_str().to_owned(),
            hides_results: rules.hides_results,
            deputy: rules.deputy_id.map(|id| id.to_string()).unwrap_or_default(),
            away_until: rules.away_until.map(|day| day.to_string()).unwrap_or_default(),
            version: rules.version,
            errors: Errors::none(),
            theirs: Vec::new(),
        }
    }
}

/// What stands, a line each.
fn standing(shell: &Shell, rules: &Rules) -> Vec<String> {
    let t = shell.t;
    let yes = if rules.hides_results { t.rules_results_hidden() } else { t.rules_results_open() };
    let away = rules.away_until.map_or_else(|| t.rules_chair_here(), |day| t.rules_chair_away(shell.day(day)));
    vec![rules.rule.label(t), deputy(t, rules), yes, away]
}

fn deputy(t: T, rules: &Rules) -> String {
    rules.deputy.as_ref().map_or_else(|| t.rules_no_deputy(), |name| t.rules_deputy_is(name))
}

fn render(keeper: &Keeper, committee: &Committee, typed: Typed, status: StatusCode) -> Result {
    let (shell, now) = (keeper.shell().clone(), &committee.rules);
    let t = shell.t;
    let mut deputies: Vec<ui::Choice> =
        committee.members.iter().map(|member| ui::Choice::new(member.id, &member.name)).collect();
    if let (Some(id), Some(name)) = (now.deputy_id, &now.deputy)
        && committee.members.iter().all(|member| member.id != id)
    {
        deputies.push(ui::Choice::new(id, t.rules_deputy_gone(name)));
    }
    sort_people(t, &mut deputies, |choice| &choice.label);
    deputies.insert(0, ui::Choice::new("", t.rules_no_deputy()));
    let hidden = if now.hides_results { t.rules_results_hidden() } else { t.rules_results_open() };
    let template = RulesPage {
        head: keeper.standing().head(Tab::Settings),
        path: paths::project(&keeper.project().key, "settings/committee").to_string(),
        quorum: keeper.project().quorum,
        chair: committee.chair.clone().unwrap_or_default(),
        unattended: match now.away_until {
            Some(until) if now.is_chair_away(shell.today()) && committee.unattended > 0 => {
                t.rules_unattended(committee.unattended, shell.day(until))
            }
            Some(_) | None => String::new(),
        },
        may_set_rules: keeper.may_set_rules(),
        rules: Rule::ALL.map(|rule| ui::Choice::with_hint(rule.as_str(), rule.label(t), rule.meaning(t))).into(),
        deputies,
        stands: [now.rule.label(t), now.rule.meaning(t), deputy(t, now), hidden],
        typed,
        shell,
    };
    page_with(status, &template)
}

async fn show(mut keeper: Keeper) -> Result {
    let project = keeper.project().id;
    let committee = store::committee(keeper.conn(), project).await?;
    render(&keeper, &committee, Typed::of(&committee.rules), StatusCode::OK)
}

async fn set_rules(State(state): State<AppState>, mut keeper: Keeper, fields: Fields) -> Result {
    if !keeper.may_set_rules() {
        return Err(Error::Forbidden);
    }
    let version: i32 = fields.hidden("version")?;
    let t = keeper.shell().t;
    let deputy = match fields.get("deputy") {
        "" => None,
        id => Some(id.parse().map_err(|_| Error::Unprocessable)?),
    };
    let mut errors = Errors::none();
    let rule = Rule::parse(fields.get("rule"));
    let outcome = match rule {
        None => {
            errors.add("rule", t.rules_error_rule());
            None
        }
        Some(rule) => {
            keeper.release();
            let settings = Settings { rule, hides_results: fields.has("hides_results"), deputy };
            let change = Change::begin(&state, keeper.shell()).await?;
            Some(actions::set_rules(change, &keeper, &settings, version).await?)
        }
    };
    match &outcome {
        Some(Outcome::NoMember) => errors.add("deputy", t.rules_error_deputy()),
        Some(Outcome::Voted(cases)) => errors.add("hides_results", t.rules_error_voted(t.list(cases))),
        Some(Outcome::Done | Outcome::Stale(_)) | None => {}
    }
    answer(&state, keeper, outcome, errors, |typed| {
        typed.rule = fields.get("rule").to_owned();
        typed.hides_results = fields.has("hides_results");
        typed.deputy = fields.get("deputy").to_owned();
    })
    .await
}

async fn set_away(State(state): State<AppState>, mut keeper: Keeper, fields: Fields) -> Result {
    let version: i32 = fields.hidden("version")?;
    let t = keeper.shell().t;
    let mut errors = Errors::none();
    let text = fields.get("away_until");
    let until = if text.is_empty() { None } else { agreed_day(text) };
    if !text.is_empty() && until.is_none() {
        errors.add("away_until", t.decisions_date_wrong());
    } else if until.is_some_and(|day| day < keeper.shell().today()) {
        errors.add("away_until", t.rules_error_away());
    }
    let outcome = if errors.is_empty() {
        keeper.release();
        let change = Change::begin(&state, keeper.shell()).await?;
        Some(actions::set_away(change, &keeper, until, version).await?)
    } else {
        None
    };
    answer(&state, keeper, outcome, errors, |typed| fields.get("away_until").clone_into(&mut typed.away_until)).await
}

/// Back to the page, or the page again with what was typed.
async fn answer(
    state: &AppState,
    mut keeper: Keeper,
    outcome: Option<Outcome>,
    errors: Errors,
    keep: impl FnOnce(&mut Typed),
) -> Result {
    let t = keeper.shell().t;
    let theirs = match outcome {
        Some(Outcome::Done) => {
            let page = paths::project(&keeper.project().key, "settings/committee");
            return Ok(Reply::to(page).done(t.rules_saved()).into_response());
        }
        Some(Outcome::Stale(now)) => standing(keeper.shell(), &now),
        Some(Outcome::NoMember | Outcome::Voted(_)) | None => Vec::new(),
    };
    keeper.lease_again(state).await?;
    let project = keeper.project().id;
    let committee = store::committee(keeper.conn(), project).await?;
    let status = if theirs.is_empty() { StatusCode::UNPROCESSABLE_ENTITY } else { StatusCode::CONFLICT };
    let mut typed = Typed { errors, theirs, ..Typed::of(&committee.rules) };
    keep(&mut typed);
    render(&keeper, &committee, typed, status)
}
