//! The one organisation that this installation serves, from before it exists: what opens the set-up page and who may
//! use it once.

pub mod actions;
pub mod model;
pub mod store;
pub mod zones;

pub use model::{NewOrganisation, Organisation};
pub use store::find;
