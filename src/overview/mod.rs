//! What reads everything and changes nothing: the page of a project, the list of projects. It owns no table and joins
//! freely.

pub mod project;
pub mod projects;

use crate::web::Routes;

/// The pages of this room.
#[must_use]
pub fn routes() -> Routes {
    Routes::new().and(project::routes()).and(projects::routes())
}
