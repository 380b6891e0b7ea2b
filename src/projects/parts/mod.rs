//! Departments that join a running project or leave it. Owns `parts` after a project has been made. A department leaves
//! only while nothing hangs on it: letters are looked at here, tasks and escalations by the database.

pub mod actions;
pub mod pages;
pub mod store;

pub use pages::routes;
