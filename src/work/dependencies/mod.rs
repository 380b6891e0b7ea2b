//! Which task waits on which. No task waits on itself, not even through others.

pub mod actions;
pub mod model;
pub mod pages;
pub mod store;
