//! `/projects/new`: the form, its live summary, and the POST that makes everything.

use super::{
    access::ProjectMaker,
    actions::{self, Outcome},
    form::Form,
    model::Memory,
    store,
    view::View,
};
use crate::{
    departments,
    events::Change,
    platform::{ids::ProjectId, working_time::Calendar},
    projects::making::store as records,
    web::{self, AppState, Errors, Fields, Place, Reply, Routes, Shell, Tier, paths, ui},
};
use askama::Template;
use axum::{
    extract::State,
    http::{HeaderMap, StatusCode},
    response::IntoResponse,
};
use jiff::SignedDuration;
use sqlx::PgConnection;

/// So long a form that says the same as one that made a draft is that form, sent again.
const SAME_FORM: SignedDuration = SignedDuration::from_hours(24);

/// The pages of this part.
#[must_use]
pub fn routes() -> Routes {
    Routes::new().get(Tier::Colleague, "/projects/new", show).post(Tier::Colleague, "/projects/new", create).post(
        Tier::Colleague,
        "/projects/new/preview",
        preview,
    )
}

#[derive(Template)]
#[template(path = "lifecycle/new.html")]
struct NewPage {
    shell: Shell,
    errors: Errors,
    view: View,
}

#[derive(Template)]
#[template(path = "lifecycle/new_preview.html")]
struct PreviewParts {
    shell: Shell,
    errors: Errors,
    view: View,
    with_departments: bool,
}

async fn facts(
    conn: &mut PgConnection,
    maker: &ProjectMaker,
    fields: &Fields,
) -> Result<(Memory, Calendar), sqlx::Error> {
    let memory = store::memory(conn, maker.person(), maker.role(), &Form::named(fields)).await?;
    Ok((memory, departments::calendar(conn).await?))
}

fn render(
    status: StatusCode,
    maker: ProjectMaker,
    form: Form,
    errors: Errors,
    (memory, calendar): &(Memory, Calendar),
) -> web::Result {
    let me = maker.person();
    let shell = maker.into_shell().at(Place::Projects);
    let view = View::new(&shell, me, form, memory, calendar)?;
    web::page_with(status, &NewPage { shell, errors, view })
}

async fn show(State(state): State<AppState>, maker: ProjectMaker) -> web::Result {
    let mut lease = state.db.lease().await?;
    let facts = facts(&mut lease, &maker, &Fields::default()).await?;
    let form = Form::fresh(&facts.0, maker.person())?;
    render(StatusCode::OK, maker, form, Errors::none(), &facts)
}

/// The same form with its summary brought up to date; changes nothing. The script asks for the parts that may change, a
/// browser without it for the whole page.
async fn preview(
    State(state): State<AppState>,
    maker: ProjectMaker,
    headers: HeaderMap,
    fields: Fields,
) -> web::Result {
    let mut lease = state.db.lease().await?;
    let facts = facts(&mut lease, &maker, &fields).await?;
    drop(lease);
    let form = Form::read(&facts.0, &fields)?;
    if !headers.contains_key("x-fragment") {
        return render(StatusCode::OK, maker, form, Errors::none(), &facts);
    }
    let with_departments = !form.departments.iter().map(|one| one.code.as_str()).eq(fields.all("listed"));
    let me = maker.person();
    let shell = maker.into_shell();
    let view = View::new(&shell, me, form, &facts.0, &facts.1)?;
    web::page(&PreviewParts { shell, errors: Errors::none(), view, with_departments })
}

async fn create(State(state): State<AppState>, maker: ProjectMaker, fields: Fields) -> web::Result {
    let id: ProjectId = fields.hidden("id")?;
    let mut change = Change::begin(&state, maker.shell()).await?;
    if let Some(key) = records::made_before(change.conn(), id, maker.person()).await? {
        return Ok(made(&maker, &key));
    }
    let facts = facts(change.conn(), &maker, &fields).await?;
    let form = Form::read(&facts.0, &fields)?;
    let shell = maker.shell();
    // Whoever goes back after making it gets a new page with what they typed: another id, the same wish.
    let since = shell.now.saturating_sub(SAME_FORM).map_err(web::Error::internal)?;
    if let Some(like) = form.likeness()
        && let Some(key) = records::made_alike(change.conn(), like, maker.person(), since).await?
    {
        let text = shell.t.project_new_made_already(&key);
        return Ok(Reply::to(paths::project(&key, "")).done(text).into_response());
    }
    let choices = match form.check(shell.t, &facts.0, shell.today()) {
        Ok(choices) => choices,
        Err(errors) => {
            drop(change);
            return render(StatusCode::UNPROCESSABLE_ENTITY, maker, form, errors, &facts);
        }
    };
    match actions::make(change, &maker, &choices, &facts.1).await? {
        Outcome::Made(key) => Ok(made(&maker, &key)),
        Outcome::KeyTaken => {
            let errors = Errors::none().with("key", shell.t.project_new_key_gone(&form.key));
            render(StatusCode::UNPROCESSABLE_ENTITY, maker, form, errors, &facts)
        }
    }
}

fn made(maker: &ProjectMaker, key: &str) -> axum::response::Response {
    Reply::to(paths::project(key, "")).done(maker.shell().t.project_new_made(key)).into_response()
}
