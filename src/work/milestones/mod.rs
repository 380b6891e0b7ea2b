//! Dated points that many tasks lead to, with the date first agreed on beside the one now.

pub mod access;
pub mod actions;
pub mod model;
pub mod pages;
mod plan;
pub mod store;

pub use access::MilestoneEditor;
pub use model::{Milestone, MilestoneKind};
