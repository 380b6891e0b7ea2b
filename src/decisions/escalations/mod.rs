//! Escalations: their way through three steps, who sees them, their page and their list.

pub mod access;
pub mod actions;
pub mod dossier;
pub mod model;
pub mod pages;
pub mod store;
pub mod view;

pub use access::Case;
pub use dossier::Dossier;
pub use model::{State, Step};
