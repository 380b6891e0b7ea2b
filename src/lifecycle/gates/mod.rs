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
mod conditions;
pub mod facts;
pub mod goals;
pub mod measured;
pub mod model;
pub mod money;
pub mod pages;
pub mod rulings;
mod saying;
pub mod store;
#[cfg(test)]
mod tests;
mod view;
mod words;

pub use access::{GateKeeper, GateLead, GateViewer};
pub use facts::GateFacts;
pub use model::{Refusal, RuleState};
pub use rulings::{Ruling, RulingKind};
