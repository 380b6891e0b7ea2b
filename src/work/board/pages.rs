//! `/p/{key}/work`.

use super::{
    bulk,
    filter::Filter,
    picture::{self, Picture, Seen},
    store,
    words::own_departments,
};
use crate::{
    platform::ids::TaskId,
    projects::{ProjectHead, ProjectViewer, Tab},
    web::{
        Fields, Result, Routes, Shell, Tier,
        pieces::page_of,
        ui::{self, Choice},
    },
    work::tasks::pages::waits_for_choices,
};
use askama::Template;
use axum::http::HeaderMap;
use std::sync::Arc;

/// About so many bytes stand around the tasks.
const AROUND: usize = 20 * 1024;

/// The board, and several tasks changed at once.
pub fn routes() -> Routes {
    Routes::new().get(Tier::Project, "/p/{key}/work", show).post(Tier::Project, "/p/{key}/work/bulk", bulk::change)
}

/// The page.
#[derive(Template)]
#[template(path = "work/board.html")]
struct BoardPage<'a> {
    shell: &'a Shell,
    head: ProjectHead,
    seen: &'a Seen,
    picture: &'a Picture,
    /// Departments for which the reader adds tasks.
    own_departments: Vec<Choice>,
    /// The id of a task that is added here, and its stage: the one looked at, else the current one.
    new_id: TaskId,
    new_stage: String,
    waits_for: Vec<Choice>,
    waits_for_code: &'static str,
}

async fn show(mut viewer: ProjectViewer, asked: HeaderMap, fields: Fields) -> Result {
    let shell = viewer.shell().clone();
    let project = viewer.project().id;
    let around = store::surroundings(viewer.conn(), project).await?;
    let seen = Arc::new(Seen::by(&viewer, Filter::parse(&fields), around)?);
    let picture = picture::of(viewer.conn(), &seen).await?;
    let current = seen.around.stages.iter().find(|stage| stage.is_current).map(|stage| stage.id);
    let new_stage = seen.filter.stage.or(current);
    let page = BoardPage {
        shell: &shell,
        head: viewer.standing().head(Tab::Work),
        seen: &seen,
        picture: &picture,
        own_departments: own_departments(&seen),
        new_id: TaskId::new(),
        new_stage: new_stage.map(|stage| stage.to_string()).unwrap_or_default(),
        waits_for: waits_for_choices(shell.t, &viewer.standing().parts, None),
        waits_for_code: "",
    };
    page_of(&page, &[&picture.bar, &picture.tasks], AROUND, &asked)
}
