//! `/p/GEO/scope/baseline`: the lead sets what is in scope, for the first time or anew.

use super::{
    access::BaselineSetter,
    actions::{BaselineForm, Unset, set_baseline},
    model::{IN_SCOPE, NOTE},
};
use crate::{
    decisions::hearing::model::is_web_address,
    platform::{
        clock::agreed_day,
        ids::{BaselineId, PartId},
    },
    projects::{
        ProjectHead, Tab,
        scope::{
            Budget, Days,
            model::{answering, suggested},
            store::accountable,
        },
    },
    web::{
        AppState, Errors, Fields, Reply, Result, Routes, Shell, Tier, page_with,
        ui::{self, Choice},
    },
};
use askama::Template;
use axum::{extract::State, http::StatusCode, response::IntoResponse};

/// The routes of this part.
pub fn routes() -> Routes {
    Routes::new().get(Tier::Project, "/p/{key}/scope/baseline", show).post(
        Tier::Project,
        "/p/{key}/scope/baseline",
        set,
    )
}

#[derive(Template)]
#[template(path = "scope/baseline.html")]
struct BaselinePage<'a> {
    shell: &'a Shell,
    head: ProjectHead,
    form: Form,
    parts: Vec<Choice>,
    /// There is one already.
    is_again: bool,
    note: Option<String>,
    errors: Errors,
}

/// What was typed.
struct Form {
    id: String,
    seen: String,
    in_scope: String,
    link: String,
    locked_on: String,
    product: String,
    rnd: String,
    budget: String,
    reason: String,
}

impl Form {
    fn of(fields: &Fields) -> Self {
        let get = |name: &str| fields.get(name).to_owned();
        Self {
            id: get("id"),
            seen: get("seen"),
            in_scope: fields.text("in_scope"),
            link: get("link"),
            locked_on: get("locked_on"),
            product: get("product"),
            rnd: get("rnd"),
            budget: get("budget"),
            reason: fields.text("reason"),
        }
    }
}

async fn show(mut setter: BaselineSetter) -> Result {
    let id = BaselineId::new().to_string();
    let today = setter.shell().today().to_string();
    let form = match setter.baseline.clone() {
        Some(stands) => {
            let (project, budget) = (setter.project().id, stands.budget);
            let (used, has_counted) = super::store::used(setter.conn(), project, stands.id).await?;
            let most = Budget { of: budget, used }.most_anew(has_counted);
            Form {
                id,
                seen: stands.number.to_string(),
                in_scope: stands.in_scope,
                link: stands.link,
                locked_on: today,
                product: stands.product.to_string(),
                rnd: stands.rnd.to_string(),
                budget: most.unwrap_or(budget).field(),
                reason: String::new(),
            }
        }
        None => {
            let project = setter.project().id;
            let accountable = accountable(setter.conn(), project).await?;
            let (product, rnd) = suggested(setter.parts(), accountable);
            let text = |part: Option<PartId>| part.map(|part| part.to_string()).unwrap_or_default();
            Form {
                id,
                seen: "0".to_owned(),
                in_scope: String::new(),
                link: String::new(),
                locked_on: today,
                product: text(product),
                rnd: text(rnd),
                budget: String::new(),
                reason: String::new(),
            }
        }
    };
    render(&setter, form, (Errors::none(), None), StatusCode::OK)
}

fn render(setter: &BaselineSetter, form: Form, (errors, note): (Errors, Option<String>), status: StatusCode) -> Result {
    let t = setter.shell().t;
    let part = |part: &crate::projects::Part| {
        let liaison = part.liaison_name.as_deref().unwrap_or_default();
        Choice::new(part.id, t.request_part_with(part.name(t), liaison))
    };
    let choose = std::iter::once(Choice::new("", t.scope_side_choose()));
    let page = BaselinePage {
        parts: choose.chain(answering(setter.parts()).map(part)).collect(),
        is_again: form.seen != "0",
        head: setter.viewer().standing().head(Tab::None),
        shell: setter.shell(),
        form,
        note,
        errors,
    };
    page_with(status, &page)
}

/// A form without a mistake.
struct Read {
    locked_on: jiff::civil::Date,
    sides: (PartId, PartId),
    budget: Days,
}

fn read(setter: &BaselineSetter, form: &Form) -> std::result::Result<Read, Errors> {
    let t = setter.shell().t;
    let mut errors = Errors::none();
    match form.in_scope.chars().count() {
        0 => errors.add("in_scope", t.scope_in_scope_missing()),
        1..=IN_SCOPE => {}
        _ => errors.add("in_scope", t.decisions_too_long(IN_SCOPE)),
    }
    if !form.link.is_empty() && !is_web_address(&form.link) {
        errors.add("link", t.decisions_evidence_url_wrong());
    }
    let locked_on = agreed_day(&form.locked_on);
    match locked_on {
        None => errors.add("locked_on", t.request_day_missing()),
        Some(day) if day > setter.shell().today() => errors.add("locked_on", t.scope_day_ahead()),
        Some(_) => {}
    }
    let side = |id: &str| answering(setter.parts()).map(|part| part.id).find(|part| part.to_string() == id);
    let (product, rnd) = (side(&form.product), side(&form.rnd));
    for (field, side) in [("product", product), ("rnd", rnd)] {
        if side.is_none() {
            errors.add(field, t.scope_side_missing());
        }
    }
    if product.is_some() && product == rnd {
        errors.add("rnd", t.scope_sides_equal());
    }
    let budget = Days::parse(&form.budget);
    if budget.is_none() {
        errors.add("budget", t.scope_days_wrong());
    }
    match form.reason.chars().count() {
        0 if form.seen != "0" => errors.add("reason", t.scope_reason_missing()),
        0..=NOTE => {}
        _ => errors.add("reason", t.decisions_too_long(NOTE)),
    }
    match (locked_on, product, rnd, budget) {
        (Some(locked_on), Some(product), Some(rnd), Some(budget)) if errors.is_empty() => {
            Ok(Read { locked_on, sides: (product, rnd), budget })
        }
        _ => Err(errors),
    }
}

async fn set(State(state): State<AppState>, mut setter: BaselineSetter, fields: Fields) -> Result {
    let (id, seen): (BaselineId, i32) = (fields.hidden("id")?, fields.hidden("seen")?);
    let (form, t) = (Form::of(&fields), setter.shell().t);
    let read = match read(&setter, &form) {
        Ok(read) => read,
        Err(errors) => return render(&setter, form, (errors, None), StatusCode::UNPROCESSABLE_ENTITY),
    };
    let new = BaselineForm {
        id,
        seen,
        in_scope: &form.in_scope,
        link: &form.link,
        locked_on: read.locked_on,
        sides: read.sides,
        budget: read.budget,
        reason: if seen == 0 { "" } else { &form.reason },
    };
    match set_baseline(&state, &mut setter, &new).await? {
        Ok(()) => Ok(Reply::to(setter.path()).done(t.scope_done_baseline()).into_response()),
        Err(Unset::BudgetAbove(left)) => {
            let errors = Errors::none().with("budget", t.scope_budget_above(left.words(t)));
            render(&setter, form, (errors, None), StatusCode::UNPROCESSABLE_ENTITY)
        }
        Err(Unset::Escalated) => {
            let errors = Errors::none().with("budget", t.scope_budget_escalated());
            render(&setter, form, (errors, None), StatusCode::UNPROCESSABLE_ENTITY)
        }
        Err(Unset::Stale) => {
            setter.refresh(&state).await?;
            let seen = setter.baseline.as_ref().map_or(0, |baseline| baseline.number).to_string();
            render(&setter, Form { seen, ..form }, (Errors::none(), Some(t.decisions_stale())), StatusCode::CONFLICT)
        }
    }
}
