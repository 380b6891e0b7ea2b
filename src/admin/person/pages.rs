//! `/people/{id}`: who somebody is, where they sit, and what they did lately, as far as the reader may see it.

use super::store::{self, Person, Seat};
use crate::{
    admin::people::form::role_label,
    events::feed::{self, Entry, Feed},
    platform::{
        ids::PersonId,
        locale::{T, sort_names},
    },
    web::{
        self, AppState, Error, Fields, Place, Routes, Shell, Tier,
        paths::{self, Parameter},
        ui,
    },
};
use askama::Template;
use axum::extract::State;

/// Lines of activity a page.
const PAGE: usize = 30;

/// The routes of a person's page.
#[must_use]
pub fn routes() -> Routes {
    Routes::new().get(Tier::Colleague, "/people/{id}", show)
}

#[derive(Template)]
#[template(path = "people/person.html")]
struct PersonPage {
    shell: Shell,
    person: Person,
    role: String,
    seats: Vec<Line>,
    feed: Feed,
}

struct Line {
    href: String,
    project: String,
    role: String,
}

impl PersonPage {
    fn department(&self) -> Option<ui::DepartmentChip<'_>> {
        let t = self.shell.t;
        Some(ui::DepartmentChip {
            code: t.pair(self.person.short_en.as_deref()?, self.person.short_zh.as_deref()?),
            name: t.pair(self.person.department_en.as_deref()?, self.person.department_zh.as_deref()?),
            colour: self.person.colour?,
        })
    }
}

async fn show(
    State(state): State<AppState>,
    shell: Shell,
    Parameter(id): Parameter<PersonId>,
    query: Fields,
) -> web::Result {
    let viewer = shell.viewer()?;
    let mut lease = state.db.lease().await?;
    let person = store::person(&mut lease, id).await?.ok_or(Error::NotFound)?;
    let mut seats = store::seats(&mut lease, id, viewer.person_id, viewer.role).await?;
    sort_names(shell.t, &mut seats, |seat| &seat.project);
    let more = i64::try_from(PAGE).unwrap_or(i64::MAX).saturating_add(1);
    let before = feed::before(&query);
    let mut events = store::activity(&mut lease, id, (viewer.person_id, viewer.role), before, more).await?;
    drop(lease);
    let has_older = events.len() > PAGE;
    events.truncate(PAGE);
    let feed = Feed {
        entries: events.iter().map(|(event, key)| Entry::new(&shell, event, Some(key))).collect(),
        newer: before.map(|_| feed::newest(&shell)),
        older: events.last().filter(|_| has_older).map(|(last, _)| feed::older(&shell, last.id)),
    };
    let t = shell.t;
    web::page(&PersonPage {
        role: role_label(t, person.role),
        seats: seats.into_iter().map(|seat| line(t, seat)).collect(),
        person,
        feed,
        shell: shell.at(Place::Departments),
    })
}

fn line(t: T, seat: Seat) -> Line {
    let mut words = vec![seat.role.label(t)];
    words.extend(seat.part_en.as_deref().zip(seat.part_zh.as_deref()).map(|(en, zh)| t.pair(en, zh).to_owned()));
    words.extend((!seat.capacity.is_empty()).then_some(seat.capacity));
    Line { href: paths::project(&seat.key, "").to_string(), project: seat.project, role: t.list(&words) }
}
