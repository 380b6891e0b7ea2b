//! Escalations: their way through three steps, who sees them, their page and their list.

pub mod access;
pub mod actions;
pub mod dossier;
pub mod model;
pub mod store;

pub use access::Case;
pub use dossier::Dossier;
pub use model::{State, Step};
