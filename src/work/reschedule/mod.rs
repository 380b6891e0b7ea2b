//! Dates of tasks and milestones that move with the stages of a project. By how much is the lifecycle room's to say; a
//! baseline never moves, so that slips show.

pub mod store;

pub use store::{Dated, Thing};
