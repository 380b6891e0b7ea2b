//! The page of the playbook: the version in force, or an older one, with who has read it and what changed.

use super::{
    access::PlaybookViewer,
    changes::{
        self,
        words::{Group, grouped},
    },
    model::{Content, Version},
    readers::{Reader, Readers},
    store,
    view::Book,
};
use crate::{
    platform::locale::T,
    projects::{ProjectHead, ProjectState, Tab},
    web::{Error, Fields, Result, Routes, Shell, Tier, page, ui, ui::DepartmentChip},
};
use askama::Template;
use axum::http::Uri;

/// The routes of this part.
#[must_use]
pub fn routes() -> Routes {
    Routes::new().get(Tier::Project, "/p/{key}/playbook", show)
}

/// A department with whether it has read.
pub struct ReaderLine {
    short: String,
    name: String,
    colour: i16,
    /// `ok`, `warn`, or nothing where nobody has to.
    tone: &'static str,
    icon: &'static str,
    words: String,
}

impl ReaderLine {
    /// In the reader's language.
    #[must_use]
    pub fn of(t: T, readers: &Readers, one: &Reader) -> Self {
        let (tone, icon, words) = match (one.has_read, one.read, &one.person) {
            (true, Some(read), _) if Some(read) == readers.number => ("ok", "check", t.playbook_has_read()),
            (true, Some(read), _) => ("ok", "check", t.playbook_has_read_of(read)),
            (_, _, None) => ("warn", "warn", t.playbook_nobody_speaks()),
            (_, Some(read), Some(name)) => ("warn", "clock", t.playbook_read_older(name, read)),
            (_, None, Some(name)) => ("warn", "clock", t.playbook_not_read(name)),
        };
        Self {
            short: t.pick(&one.short).to_owned(),
            name: t.pick(&one.name).to_owned(),
            colour: one.colour,
            tone,
            icon,
            words,
        }
    }

    /// As pages show it.
    #[must_use]
    pub fn chip(&self) -> DepartmentChip<'_> {
        DepartmentChip { code: &self.short, name: &self.name, colour: self.colour }
    }
}

/// A version as the list shows it.
struct VersionLine {
    number: i32,
    note: String,
    by: String,
    on: String,
    asks_again: bool,
    is_shown: bool,
}

/// The version that is shown.
struct Shown {
    number: i32,
    published: String,
    note: String,
    book: Book,
    /// Older than the one in force.
    is_old: bool,
    /// What the changes are against: a heading; none where there is nothing to compare with.
    since: Option<String>,
    changes: Vec<Group>,
}

#[derive(Template)]
#[template(path = "playbook/page.html")]
struct PlaybookPage<'a> {
    shell: &'a Shell,
    head: ProjectHead,
    path: String,
    may_publish: bool,
    is_draft: bool,
    shown: Option<Shown>,
    /// The reader speaks for a department and has not acknowledged.
    must_read: bool,
    /// What the reader has acknowledged, where it holds.
    has_read: String,
    done: String,
    readers: Vec<ReaderLine>,
    versions: Vec<VersionLine>,
    unfolded: bool,
}

/// When and by whom, with the year: versions stay for long.
#[must_use]
pub fn published(shell: &Shell, version: &Version) -> String {
    let on = shell.t.date(version.at.to_zoned(shell.zone.clone()).date());
    shell.t.playbook_published(&version.by, on, version.number)
}

async fn show(mut viewer: PlaybookViewer, uri: Uri) -> Result {
    let (query, project) = (Fields::of_query(&uri), viewer.project().id);
    let versions = store::versions(viewer.conn(), project).await?;
    let newest = versions.first().map(|version| version.number);
    let wanted = if query.has("version") {
        let number: i32 = query.value("version").ok_or(Error::NotFound)?;
        Some(versions.iter().find(|version| version.number == number).ok_or(Error::NotFound)?)
    } else {
        versions.first()
    };
    let (readers, mut contents, mut base) = match wanted {
        None => (Readers::default(), Vec::new(), None),
        Some(version) => {
            let readers = store::readers(viewer.conn(), project).await?;
            let base = compared_with(&viewer, &readers, version.number, newest);
            let numbers: Vec<i32> = base.into_iter().chain([version.number]).collect();
            (readers, store::contents(viewer.conn(), project, &numbers).await?, base)
        }
    };
    let shell = viewer.shell();
    let mut take = |number: i32| {
        let at = contents.iter().position(|(found, _)| *found == number)?;
        Some(contents.swap_remove(at).1)
    };
    let shown = wanted.and_then(|version| {
        let before = base.take().and_then(|number| Some((number, take(number)?)));
        Some(shown(&viewer, version, &take(version.number)?, before, newest))
    });
    let t = shell.t;
    let is_current = shown.as_ref().is_some_and(|shown| !shown.is_old);
    let must_read = is_current && viewer.rights().may_acknowledge_playbook() && readers.owes(viewer.person);
    let own = readers.of(viewer.person).filter(|one| one.has_read).filter_map(|one| one.read).max();
    let lines = |version: &Version| VersionLine {
        number: version.number,
        note: version.note.clone(),
        by: version.by.clone(),
        on: ui::unbroken(t.date(version.at.to_zoned(shell.zone.clone()).date())),
        asks_again: version.asks_again,
        is_shown: query.has("version") && shown.as_ref().is_some_and(|shown| shown.number == version.number),
    };
    page(&PlaybookPage {
        head: viewer.viewer().standing().head(Tab::Playbook),
        path: viewer.path(),
        may_publish: viewer.rights().may_publish_playbook(),
        is_draft: viewer.project().state == ProjectState::Draft,
        must_read,
        has_read: own
            .filter(|_| is_current && !must_read)
            .map(|number| t.playbook_you_read(number))
            .unwrap_or_default(),
        done: t.playbook_done(readers.done(), readers.departments.len()),
        readers: readers.departments.iter().map(|one| ReaderLine::of(t, &readers, one)).collect(),
        versions: versions.iter().map(lines).collect(),
        unfolded: query.has("unfolded"),
        shown,
        shell,
    })
}

/// The version that somebody reads this one against: the newest they have read; for who acknowledges nothing, and for an old
/// version, the one before it.
fn compared_with(viewer: &PlaybookViewer, readers: &Readers, number: i32, newest: Option<i32>) -> Option<i32> {
    let before = Some(number - 1).filter(|before| *before > 0);
    if Some(number) != newest || readers.of(viewer.person).next().is_none() {
        return before;
    }
    // The oldest of what they have read for their departments; all is new to who has read nothing for one.
    let read = readers.of(viewer.person).map(|one| one.read).min().flatten();
    if read == Some(number) { before } else { read }
}

fn shown(
    viewer: &PlaybookViewer,
    version: &Version,
    content: &Content,
    before: Option<(i32, Content)>,
    newest: Option<i32>,
) -> Shown {
    let (shell, t) = (viewer.shell(), viewer.shell().t);
    let found = before.as_ref().map(|(_, old)| changes::between(old, content)).unwrap_or_default();
    Shown {
        number: version.number,
        published: published(shell, version),
        note: version.note.clone(),
        book: Book::of(t, content, &viewer.own()),
        is_old: Some(version.number) != newest,
        since: before.map(|(number, _)| t.playbook_since(number)),
        changes: grouped(t, &found),
    }
}
