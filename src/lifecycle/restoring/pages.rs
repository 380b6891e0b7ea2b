//! The button of the page that asks before a project is taken up again (`projects/settings`).

use super::actions;
use crate::{
    events::Change,
    projects::settings::ProjectKeeper,
    web::{AppState, Reply, Result, Routes, Tier, paths},
};
use axum::{extract::State, response::IntoResponse};

/// The route of this part.
#[must_use]
pub fn routes() -> Routes {
    Routes::new().post(Tier::Project, "/p/{key}/settings/restore", restore)
}

async fn restore(State(state): State<AppState>, mut keeper: ProjectKeeper) -> Result {
    keeper.release();
    actions::restore(Change::begin(&state, keeper.shell()).await?, &keeper).await?;
    let settings = paths::project(&keeper.project().key, "settings");
    Ok(Reply::to(settings).done(keeper.shell().t.project_settings_restored()).into_response())
}
