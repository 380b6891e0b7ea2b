//! A project's life: made from a blueprint, published, taken through its gates stage by stage, and how it stands. It owns no
//! table: it sets up the rooms below and reads their facts. Only it starts a stage, because only it sees whether the gate holds, and
//! only it computes a project's health and watches its commercial plan.

pub mod gates;
pub mod handover;
pub mod health;
pub mod making;
pub mod money;
pub mod publishing;
pub mod reschedule;
pub mod restoring;

use crate::web::Routes;

/// The pages of this room.
#[must_use]
pub fn routes() -> Routes {
    Routes::new()
        .and(gates::pages::routes())
        .and(handover::pages::routes())
        .and(making::pages::routes())
        .and(publishing::routes())
        .and(reschedule::pages::routes())
        .and(restoring::routes())
}
