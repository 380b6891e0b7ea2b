//! `/p/{key}/work`.

use super::{
    bulk,
    filter::{Filter, View},
    lanes::{Band, Card, Lane, Lookup, bands},
    store::{self, Conditions, MOST_ROWS, RECENTLY_DONE},
    words::{Menus, Words},
};
use crate::{
    platform::ids::TaskId,
    projects::{ProjectHead, ProjectViewer, Tab},
    web::{
        self, Fields, Result, Routes, Shell, Tier, paths,
        ui::{self, Choice},
    },
    work::tasks::pages::waits_for_choices,
};
use askama::Template;

/// About so many bytes stand around the tasks, and so many are one.
const AROUND: usize = 24 * 1024;
const CARD: usize = 640;

/// The board, and several tasks changed at once.
pub fn routes() -> Routes {
    Routes::new().get(Tier::Project, "/p/{key}/work", show).post(Tier::Project, "/p/{key}/work/bulk", bulk::change)
}

/// A board below a heading, or the only one.
struct BoardBand<'a> {
    band: Band<'a>,
    lanes: Vec<Lane<'a>>,
}

/// A part of the list.
struct ListBand<'a> {
    band: Band<'a>,
    cards: Vec<Card<'a>>,
}

/// The page; of `boards` and `lists` one is empty.
#[derive(Template)]
#[template(path = "work/board.html")]
struct BoardPage<'a> {
    shell: &'a Shell,
    head: ProjectHead,
    words: Words,
    menus: Menus,
    filter: &'a Filter,
    boards: Vec<BoardBand<'a>>,
    lists: Vec<ListBand<'a>>,
    is_empty: bool,
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

    fn may_change(&self) -> bool {
        self.lists.iter().any(|list| list.cards.iter().any(|card| card.may_move))
    }

    fn link(&self, filter: &Filter) -> String {
        format!("{}{}", paths::project(&self.head.key, "work"), filter.query())
    }

    fn as_board(&self) -> String {
        self.link(&self.filter.viewed(View::Board))
    }

    fn as_list(&self) -> String {
        self.link(&self.filter.viewed(View::List))
    }

    fn widest(&self) -> String {
        self.link(&self.filter.widest())
    }

    fn all_done(&self) -> String {
        self.link(&self.filter.all_done())
    }

    fn back(&self) -> String {
        self.link(self.filter)
    }
}

async fn show(mut viewer: ProjectViewer, fields: Fields) -> Result {
    let filter = Filter::parse(&fields);
    let shell = viewer.shell().clone();
    let me = shell.viewer()?.person_id;
    let part = viewer.standing().parts.iter().find(|part| part.code == filter.department).map(|part| part.id);
    let most_done = if filter.view == View::Board { RECENTLY_DONE } else { MOST_ROWS + 1 };
    let project = viewer.project().id;
    let conditions = Conditions::of(&filter, project, part, me, shell.today(), most_done);
    let mut rows = store::rows(viewer.conn(), &conditions, shell.t.is_chinese()).await?;
    let choices = store::choices(viewer.conn(), project).await?;
    let is_cut = rows.len() > MOST_ROWS;
    rows.truncate(MOST_ROWS);
    let lookup = Lookup::new(&shell, me, &viewer.standing().parts, viewer.rights(), &rows, &choices);
    let bands = bands(&rows, &lookup, filter.group, filter.sort);
    let (mut boards, mut lists) = (Vec::new(), Vec::new());
    let done = rows.iter().map(|row| row.done_in_all).max().unwrap_or(0);
    let done = usize::try_from(done).ok().filter(|_| bands.len() == 1);
    for band in bands {
        if filter.view == View::Board {
            boards.push(BoardBand { lanes: band.lanes(&lookup, &filter, done), band });
        } else {
            lists.push(ListBand { cards: band.cards(&lookup), band });
        }
    }
    let current = choices.stages.iter().find(|stage| stage.is_current).map(|stage| stage.id);
    let new_stage = filter.stage.or(current);
    let bytes = AROUND + rows.len() * CARD;
    let page = BoardPage {
        shell: &shell,
        head: viewer.standing().head(Tab::Work),
        words: Words::of(shell.t),
        menus: Menus::of(&viewer, &choices),
        filter: &filter,
        boards,
        lists,
        is_empty: rows.is_empty(),
        cut_at: is_cut.then_some(MOST_ROWS),
        new_id: TaskId::new(),
        new_stage: new_stage.map(|stage| stage.to_string()).unwrap_or_default(),
        waits_for: waits_for_choices(shell.t, &viewer.standing().parts, None),
        waits_for_code: "",
    };
    web::long_page(&page, bytes)
}
