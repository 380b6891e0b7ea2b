//! What a person sees over everything: my work, the page of a project, the list of projects. It owns no table and its
//! stores join freely. It changes things only through the actions of the rooms that own them.

pub mod my_work;
pub mod project;
pub mod projects;

use crate::web::Routes;

/// The pages of this room.
#[must_use]
pub fn routes() -> Routes {
    Routes::new().and(my_work::routes()).and(project::routes()).and(projects::routes())
}
