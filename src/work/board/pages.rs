//! `/p/{key}/work`.

use super::{
    bulk,
    filter::{Filter, View},
    picture::{self, Picture, Seen},
    store::{self, MOST_ROWS},
    words::Menus,
};
use crate::{
    platform::ids::TaskId,
    projects::{ProjectHead, ProjectViewer, Tab},
    web::{
        self, Fields, Result, Routes, Shell, Tier,
        ui::{self, Choice},
    },
    work::tasks::pages::waits_for_choices,
};
use askama::Template;
use std::sync::Arc;

/// About so many bytes stand around the tasks.
const AROUND: usize = 32 * 1024;

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
    menus: Menus,
    filter: &'a Filter,
    seen: &'a Seen,
    picture: &'a Picture,
    /// How many are shown, when some are not.
    cut_at: Option<usize>,
    /// The id of a task that is added here, and its stage: the one looked at, else the current one.
    new_id: TaskId,
    new_stage: String,
    waits_for: Vec<Choice>,
    waits_for_code: &'static str,
}

impl BoardPage<'_> {
    fn is_list(&self) -> bool {
        self.filter.view == View::List
    }

    fn as_board(&self) -> String {
        self.seen.link(&self.filter.viewed(View::Board))
    }

    fn as_list(&self) -> String {
        self.seen.link(&self.filter.viewed(View::List))
    }

    fn widest(&self) -> String {
        self.seen.link(&self.filter.widest())
    }

    fn back(&self) -> String {
        self.seen.here()
    }
}

async fn show(mut viewer: ProjectViewer, fields: Fields) -> Result {
    let shell = viewer.shell().clone();
    let project = viewer.project().id;
    let around = store::surroundings(viewer.conn(), project).await?;
    let seen = Arc::new(Seen::by(&viewer, Filter::parse(&fields), around)?);
    let picture = picture::of(viewer.conn(), &seen).await?;
    let current = seen.around.stages.iter().find(|stage| stage.is_current).map(|stage| stage.id);
    let new_stage = seen.filter.stage.or(current);
    let bytes = AROUND + picture.html.len();
    let page = BoardPage {
        shell: &shell,
        head: viewer.standing().head(Tab::Work),
        menus: Menus::of(&viewer, &seen.around),
        filter: &seen.filter,
        seen: &seen,
        cut_at: picture.is_cut.then_some(MOST_ROWS),
        picture: &picture,
        new_id: TaskId::new(),
        new_stage: new_stage.map(|stage| stage.to_string()).unwrap_or_default(),
        waits_for: waits_for_choices(shell.t, &viewer.standing().parts, None),
        waits_for_code: "",
    };
    web::long_page(&page, bytes)
}
