//! The administrator's pages, and the pages on which colleagues find each other. Owns no tables: it changes people,
//! departments and the organisation through their rooms.

pub mod audit;
pub mod directory;
pub mod people;
pub mod person;
pub mod refusals;
pub mod setup;

use crate::web::Routes;

/// The routes of this room.
pub fn routes() -> Routes {
    audit::pages::routes()
        .and(directory::pages::routes())
        .and(people::pages::routes())
        .and(person::pages::routes())
        .and(setup::pages::routes())
}
