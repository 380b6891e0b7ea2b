//! The forms on a key result's page that link tasks and milestones to a share.

use super::actions;
use crate::{
    goals::{
        access::{GoalsViewer, require},
        model::Place,
    },
    platform::ids::{KeyResultId, PartId, ShareLinkId},
    web::{AppState, Fields, Flash, Reply, Result, Routes, Tier},
};
use axum::{extract::State, response::IntoResponse};

/// The routes of this part.
pub fn routes() -> Routes {
    Routes::new().post(Tier::Project, "/p/{key}/goals/{place}/links", link).post(
        Tier::Project,
        "/p/{key}/goals/{place}/links/remove",
        unlink,
    )
}

/// What the forms of links carry: the key result and the department.
fn about(fields: &Fields) -> Result<(KeyResultId, PartId, ShareLinkId)> {
    Ok((fields.hidden("id")?, fields.hidden("part")?, fields.hidden("link_id")?))
}

fn back(viewer: &GoalsViewer, place: Place, part: PartId) -> String {
    format!("{}#share-{part}", viewer.path(&place.to_string()))
}

/// Who links anything at all: who enters figures of some department.
fn require_own(viewer: &GoalsViewer) -> Result<()> {
    require(viewer.departments().any(|part| viewer.may_enter(part.id)))
}

async fn link(State(state): State<AppState>, mut viewer: GoalsViewer, place: Place, fields: Fields) -> Result {
    require_own(&viewer)?;
    let about = about(&fields)?;
    require(viewer.may_enter(about.1))?;
    let t = viewer.shell().t;
    let (kind, id) = fields.get("thing").split_once(':').unwrap_or_default();
    let thing = match kind {
        "task" => (id.parse().ok(), None),
        "milestone" => (None, id.parse().ok()),
        _ => (None, None),
    };
    let reply = Reply::to(back(&viewer, place, about.1));
    if thing != (None, None) && actions::link(&state, &mut viewer, about, thing).await? {
        return Ok(reply.done(t.goals_linked()).into_response());
    }
    Ok(reply.flash(Flash { tone: "warn", text: t.goals_link_nothing(), undo: None }).into_response())
}

async fn unlink(State(state): State<AppState>, mut viewer: GoalsViewer, place: Place, fields: Fields) -> Result {
    require_own(&viewer)?;
    let about = about(&fields)?;
    require(viewer.may_enter(about.1))?;
    actions::unlink(&state, &mut viewer, about).await?;
    let t = viewer.shell().t;
    Ok(Reply::to(back(&viewer, place, about.1)).done(t.goals_unlinked()).into_response())
}
