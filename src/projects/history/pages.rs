//! `/p/GEO/history`.

use super::model::About;
use crate::{
    events::{
        feed::{self, Feed},
        store::Filter,
    },
    platform::{ids::PersonId, locale::sort_people},
    projects::{ProjectHead, ProjectViewer, Tab, seats},
    web::{
        Fields, Result, Routes, Shell, Tier, page, paths,
        ui::{self, Choice},
    },
};
use askama::Template;

/// Lines a page.
const PAGE: usize = 50;

/// The routes of the history.
#[must_use]
pub fn routes() -> Routes {
    Routes::new().get(Tier::Project, "/p/{key}/history", show)
}

#[derive(Template)]
#[template(path = "projects/history.html")]
struct HistoryPage {
    shell: Shell,
    head: ProjectHead,
    abouts: Vec<Choice>,
    about: &'static str,
    people: Vec<Choice>,
    who: String,
    is_filtered: bool,
    feed: Feed,
    path: String,
}

async fn show(mut viewer: ProjectViewer, query: Fields) -> Result {
    let (project, key) = (viewer.project().id, viewer.project().key.clone());
    let (shell, t) = (viewer.shell().clone(), viewer.shell().t);
    let about = About::parse(query.get("about"));
    let who: Option<PersonId> = query.value("who");
    let filter = Filter {
        project: Some(project),
        actor: who,
        kinds: about.map(About::kinds).unwrap_or_default(),
        older_than: feed::before(&query),
        ..Filter::default()
    };
    let feed = Feed::read(viewer.conn(), &shell, &filter, Some(&key), PAGE).await?;
    let seats = seats::store::seats(viewer.conn(), project).await?;
    let mut people: Vec<(PersonId, String)> = seats.into_iter().map(|seat| (seat.person_id, seat.name)).collect();
    people.sort();
    people.dedup();
    sort_people(t, &mut people, |person| &person.1);
    let anybody = Choice::new("", t.history_anybody());
    let anything = Choice::new("", t.history_anything());
    page(&HistoryPage {
        head: viewer.standing().head(Tab::History),
        abouts: std::iter::once(anything)
            .chain(About::ALL.into_iter().map(|one| Choice::new(one.as_str(), one.label(t))))
            .collect(),
        about: about.map(About::as_str).unwrap_or_default(),
        people: std::iter::once(anybody).chain(people.into_iter().map(|(id, name)| Choice::new(id, name))).collect(),
        who: who.map(|id| id.to_string()).unwrap_or_default(),
        is_filtered: about.is_some() || who.is_some(),
        feed,
        path: paths::project(&key, "history").to_string(),
        shell,
    })
}
