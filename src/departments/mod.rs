//! The departments of the organisation, the organisation itself and its working calendar. Owns `departments`,
//! `organisations` and `calendar_days`. It never knows which projects a department takes part in.

pub mod access;
pub mod actions;
pub mod model;
pub mod organisation;
pub mod store;

pub use access::OrganisationEditor;
pub use model::Department;
pub use organisation::calendar;
