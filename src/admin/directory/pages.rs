//! `/people`: everybody who is here, found by name or by department.

use super::store::{self, Colleague};
use crate::{
    admin::people::form::department_choices,
    departments::{self, Department},
    platform::{
        ids::DepartmentId,
        locale::{T, people_between, sort_names},
    },
    web::{self, AppState, Fields, Place, Routes, Shell, Tier, paths, shell::OrganisationRole, ui},
};
use askama::Template;
use axum::extract::State;

/// People a page.
const PAGE: usize = 50;

/// The routes of the directory.
#[must_use]
pub fn routes() -> Routes {
    Routes::new().get(Tier::Colleague, "/people", show)
}

#[derive(Template)]
#[template(path = "people/list.html")]
struct DirectoryPage {
    shell: Shell,
    words: String,
    department: String,
    departments: Vec<ui::Choice>,
    people: Vec<Line>,
    shown: String,
    newer: Option<String>,
    older: Option<String>,
}

struct Line {
    person: Colleague,
    department: Option<Department>,
    is_head: bool,
}

impl Line {
    fn new(t: T, mut person: Colleague, departments: &[Department]) -> Self {
        sort_names(t, &mut person.speaks_on, |project| &project.name);
        let department = departments.iter().find(|one| Some(one.id) == person.department_id).cloned();
        Self { is_head: department.as_ref().is_some_and(|one| one.head_id == Some(person.id)), department, person }
    }

    fn is_guest(&self) -> bool {
        self.person.role == OrganisationRole::Guest
    }

    /// Name and address of each project in which they speak for a department.
    fn speaks_on(&self) -> impl Iterator<Item = (&str, String)> {
        self.person.speaks_on.iter().map(|one| (one.name.as_str(), paths::project(&one.key, "").to_string()))
    }
}

async fn show(State(state): State<AppState>, shell: Shell, query: Fields) -> web::Result {
    let t = shell.t;
    let department = query.value::<DepartmentId>("department");
    let page = query.value::<usize>("page").unwrap_or(1).clamp(1, 1_000_000);
    let before = (page - 1) * PAGE;
    let mut lease = state.db.lease().await?;
    let departments = departments::store::list(&mut lease, true).await?;
    let everybody = store::names(&mut lease, query.get("q"), department).await?;
    let total = everybody.len();
    let ids = people_between(t, everybody, before, PAGE);
    let found = store::colleagues(&mut lease, &ids, shell.viewer()?).await?;
    drop(lease);
    let last = before + found.len();
    let number = |count: usize| t.number(i64::try_from(count).unwrap_or(i64::MAX));
    web::page(&DirectoryPage {
        words: query.get("q").to_owned(),
        department: department.map(|id| id.to_string()).unwrap_or_default(),
        shown: t.people_shown(number((before + 1).min(last)), number(last), number(total)),
        newer: (page > 1).then(|| query.address("/people", page - 1)),
        older: (last < total).then(|| query.address("/people", page + 1)),
        people: found.into_iter().map(|person| Line::new(t, person, &departments)).collect(),
        departments: department_choices(t, &departments, query.get("department"), t.people_any_department()),
        shell: shell.at(Place::Departments),
    })
}
