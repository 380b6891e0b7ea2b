//! The tasks and milestones that a project starts with, made from its division of labour in a few statements.
//!
//! The life of a project makes them once, in the transaction that makes the project. Everything later goes through the
//! room's other actions.

mod model;
pub mod store;

pub use model::{Load, PlannedDependency, PlannedMilestone, PlannedTask, PlannedWork};
