//! Watches the commercial plans of running projects: what is missed so far that others have to settle it becomes an escalation, by
//! the program. The rule stands in `goals/money/alarm.rs`; it owns nothing.

pub mod actions;
mod words;

pub use actions::run;
