//! The people of the organisation.

pub mod actions;
pub mod model;
pub mod store;

pub use model::{Email, Filter, Person, PersonLine, Standing};
pub use store::{by_email, find, lines, names};
