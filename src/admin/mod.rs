//! The administrator's pages. Owns no tables: it changes people, departments and the organisation through their rooms.

pub mod setup;

use crate::web::Routes;

/// The routes of this room.
pub fn routes() -> Routes {
    setup::pages::routes()
}
