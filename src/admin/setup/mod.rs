//! The first visit of an empty installation: the organisation, its departments and its administrator are made on one
//! page, which a token printed at start opens. Once they exist the page only leads to the door.

pub mod actions;
pub mod console;
pub mod form;
pub mod pages;
