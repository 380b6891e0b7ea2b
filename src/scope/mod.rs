//! Requirement changes after the scope baseline: asked for, sized, accepted by the product and the R&D side, and counted against
//! the budget of the baseline. Owns `scope_changes`, `scope_moves` and `scope_escalations`; baseline and budget are records of the
//! projects room. Changes beyond the budget become one escalation through the decisions room. It never raises a budget.

pub mod access;
pub mod actions;
pub mod asking;
pub mod baseline;
pub mod budget;
pub mod case;
pub mod ending;
pub mod listing;
pub mod model;
pub mod pages;
pub mod store;
pub mod view;
pub mod words;

pub use model::{Side, Standing, State};

use crate::web::Routes;

/// Every route of the room.
#[must_use]
pub fn routes() -> Routes {
    listing::routes().and(baseline::routes()).and(asking::routes()).and(pages::routes())
}
