//! The records that a new project starts with, written in one statement a table. What they say is worked out by the
//! lifecycle room.

mod model;
pub mod store;

pub use model::{NewDuty, NewPart, NewProject, NewRule, NewSeat, NewStage, Records};
