//! The departments of the organisation, its settings and its working calendar. Owns `departments` and `calendar_days`,
//! and changes `organisations` once accounts has created it. It never knows which projects a department takes part in.

pub mod access;
pub mod actions;
mod calendar;
pub mod model;
pub mod organisation;
pub mod pages;
pub mod store;

pub use access::OrganisationEditor;
pub use model::Department;
pub use organisation::store::calendar;

use crate::web::Routes;

/// The pages of departments, of the calendar and of the organisation.
#[must_use]
pub fn routes() -> Routes {
    pages::routes().and(calendar::pages::routes()).and(organisation::pages::routes())
}
