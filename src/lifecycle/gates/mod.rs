//! Gates: the rules to leave a stage, what each stands on, what the lead attests, and the way through.
//!
//! ```text
//! ahead ──the gate before it is passed──► current ──its own gate is passed──► passed
//!                                           │
//!                                           └ only while every blocking rule holds, checked again
//!                                             with project, stages, seats, tasks and goals locked
//! ```

pub mod access;
pub mod actions;
pub mod goals;
pub mod model;
pub mod money;
pub mod pages;
pub mod rulings;
pub mod store;
#[cfg(test)]
mod tests;
mod view;

pub use access::{GateKeeper, GateLead, GateViewer};
pub use model::{GateFacts, Refusal, RuleState};
pub use rulings::{Ruling, RulingKind};
