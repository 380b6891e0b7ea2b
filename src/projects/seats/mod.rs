//! Who holds which place in a project. Owns `seats`. It never moves work from one person to another: handing over and
//! taking away, which must look at open tasks, are the lifecycle room's.

pub mod actions;
pub mod model;
pub mod pages;
pub mod store;

pub use model::{Candidate, Refusal, Seat};
pub use pages::routes;
