//! The page on which a plan moves: a day, then everything that would move, then the button.

use super::actions::{self, Outcome};
use crate::platform::clock::agreed_day;
use crate::{
    departments::calendar,
    events::Change,
    projects::{ProjectHead, ProjectManager, Tab, schedule::Anchor, settings::store},
    web::{
        AppState, Errors, Fields, Reply, Result, Routes, Shell, Tier, page_with, paths,
        ui::{self, Choice},
    },
    work::reschedule::{
        self, Apart, Plan,
        model::{Possible, moves, possible},
        view::{Preview, refusal_text},
    },
};
use askama::Template;
use axum::{extract::State, http::StatusCode, response::IntoResponse};

/// The routes of moving a plan.
#[must_use]
pub fn routes() -> Routes {
    Routes::new().get(Tier::Project, "/p/{key}/settings/dates", show).post(
        Tier::Project,
        "/p/{key}/settings/dates",
        apply,
    )
}

#[derive(Template)]
#[template(path = "lifecycle/dates.html")]
struct DatesPage {
    shell: Shell,
    head: ProjectHead,
    errors: Errors,
    is_stale: bool,
    possible: Possible,
    anchors: Vec<Choice>,
    anchor: String,
    date: String,
    now: String,
    preview: Option<Preview>,
    path: String,
    cancel: String,
}

impl DatesPage {
    fn can_move(&self) -> bool {
        self.possible.launch || self.possible.start
    }
}

/// The day that is asked for, as the form names it.
fn anchor(fields: &Fields, may: Possible) -> Option<Anchor> {
    let date = agreed_day(fields.get("date"))?;
    match fields.get("anchor") {
        "launch" => Some(Anchor::Launch(date)),
        "start" => Some(Anchor::Start(date)),
        _ if may.launch => Some(Anchor::Launch(date)),
        _ => Some(Anchor::Start(date)),
    }
}

async fn dates_page(manager: &mut ProjectManager, fields: &Fields, is_stale: bool) -> Result<(StatusCode, DatesPage)> {
    let project = manager.project().clone();
    let stages = store::stages(manager.conn(), project.id).await?;
    let calendar = calendar(manager.conn()).await?;
    let dates = reschedule::store::open_dates(manager.conn(), project.id).await?;
    let shell = manager.shell().clone();
    let (t, today, may) = (shell.t, shell.today(), possible(&stages));
    let mut errors = Errors::none();
    let mut preview = None;
    match anchor(fields, may) {
        None if fields.has("date") => errors.add("date", t.dates_error_missing()),
        None => {}
        Some(anchor) => {
            let plan = Plan { stages: &stages, launches_on: project.launches_on, calendar: &calendar, today };
            match moves(&plan, dates, &Apart::default(), anchor) {
                Ok(planned) => preview = Some(Preview::of(&shell, &project.key, &planned, may.start)),
                Err(refusal) => errors.add("date", refusal_text(t, refusal)),
            }
        }
    }
    let status = match (errors.is_empty(), is_stale) {
        (false, _) => StatusCode::UNPROCESSABLE_ENTITY,
        (true, true) => StatusCode::CONFLICT,
        (true, false) => StatusCode::OK,
    };
    let default = if may.launch { project.launches_on.unwrap_or(project.starts_on) } else { project.starts_on };
    let launches_on = project.launches_on.map_or_else(String::new, |day| t.dates_launch_now(t.date(day)));
    let page = DatesPage {
        head: manager.standing().head(Tab::None),
        errors,
        is_stale,
        possible: may,
        anchors: vec![Choice::new("launch", t.dates_anchor_launch()), Choice::new("start", t.dates_anchor_start())],
        anchor: if fields.get("anchor") == "start" || !may.launch { "start" } else { "launch" }.to_owned(),
        date: if fields.has("date") { fields.get("date").to_owned() } else { default.to_string() },
        now: format!("{} {launches_on}", t.dates_start_now(t.date(project.starts_on))),
        preview,
        path: paths::project(&project.key, "settings/dates").to_string(),
        cancel: paths::project(&project.key, "settings").to_string(),
        shell,
    };
    Ok((status, page))
}

async fn show(mut manager: ProjectManager, fields: Fields) -> Result {
    let (status, page) = dates_page(&mut manager, &fields, false).await?;
    page_with(status, &page)
}

async fn apply(State(state): State<AppState>, mut manager: ProjectManager, fields: Fields) -> Result {
    let t = manager.shell().t;
    let asked = anchor(&fields, Possible { launch: fields.get("anchor") == "launch", start: true });
    let mut is_stale = false;
    if let Some(asked) = asked {
        manager.release();
        let change = Change::begin(&state, manager.shell()).await?;
        match actions::apply(change, &manager, asked, fields.get("seen")).await? {
            done @ (Outcome::Done(..) | Outcome::Already) => {
                let moved = match &done {
                    Outcome::Done(planned, _) => planned.stages.len() + planned.due().count(),
                    Outcome::Already | Outcome::Stale | Outcome::Refused(_) => 0,
                };
                let settings = paths::project(&manager.project().key, "settings");
                return Ok(Reply::to(settings).done(t.dates_moved(moved)).into_response());
            }
            Outcome::Stale => is_stale = true,
            Outcome::Refused(_) => {}
        }
        manager.lease_again(&state).await?;
    }
    let typed = Fields::of(&[("anchor", fields.get("anchor")), ("date", fields.get("date"))]);
    let (status, page) = dates_page(&mut manager, &typed, is_stale).await?;
    page_with(status, &page)
}
