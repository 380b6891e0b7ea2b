//! `/p/GEO/goals/strategy`, its versions side by side, and the form of the lead.

use super::{
    actions::{self, NewStrategy, Refusal},
    model::{Field, REASON, Strategy, Texts, reason_mistake},
    store,
    view::{Comparison, Shown, day},
};
use crate::{
    departments::model::Difference,
    goals::access::{GoalsSetter, GoalsViewer},
    platform::ids::StrategyId,
    projects::{ProjectHead, Tab},
    web::{AppState, Error, Errors, Fields, Reply, Result, Routes, Shell, Tier, page, page_with, ui},
};
use askama::Template;
use axum::{
    extract::State,
    http::{StatusCode, Uri},
    response::IntoResponse,
};

/// The routes of this part.
pub fn routes() -> Routes {
    Routes::new()
        .get(Tier::Project, "/p/{key}/goals/strategy", show)
        .get(Tier::Project, "/p/{key}/goals/strategy/edit", edit)
        .post(Tier::Project, "/p/{key}/goals/strategy/edit", set)
}

/// A line of the list of versions.
struct VersionLine {
    number: i32,
    set_on: String,
    set_by: String,
    reason: String,
    is_shown: bool,
}

#[derive(Template)]
#[template(path = "goals/strategy.html")]
struct StrategyPage<'a> {
    shell: &'a Shell,
    head: ProjectHead,
    goals: String,
    path: String,
    may_set: bool,
    /// Set anew or for the first time.
    shown: Option<Shown>,
    /// It is the one in force.
    is_current: bool,
    /// Only where a version was asked for that has one before it.
    compared: Option<Comparison>,
    versions: Vec<VersionLine>,
}

async fn show(mut viewer: GoalsViewer, uri: Uri) -> Result {
    let project = viewer.project().id;
    let query = Fields::of_query(&uri);
    let (shown, before) = if query.has("version") {
        let number = query.value("version").ok_or(Error::NotFound)?;
        let found = store::with_the_one_before(viewer.conn(), project, number).await?;
        let (version, before) = found.ok_or(Error::NotFound)?;
        (Some(version), before)
    } else {
        (store::current(viewer.conn(), project).await?, None)
    };
    let versions = store::versions(viewer.conn(), project).await?;
    let (shell, number) = (viewer.shell(), shown.as_ref().map(|shown| shown.number));
    let page_of = StrategyPage {
        head: viewer.viewer().standing().head(Tab::Goals),
        goals: viewer.path(""),
        path: viewer.path("strategy"),
        may_set: viewer.may_set(),
        is_current: number == versions.first().map(|newest| newest.number),
        compared: shown.as_ref().zip(before).map(|(shown, before)| Comparison::of(shell, &before, shown)),
        shown: shown.map(|shown| Shown::of(shell, &shown)),
        versions: versions
            .into_iter()
            .map(|version| VersionLine {
                number: version.number,
                set_on: ui::unbroken(day(shell, version.set_at)),
                set_by: version.set_by,
                reason: version.reason,
                is_shown: query.has("version") && number == Some(version.number),
            })
            .collect(),
        shell,
    };
    page(&page_of)
}

/// A field of the form.
struct Area {
    name: &'static str,
    label: String,
    hint: String,
    value: String,
    longest: u32,
}

#[derive(Template)]
#[template(path = "goals/strategy_edit.html")]
struct EditPage<'a> {
    shell: &'a Shell,
    head: ProjectHead,
    path: String,
    id: StrategyId,
    seen: i32,
    areas: Vec<Area>,
    reason: String,
    longest_reason: u32,
    /// What somebody else set meanwhile, where it differs.
    conflict: Vec<Difference>,
    is_unchanged: bool,
    errors: Errors,
}

/// What the form holds, and what there is to say about it.
struct Form {
    id: StrategyId,
    seen: i32,
    texts: Texts,
    reason: String,
    conflict: Vec<Difference>,
    is_unchanged: bool,
    errors: Errors,
}

impl Form {
    fn new(id: StrategyId, seen: i32, texts: Texts, reason: String) -> Self {
        Self { id, seen, texts, reason, conflict: Vec::new(), is_unchanged: false, errors: Errors::none() }
    }

    fn respond(self, setter: &GoalsSetter, status: StatusCode) -> Result {
        let t = setter.shell().t;
        let area = |field: Field| Area {
            name: field.as_str(),
            label: field.label(t),
            hint: field.hint(t),
            value: self.texts.get(field).to_owned(),
            longest: u32::try_from(field.longest()).unwrap_or(u32::MAX),
        };
        let page = EditPage {
            head: setter.viewer().standing().head(Tab::None),
            path: setter.path("strategy"),
            areas: Field::ALL.map(area).into(),
            shell: setter.shell(),
            id: self.id,
            seen: self.seen,
            reason: self.reason,
            longest_reason: u32::try_from(REASON).unwrap_or(u32::MAX),
            conflict: self.conflict,
            is_unchanged: self.is_unchanged,
            errors: self.errors,
        };
        page_with(status, &page)
    }
}

async fn edit(mut setter: GoalsSetter) -> Result {
    let project = setter.project().id;
    let current = store::current(setter.conn(), project).await?;
    let seen = current.as_ref().map_or(0, |current| current.number);
    let texts = current.map(|current| current.texts).unwrap_or_default();
    Form::new(StrategyId::new(), seen, texts, String::new()).respond(&setter, StatusCode::OK)
}

async fn set(State(state): State<AppState>, mut setter: GoalsSetter, fields: Fields) -> Result {
    let (id, seen): (StrategyId, i32) = (fields.hidden("id")?, fields.hidden("seen")?);
    let t = setter.shell().t;
    let is_first = seen == 0;
    let reason = if is_first { String::new() } else { fields.text("reason") };
    let mut form = Form::new(id, seen, Texts::of(|name| fields.text(name)), reason);
    for (field, mistake) in form.texts.mistakes() {
        form.errors.add(field.as_str(), mistake.text(t));
    }
    if let Some(mistake) = reason_mistake(&form.reason, is_first) {
        form.errors.add("reason", mistake.text(t));
    }
    if !form.errors.is_empty() {
        return form.respond(&setter, StatusCode::UNPROCESSABLE_ENTITY);
    }
    let new = NewStrategy { id, seen, texts: &form.texts, reason: &form.reason };
    match actions::set(&state, &mut setter, &new).await? {
        Ok(()) => Ok(Reply::to(setter.path("strategy")).done(t.goals_strategy_done()).into_response()),
        Err(Refusal::Unchanged) => {
            form.is_unchanged = true;
            form.respond(&setter, StatusCode::UNPROCESSABLE_ENTITY)
        }
        Err(Refusal::Stale) => {
            // The next sending is another version.
            form.id = StrategyId::new();
            setter.lease_again(&state).await?;
            let project = setter.project().id;
            if let Some(theirs) = store::current(setter.conn(), project).await? {
                form.seen = theirs.number;
                form.conflict = differences(&setter, &form.texts, &theirs);
            }
            form.respond(&setter, StatusCode::CONFLICT)
        }
    }
}

/// Where what stands now differs from what was typed; who set it, where it does not.
fn differences(setter: &GoalsSetter, typed: &Texts, theirs: &Strategy) -> Vec<Difference> {
    let t = setter.shell().t;
    let row = |field: Field| (field.label(t), theirs.texts.get(field).to_owned(), typed.get(field).to_owned());
    let mut rows = vec![(t.goals_strategy_set_by(), theirs.set_by.clone(), String::new())];
    rows.extend(Field::ALL.map(row));
    Difference::between(rows)
}
