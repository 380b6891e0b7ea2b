//! Escalations, ballots and decisions. Owns their tables and the matrix of clocks and kinds. Its effects change tasks,
//! milestones and the plan through the work room's own functions, gates, stages and duties through the projects room's. It
//! never takes a project through a gate.

pub mod asides;
pub mod ballots;
pub mod clock;
pub mod committee;
pub mod embedded;
pub mod escalations;
pub mod facts;
pub mod hearing;
pub mod limits;
pub mod listing;
pub mod matrix;
pub mod options;
pub mod packs;
pub mod plain;
pub mod questions;
pub mod raising;
pub mod rules;
pub mod rulings;

use crate::web::Routes;

/// Every route of the room.
#[must_use]
pub fn routes() -> Routes {
    raising::pages::routes()
        .and(limits::pages::routes())
        .and(listing::pages::routes())
        .and(escalations::pages::routes())
        .and(questions::pages::routes())
        .and(hearing::pages::routes())
        .and(hearing::refusing::routes())
        .and(options::pages::routes())
        .and(ballots::pages::routes())
        .and(rulings::pages::routes())
        .and(committee::pages::routes())
        .and(packs::pages::routes())
        .and(rules::pages::routes())
        .and(asides::pages::routes())
}
