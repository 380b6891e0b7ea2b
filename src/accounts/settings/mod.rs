//! What a person decides about themselves: name, language, time zone, colours, password, signed-in browsers.

pub mod actions;
pub mod form;
pub mod pages;
