//! The form of my work behind the link in a letter: no password, no way on, and the same rules as at `/`.

use super::{
    desk::Desk,
    form,
    save::{self, Kept, Saved},
    view::{self, WorkForm},
};
use crate::{
    accounts::{WorkLink, work_links::pages::sealed},
    web::{AppState, Fields, Reply, Result, Routes, Shell, Tier, flash, page_with, ui},
    work::tasks::{TaskLabel, TaskMover},
};
use askama::Template;
use axum::{
    extract::State,
    http::{StatusCode, header},
    response::IntoResponse,
};

/// The form behind a link. Public, because the link itself is the proof (`accounts/work_links`).
pub fn routes() -> Routes {
    Routes::new().get(Tier::Public, "/w/{token}", show).post(Tier::Public, "/w/{token}", save_all)
}

#[derive(Template)]
#[template(path = "overview/my_work_by_letter.html")]
struct LetterPage<'a> {
    shell: &'a Shell,
    work: WorkForm<'a>,
    /// The day, and whose tasks these are.
    sub: String,
    /// Until when the link works.
    until: String,
}

async fn show(State(state): State<AppState>, link: WorkLink) -> Result {
    render(&state, &link, StatusCode::OK, &Kept::default()).await
}

async fn render(state: &AppState, link: &WorkLink, status: StatusCode, kept: &Kept) -> Result {
    let shell = link.shell();
    let me = shell.viewer()?;
    let mut lease = state.db.lease().await?;
    let (grounds, tasks) = view::read(&mut lease, me, shell.t.is_chinese()).await?;
    drop(lease);
    let page = LetterPage {
        work: WorkForm::new(shell, &Desk::Letter(link), &grounds, tasks, kept)?,
        sub: shell.t.my_work_letter_sub(shell.day(shell.today()), &me.name),
        until: shell.moment(link.ends_at()),
        shell,
    };
    let mut response = page_with(status, &page).map(sealed)?;
    // It was carried to this address only, where its way back leads: no other page learns the secret.
    if shell.flash.is_some()
        && let Some(spent) = flash::spent_at(link.path())
    {
        response.headers_mut().append(header::SET_COOKIE, spent);
    }
    Ok(response)
}

async fn save_all(State(state): State<AppState>, link: WorkLink, fields: Fields) -> Result {
    let (shell, sent) = (link.shell(), form::rows(&fields));
    let labels: Vec<TaskLabel> = sent.iter().map(|row| row.label.clone()).collect();
    let proofs = TaskMover::own(&mut *state.db.lease().await?, shell.viewer()?, &labels).await?;
    let desk = Desk::Letter(&link);
    match save::save(&state, (shell, &desk), &proofs, sent, fields.has("confirm")).await? {
        Saved::Done(flash) => Ok(sealed(Reply::to(link.path()).flash_there(flash).into_response())),
        Saved::Refused(status, kept) => render(&state, &link, status, &kept).await,
    }
}
