//! The door: in and out, and the language and colours of a reader who is still outside.

pub mod actions;
pub mod pages;
