//! Making a project from a blueprint: one form, one POST, everything in one transaction.
//!
//! ```text
//! fields ─► Form (strings, nothing lost) ─┬─► Outline (what would be made, for the summary)
//!                                         └─► Choices (checked) ─► Records, PlannedWork, events
//! ```

pub mod access;
pub mod actions;
mod check;
mod events;
mod form;
pub mod model;
mod outline;
pub mod pages;
mod records;
mod store;
mod view;

pub use access::ProjectMaker;
