//! How a project stands, as a record: what was computed and what its lead declares. Owns `project_health`,
//! `health_declarations` and `health_mark`. It never computes: the lifecycle room does, which sees tasks and escalations.

pub mod access;
pub mod actions;
pub mod model;
pub mod store;

pub use access::HealthDeclarer;
