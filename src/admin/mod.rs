//! The administrator's pages. Owns no tables: it changes people, departments and the organisation through their rooms.

pub mod audit;
pub mod person;
pub mod refusals;
pub mod setup;

use crate::web::Routes;

/// The routes of this room.
pub fn routes() -> Routes {
    audit::pages::routes().and(person::pages::routes()).and(setup::pages::routes())
}
