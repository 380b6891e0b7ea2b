//! Open tasks that go from one person to the next with a seat. Who may hand over is the lifecycle room's to prove.

pub mod store;

pub use store::{Carried, open, reassign_open};
