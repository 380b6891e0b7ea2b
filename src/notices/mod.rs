//! Who is told what: from the events, by rules in one place. Owns `notices` and `news`. It changes nothing that it tells of.

pub mod letters;
pub mod model;
pub mod pages;
mod store;
mod tell;

pub use tell::tell;

use crate::web::Routes;

/// The routes of the inbox.
#[must_use]
pub fn routes() -> Routes {
    pages::routes().and(letters::pages::routes())
}
