//! Members with an interest step aside from one question, and may come back before it is decided. Owns `asides`; a row
//! is closed once, never edited.

pub mod actions;
pub mod pages;
pub mod store;
