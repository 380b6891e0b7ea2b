//! Where the project wants to get, and how far it is: the strategy, at most three objectives with at most three key results
//! each, how these are split over departments and months, running indicators, the commercial plan, and the figures that
//! departments enter. Owns `strategies`, `objectives`, `key_results` with their terms, `share_rows`, `shares`, `share_links`,
//! `goal_proposals`, `goal_sign_offs`, `bonus_pools` with their weights, `series`, `entries` and `kpis`, and the tables of [`money`].
//! It never starts a stage and never settles a disagreement: what is too large a change for the lead is refused with a
//! reason, and a decision makes it.

pub mod access;
pub mod board;
pub mod cells;
pub mod checkins;
pub mod complete;
pub mod figures;
pub mod key_results;
pub mod kpis;
pub mod model;
pub mod money;
pub mod months;
pub mod objectives;
pub mod pace;
pub mod periods;
pub mod pool;
pub mod pyramid;
pub mod signing;
pub mod split;
pub mod store;
pub mod strategy;
pub mod view;

use crate::web::Routes;

/// Every route of the room.
#[must_use]
pub fn routes() -> Routes {
    board::pages::routes()
        .and(board::one::routes())
        .and(checkins::pages::routes())
        .and(key_results::pages::routes())
        .and(kpis::routes())
        .and(money::routes())
        .and(objectives::pages::routes())
        .and(pool::routes())
        .and(signing::routes())
        .and(split::pages::routes())
        .and(split::links::routes())
        .and(strategy::routes())
        .and(pyramid::routes())
}
