//! Thanks from person to person, for a task, a request or a decision, shown in the project. Owns `thanks`. It counts nobody's: there is
//! no ranking of people.

pub mod access;
pub mod actions;
pub mod model;
pub mod pages;
pub mod store;

pub use pages::routes;
