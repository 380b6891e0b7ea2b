//! Direct requests between departments. Owns `requests` and `request_moves`. A promise is a task of the department that
//! was asked, made or moved through the work room's own functions; a request that was refused twice, or not answered,
//! becomes an escalation through the decisions room. It never decides a disagreement.

pub mod access;
pub mod actions;
pub mod asking;
pub mod case;
pub mod clock;
pub mod ending;
pub mod escalating;
pub mod listing;
pub mod model;
pub mod named;
pub mod pages;
pub mod store;
pub mod view;
pub mod words;

pub use access::{Asker, Case};
pub use model::{Promise, Standing, State};

use crate::web::Routes;

/// Every route of the room.
#[must_use]
pub fn routes() -> Routes {
    listing::routes().and(asking::routes()).and(pages::routes()).and(escalating::routes())
}
