//! `/admin/people`: everybody, found by name, address, role, department or standing.

use super::form::{department_choices, role_label, roles};
use crate::{
    accounts::{
        Administrator,
        people::{self, Filter, Standing},
    },
    departments::{self, Department},
    platform::{
        ids::PersonId,
        locale::{T, people_between},
    },
    web::{self, AppState, Fields, Place, Shell, shell::OrganisationRole, ui},
};
use askama::Template;
use axum::extract::State;

/// People a page.
const PAGE: usize = 50;

#[derive(Template)]
#[template(path = "admin/people.html")]
struct ListPage {
    shell: Shell,
    tab: &'static str,
    text: String,
    role: String,
    department: String,
    standing: String,
    roles: Vec<ui::Choice>,
    departments: Vec<ui::Choice>,
    standings: Vec<ui::Choice>,
    people: Vec<Line>,
    shown: String,
    newer: Option<String>,
    older: Option<String>,
}

struct Line {
    id: PersonId,
    name: String,
    title: String,
    email: String,
    role: String,
    department: Option<Department>,
    standing: String,
    tone: &'static str,
    icon: &'static str,
}

/// The standing on screen, with its tone and picture.
#[must_use]
pub fn standing(t: T, standing: Standing) -> (String, &'static str, &'static str) {
    match standing {
        Standing::Active => (t.people_active(), "ok", "ok"),
        Standing::Invited => (t.people_invited(), "info", "mail"),
        Standing::Deactivated => (t.people_deactivated(), "warn", "lock"),
    }
}

/// Shows the list.
///
/// # Errors
/// Of the database.
pub async fn show(State(state): State<AppState>, shell: Shell, _: Administrator, query: Fields) -> web::Result {
    let filter = Filter {
        text: query.get("q").to_owned(),
        role: OrganisationRole::parse(query.get("role")),
        department: query.value("department"),
        standing: Standing::parse(query.get("standing")),
    };
    let page = query.value::<usize>("page").unwrap_or(1).clamp(1, 1_000_000);
    let mut lease = state.db.lease().await?;
    let departments = departments::store::list(&mut lease, true).await?;
    let t = shell.t;
    let everybody = people::names(&mut lease, &filter).await?;
    let total = everybody.len();
    let before = (page - 1) * PAGE;
    let found = people::lines(&mut lease, &people_between(t, everybody, before, PAGE)).await?;
    drop(lease);
    let last = before + found.len();
    let address = |page: usize| query.address("/admin/people", page);
    let number = |count: usize| t.number(i64::try_from(count).unwrap_or(i64::MAX));
    let mut any_role = roles(t);
    any_role.insert(0, ui::Choice::new("", t.people_any_role()));
    let mut standings = vec![ui::Choice::new("", t.people_any_standing())];
    standings.extend(Standing::ALL.into_iter().map(|one| ui::Choice::new(one.as_str(), standing(t, one).0)));
    let text = |name| query.get(name).to_owned();
    web::page(&ListPage {
        tab: "people",
        text: text("q"),
        role: text("role"),
        standing: text("standing"),
        roles: any_role,
        departments: department_choices(t, &departments, query.get("department"), t.people_any_department()),
        department: text("department"),
        standings,
        people: found.into_iter().map(|person| line(t, person, &departments)).collect(),
        shown: t.people_shown(number((before + 1).min(last)), number(last), number(total)),
        newer: (page > 1).then(|| address(page - 1)),
        older: (last < total).then(|| address(page + 1)),
        shell: shell.at(Place::Administration),
    })
}

fn line(t: T, person: people::PersonLine, departments: &[Department]) -> Line {
    let (word, tone, icon) = standing(t, person.standing());
    Line {
        role: role_label(t, person.role),
        department: departments.iter().find(|department| Some(department.id) == person.department_id).cloned(),
        standing: word,
        tone,
        icon,
        id: person.id,
        name: person.name,
        title: person.title,
        email: person.email,
    }
}
