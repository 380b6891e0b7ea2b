//! `/p/GEO/publish`: what publishing does, and the button.

use super::actions::{self, Outcome};
use crate::{
    events::Change,
    projects::{ProjectHead, ProjectManager, ProjectState, Tab},
    web::{self, AppState, Error, Reply, Routes, Shell, Tier, paths, ui},
    work::planned::{Load, store},
};
use askama::Template;
use axum::{extract::State, response::IntoResponse};

/// The pages of this part.
#[must_use]
pub fn routes() -> Routes {
    Routes::new().get(Tier::Project, "/p/{key}/publish", confirm).post(Tier::Project, "/p/{key}/publish", publish)
}

#[derive(Template)]
#[template(path = "lifecycle/publish.html")]
struct PublishPage {
    shell: Shell,
    head: ProjectHead,
    /// What is late already; empty when nothing is.
    late: String,
    consequences: Vec<String>,
    loads: Vec<Load>,
    dates: String,
    action: String,
    cancel: String,
}

async fn confirm(mut manager: ProjectManager) -> web::Result {
    let project = manager.project();
    if project.state != ProjectState::Draft {
        return Ok(Reply::to(paths::project(&project.key, "")).into_response());
    }
    let (id, today) = (project.id, manager.shell().today());
    let loads = store::loads(manager.conn(), id, today).await?;
    let (standing, shell) = (manager.standing(), manager.shell().clone());
    let (t, key) = (shell.t, &standing.project.key);
    let late: i64 = loads.iter().map(|load| load.late).sum();
    let (free, held): (Vec<Load>, Vec<Load>) = loads.into_iter().partition(|load| load.name.is_none());
    let tasks: i64 = held.iter().map(|load| load.tasks).sum();
    let unheld: i64 = free.iter().map(|load| load.tasks).sum();
    let starts_on = standing.project.starts_on;
    let begins = if starts_on > today { t.publish_stage_later(shell.day(starts_on)) } else { t.publish_stage() };
    web::page(&PublishPage {
        head: standing.head(Tab::None),
        late: if late > 0 { t.publish_late(late) } else { String::new() },
        consequences: [Some(t.publish_tasks(held.len(), tasks)), (unheld > 0).then(|| t.publish_unheld(unheld))]
            .into_iter()
            .flatten()
            .chain([begins, t.publish_seen()])
            .collect(),
        loads: held,
        dates: paths::project(key, "settings/dates").to_string(),
        action: paths::project(key, "publish").to_string(),
        cancel: paths::project(key, "").to_string(),
        shell,
    })
}

async fn publish(State(state): State<AppState>, mut manager: ProjectManager) -> web::Result {
    manager.release();
    let change = Change::begin(&state, manager.shell()).await?;
    match actions::publish(change, &manager).await? {
        Outcome::Published => {
            let (project, shell) = (manager.project(), manager.shell());
            let said = if project.starts_on > shell.today() {
                shell.t.publish_done_early(shell.day(project.starts_on), &project.name)
            } else {
                shell.t.publish_done(&project.name)
            };
            Ok(Reply::to(paths::project(&project.key, "")).done(said).into_response())
        }
        Outcome::Archived => Err(Error::Conflict),
    }
}
