//! `/p/GEO/goals/money`: what the project earns and spends, when it breaks even and how that is worked out.

use super::{
    actions,
    model::{Basis, Money},
    store,
    view::View,
};
use crate::{
    goals::{
        access::{GoalsViewer, require},
        model::WHY,
        months::Month,
        signing::{
            draft::{Draft, MoneyWanted},
            limits::TooLarge,
        },
    },
    projects::{ProjectHead, Tab},
    web::{AppState, Errors, Fields, Reply, Result, Routes, Shell, Tier, page_with, paths, ui},
};
use askama::Template;
use axum::{extract::State, http::StatusCode, response::IntoResponse};
use jiff::civil::Date;

/// The routes of this part.
pub fn routes() -> Routes {
    Routes::new().get(Tier::Project, "/p/{key}/goals/money", show).post(
        Tier::Project,
        "/p/{key}/goals/money/break-even",
        record,
    )
}

#[derive(Template)]
#[template(path = "goals/money.html")]
struct Page<'a> {
    shell: &'a Shell,
    head: ProjectHead,
    goals_href: String,
    plan_href: String,
    forecast_href: String,
    /// The oldest month that has begun and was not reported; nothing where nobody may, or none is.
    next_href: String,
    next: String,
    may_set: bool,
    may_enter: bool,
    view: Option<View>,
    /// The escalation that is open about it.
    open: Option<(String, String)>,
    since: String,
    reason: String,
    decision: Option<(String, String)>,
    record: Option<RecordForm>,
    /// What was refused because it is the committee's.
    draft: Option<Draft>,
    errors: Errors,
}

/// The form that records the day of break-even.
struct RecordForm {
    action: String,
    seen: i32,
    /// The day that the plan comes to.
    day: String,
    words: String,
    reason: String,
    needs_reason: bool,
}

async fn show(mut viewer: GoalsViewer) -> Result {
    respond(&mut viewer, (None, None), Errors::none(), StatusCode::OK).await
}

/// The oldest month that has begun and was not reported.
fn owed(viewer: &GoalsViewer, money: &Money) -> Option<Month> {
    let today = viewer.shell().today();
    money.months().filter(|month| month.first() <= today).find(|month| !money.is_reported(*month))
}

fn record_form(viewer: &GoalsViewer, money: &Money, typed: Option<&str>) -> Option<RecordForm> {
    let t = viewer.shell().t;
    let day = money.crossing(Basis::Plan)?.on;
    if !viewer.may_set_money() || money.break_even_on == Some(day) {
        return None;
    }
    Some(RecordForm {
        action: viewer.path("money/break-even"),
        seen: money.number,
        day: day.to_string(),
        words: match money.break_even_on {
            Some(recorded) => t.goals_money_record_anew(t.date(day), t.date(recorded)),
            None => t.goals_money_record_first(t.date(day)),
        },
        reason: typed.unwrap_or_default().to_owned(),
        needs_reason: money.break_even_on.is_some(),
    })
}

async fn respond(
    viewer: &mut GoalsViewer,
    (typed, too_far): (Option<&str>, Option<(TooLarge, Date)>),
    errors: Errors,
    status: StatusCode,
) -> Result {
    let project = viewer.project().id;
    let money = store::money(viewer.conn(), project).await?;
    let open = store::open_escalation(viewer.conn(), project).await?;
    let (shell, t, key) = (viewer.shell(), viewer.shell().t, &viewer.project().key);
    let owed = money.as_ref().and_then(|money| owed(viewer, money)).filter(|_| viewer.may_enter_money());
    let set_by = |money: &Money| t.goals_money_set_by(&money.by, i64::from(money.number), shell.moment(money.since));
    let decided = money.as_ref().and_then(|money| money.decision);
    let page = Page {
        goals_href: viewer.path(""),
        plan_href: viewer.path("money/plan"),
        forecast_href: viewer.path("money/forecast"),
        next_href: owed.map(|month| viewer.path(&format!("money/actual/{}", month.field()))).unwrap_or_default(),
        next: owed.map(|month| t.goals_money_enter(t.month(month.first()))).unwrap_or_default(),
        may_set: viewer.may_set_money(),
        may_enter: viewer.may_enter_money(),
        view: money.as_ref().map(|money| View::of(viewer, money)),
        open: open.map(|number| (format!("E-{number}"), paths::escalation(key, number).to_string())),
        since: money.as_ref().map(set_by).unwrap_or_default(),
        // What a decision set names it in the place of a reason, and stands beside it as a link.
        reason: money.as_ref().filter(|_| decided.is_none()).map(|money| money.reason.clone()).unwrap_or_default(),
        decision: decided.map(|number| (format!("D-{number}"), paths::decision(key, number).to_string())),
        record: money.as_ref().and_then(|money| record_form(viewer, money, typed)),
        draft: money.as_ref().zip(too_far).map(|(money, too_far)| draft(viewer, money, typed, too_far)),
        head: viewer.viewer().standing().head(Tab::None),
        shell,
        errors,
    };
    page_with(status, &page)
}

/// The escalation that another day of break-even is drafted as.
fn draft(viewer: &GoalsViewer, money: &Money, typed: Option<&str>, (too_far, day): (TooLarge, Date)) -> Draft {
    let t = viewer.shell().t;
    let signed = money.signed.and_then(|signed| signed.break_even_on).or(money.break_even_on);
    let wanted = MoneyWanted {
        question: t.goals_draft_change(t.decisions_kind_break_even(), t.date(day)),
        option: t.date(day),
        stay: signed.map(|day| t.date(day)).unwrap_or_default(),
        decision: money.signed.map(|signed| signed.decision),
        reason: typed.unwrap_or_default(),
        proposes: None,
    };
    Draft::of_money(viewer, &wanted, &[too_far])
}

async fn record(State(state): State<AppState>, mut viewer: GoalsViewer, fields: Fields) -> Result {
    require(viewer.may_set_money())?;
    let (seen, day): (i32, Date) = (fields.hidden("seen")?, fields.hidden("day")?);
    let (t, project) = (viewer.shell().t, viewer.project().id);
    let typed = fields.text("reason");
    let recorded = store::money(viewer.conn(), project).await?.and_then(|money| money.break_even_on);
    let reason = if typed.is_empty() && recorded.is_none() { t.goals_money_record_reason() } else { typed.clone() };
    let mut errors = Errors::none();
    // Of a day that is recorded already, by the same form sent before, nobody asks why.
    if reason.is_empty() && recorded != Some(day) {
        errors.add("reason", t.goals_reason_missing());
    } else if reason.chars().count() > WHY {
        errors.add("reason", t.decisions_too_long(WHY));
    }
    if !errors.is_empty() {
        return respond(&mut viewer, (Some(&typed), None), errors, StatusCode::UNPROCESSABLE_ENTITY).await;
    }
    if let Some(too_far) = actions::record(&state, &mut viewer, (seen, day), &reason).await? {
        viewer.lease_again(&state).await?;
        return respond(&mut viewer, (Some(&typed), Some((too_far, day))), errors, StatusCode::CONFLICT).await;
    }
    Ok(Reply::to(viewer.path("money")).done(t.goals_money_recorded(t.date(day))).into_response())
}
