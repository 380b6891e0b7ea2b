//! A project's life: made from a blueprint, published, taken through its gates stage by stage. It owns no table: it sets
//! up the rooms below and reads their facts, and only it starts a stage, because only it sees whether the gate holds.

pub mod handover;
pub mod making;

use crate::web::Routes;

/// The pages of this room.
#[must_use]
pub fn routes() -> Routes {
    making::pages::routes().and(handover::pages::routes())
}
