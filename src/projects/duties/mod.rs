//! The division of labour as a project keeps it: duties with the letters of the parts. Owns `duties` and
//! `duty_letters` after a project has been made. It never touches the tasks made from a duty: who owns those is the
//! work room's.

pub mod actions;
pub mod grid;
pub mod model;
pub mod pages;
pub mod store;

pub use pages::routes;
