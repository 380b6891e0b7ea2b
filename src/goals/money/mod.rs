//! The commercial plan of a project by month: units, revenue, cost lines, envelope, recurring revenue; planned, actual, forecast.
//! Owns `money_plans`, `money_lines`, `money_figures`, and what the alarm keeps: `money_watches` and `money_alarms`. What was
//! planned and reached is never edited: terms and figures are added, and the newest stands.

pub mod actions;
pub mod alarm;
pub mod break_even;
pub mod figures;
mod form;
pub mod line;
pub mod model;
pub mod pages;
pub mod paste;
pub mod plan;
pub mod sheet;
pub mod store;
pub mod view;

use crate::web::Routes;

/// Every route of this part.
#[must_use]
pub fn routes() -> Routes {
    pages::routes().and(plan::routes()).and(figures::routes())
}
