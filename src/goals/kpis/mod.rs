//! Running indicators, apart from goals: at most three a department, with thresholds, entered week by week, month by month or
//! quarter by quarter, one by one or pasted.

pub mod actions;
pub mod answers;
pub mod defaults;
pub mod enter;
pub mod form;
pub mod import;
pub mod model;
pub mod pages;
pub mod paste;
pub mod setting;
pub mod store;

use crate::web::Routes;

/// The routes of this part.
#[must_use]
pub fn routes() -> Routes {
    pages::routes().and(setting::routes()).and(enter::routes()).and(import::routes())
}
