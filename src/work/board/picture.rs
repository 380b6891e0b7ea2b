//! The tasks of the page and the bar above them as HTML, kept while nothing that is seen in them changes.
//!
//! A picture is drawn from what [`Seen`] holds and from the rows of the tasks, and from nothing else. The rows are in
//! `Seen` by their mark: the database computes it from the tasks themselves at every request, before the rows are read, so
//! a picture can never be older than the answer it stands in. Many people looking at the same board then cost one reading of it.

use super::{
    filter::{Filter, View},
    lanes::{Band, Card, Lane, Lookup, bands},
    store::{self, Conditions, MOST_ROWS, RECENTLY_DONE, Row, Surroundings},
    words::{Menus, Words},
};
use crate::{
    platform::{ids::PersonId, locale::T},
    projects::{Part, ProjectViewer},
    web::{Result, paths, pieces::Piece, ui},
};
use askama::Template;
use jiff::{civil::Date, tz::TimeZone};
use quick_cache::{Weighter, sync::Cache};
use sqlx::PgConnection;
use std::{
    collections::BTreeMap,
    hash::{Hash, Hasher},
    sync::{Arc, LazyLock},
};

/// About so many bytes is a task.
const CARD: usize = 520;
/// Pictures kept by one process: usually no more than so many, and never more bytes than that.
const MANY: usize = 64;
const BYTES: u64 = 16 * 1024 * 1024;

static KEPT: LazyLock<Cache<Arc<Seen>, Arc<Picture>, Bytes>> =
    LazyLock::new(|| Cache::with_weighter(MANY, BYTES, Bytes));

#[derive(Clone)]
struct Bytes;

impl Weighter<Arc<Seen>, Arc<Picture>> for Bytes {
    fn weight(&self, _seen: &Arc<Seen>, picture: &Arc<Picture>) -> u64 {
        // What it was drawn from takes some room as well.
        u64::try_from(picture.bar.size() + picture.tasks.size() + 8 * 1024).unwrap_or(u64::MAX)
    }
}

/// Everything that the tasks are drawn from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Seen {
    /// The words.
    pub t: T,
    /// The reader's.
    pub zone: TimeZone,
    /// On the reader's clock.
    pub today: Date,
    /// The project's key.
    pub key: String,
    /// The address.
    pub filter: Filter,
    /// The address as the database takes it.
    pub conditions: Conditions,
    /// Every part, and whether the reader changes its tasks.
    pub parts: Vec<(Part, bool)>,
    /// Who moves their own tasks: the reader, if they may and can have any.
    pub own: Option<PersonId>,
    /// The rest of the project, with the mark of its tasks.
    pub around: Surroundings,
}

impl Hash for Seen {
    /// What tells most of them apart; equality looks at the rest.
    fn hash<H: Hasher>(&self, to: &mut H) {
        (&self.key, self.around.mark, &self.filter, self.t, self.today, self.own).hash(to);
    }
}

impl Seen {
    /// By a reader, under an address.
    pub fn by(viewer: &ProjectViewer, filter: Filter, around: Surroundings) -> Result<Self> {
        let shell = viewer.shell();
        let me = shell.viewer()?.person_id;
        let rights = viewer.rights();
        let parts = &viewer.standing().parts;
        let part = parts.iter().find(|part| part.code == filter.department).map(|part| part.id);
        let most_done = if filter.view == View::Board { RECENTLY_DONE } else { MOST_ROWS + 1 };
        let moves_own = parts.first().is_some_and(|part| rights.may_set_status(part.id, Some(me)))
            && !parts.iter().all(|part| rights.may_edit_tasks_of(part.id))
            && around.people.iter().any(|person| person.id == me);
        Ok(Self {
            t: shell.t,
            zone: shell.zone.clone(),
            today: shell.today(),
            key: viewer.project().key.clone(),
            conditions: Conditions::of(&filter, viewer.project().id, part, me, shell.today(), most_done),
            parts: parts.iter().map(|part| (part.clone(), rights.may_edit_tasks_of(part.id))).collect(),
            own: moves_own.then_some(me),
            filter,
            around,
        })
    }

    fn link(&self, filter: &Filter) -> String {
        format!("{}{}", paths::project(&self.key, "work"), filter.query())
    }

    /// The address of this page.
    pub fn here(&self) -> String {
        self.link(&self.filter)
    }

    /// Whether rows are shown, not lanes.
    pub fn is_list(&self) -> bool {
        self.filter.view == View::List
    }

    /// The address of the lanes.
    pub fn as_board(&self) -> String {
        self.link(&self.filter.viewed(View::Board))
    }

    /// The address of the rows.
    pub fn as_list(&self) -> String {
        self.link(&self.filter.viewed(View::List))
    }

    /// The address of everything.
    pub fn widest(&self) -> String {
        self.link(&self.filter.widest())
    }

    /// The address of everything that is done.
    pub fn all_done(&self) -> String {
        self.link(&self.filter.all_done())
    }

    /// The name of somebody who has or had a seat.
    pub fn name(&self, person: PersonId) -> Option<&str> {
        self.around.people.iter().find(|seated| seated.id == person).map(|seated| seated.name.as_str())
    }
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

#[derive(Template)]
#[template(path = "work/board_bar.html")]
struct Bar<'a> {
    t: T,
    seen: &'a Seen,
    menus: &'a Menus,
}

/// Of `boards` and `lists` one is empty.
#[derive(Template)]
#[template(path = "work/board_tasks.html")]
struct Tasks<'a> {
    t: T,
    seen: &'a Seen,
    words: Words,
    menus: &'a Menus,
    boards: Vec<BoardBand<'a>>,
    lists: Vec<ListBand<'a>>,
    is_empty: bool,
    /// How many are shown, when some are not.
    cut_at: Option<usize>,
    /// Whether the reader may change any row of the list.
    may_change: bool,
}

/// What the page shows of the tasks.
#[derive(Debug)]
pub struct Picture {
    /// How the work is seen, and what of it.
    pub bar: Piece,
    /// Lanes, or the rows of the list.
    pub tasks: Piece,
}

/// The picture that was kept, or a new one.
///
/// # Errors
/// Of the database.
pub async fn of(conn: &mut PgConnection, seen: &Arc<Seen>) -> Result<Arc<Picture>> {
    if let Some(kept) = KEPT.get(seen) {
        return Ok(kept);
    }
    let mut rows = store::rows(conn, &seen.conditions, seen.t.is_chinese()).await?;
    let unknown: Vec<PersonId> =
        rows.iter().filter_map(|row| row.assignee_id).filter(|person| seen.name(*person).is_none()).collect();
    let others = if unknown.is_empty() { Vec::new() } else { store::names(conn, &unknown).await? };
    let is_cut = rows.len() > MOST_ROWS;
    rows.truncate(MOST_ROWS);
    let picture = Arc::new(draw(seen, &rows, is_cut, others.into_iter().collect())?);
    // A name that is not in what was seen may change without being noticed.
    if unknown.is_empty() {
        KEPT.insert(Arc::clone(seen), Arc::clone(&picture));
    }
    Ok(picture)
}

fn draw(seen: &Seen, rows: &[Row], is_cut: bool, others: BTreeMap<PersonId, String>) -> Result<Picture> {
    let lookup = Lookup::new(seen, rows, others);
    let bands = bands(rows, &lookup, seen.filter.group, seen.filter.sort);
    let (mut boards, mut lists) = (Vec::new(), Vec::new());
    let done = rows.iter().map(|row| row.done_in_all).max().unwrap_or(0);
    let done = usize::try_from(done).ok().filter(|_| bands.len() == 1);
    for band in bands {
        if seen.filter.view == View::Board {
            boards.push(BoardBand { lanes: band.lanes(&lookup, &seen.filter, done), band });
        } else {
            lists.push(ListBand { cards: band.cards(&lookup), band });
        }
    }
    let menus = Menus::of(seen);
    let bar = Bar { t: seen.t, seen, menus: &menus }.render()?;
    let mut html = String::with_capacity(rows.len() * CARD + 4 * 1024);
    let tasks = Tasks {
        t: seen.t,
        seen,
        words: Words::of(seen.t),
        menus: &menus,
        is_empty: rows.is_empty(),
        cut_at: is_cut.then_some(MOST_ROWS),
        may_change: lists.iter().any(|list: &ListBand<'_>| list.cards.iter().any(|card| card.may_move)),
        boards,
        lists,
    };
    tasks.render_into(&mut html)?;
    Ok(Picture { bar: Piece::new(bar)?, tasks: Piece::new(html)? })
}
