//! `/p/GEO/publish`: what publishing does, and the button.

use super::actions::{self, Outcome};
use crate::{
    events::Change,
    projects::{ProjectManager, ProjectState},
    web::{self, AppState, Error, Reply, Routes, Tier, paths, ui},
};
use axum::{extract::State, response::IntoResponse};

/// The pages of this part.
#[must_use]
pub fn routes() -> Routes {
    Routes::new().get(Tier::Project, "/p/{key}/publish", confirm).post(Tier::Project, "/p/{key}/publish", publish)
}

async fn confirm(manager: ProjectManager) -> web::Result {
    let project = manager.project();
    if project.state != ProjectState::Draft {
        return Ok(Reply::to(paths::project(&project.key, "")).into_response());
    }
    let t = manager.shell().t;
    let standing = manager.standing();
    let people = {
        let mut ids: Vec<_> = standing.parts.iter().filter_map(|part| part.liaison_id).collect();
        ids.sort_unstable();
        ids.dedup();
        ids.len()
    };
    let consequences = vec![t.publish_tasks(people, standing.open_tasks), t.publish_stage(), t.publish_seen()];
    web::page(&ui::ConfirmPage {
        shell: manager.shell().clone(),
        title: t.publish_title(&project.name),
        text: t.publish_text(),
        consequences,
        action: paths::project(&project.key, "publish").to_string(),
        fields: Vec::new(),
        button: t.publish_button(),
        cancel: paths::project(&project.key, "").to_string(),
    })
}

async fn publish(State(state): State<AppState>, mut manager: ProjectManager) -> web::Result {
    manager.release();
    let change = Change::begin(&state, manager.shell()).await?;
    match actions::publish(change, &manager).await? {
        Outcome::Published => {
            let project = manager.project();
            let said = manager.shell().t.publish_done(&project.name);
            Ok(Reply::to(paths::project(&project.key, "")).done(said).into_response())
        }
        Outcome::Archived => Err(Error::Conflict),
    }
}
