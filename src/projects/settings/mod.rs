//! What a project is called, who sees it, how its committee counts, and whether it is over. Owns those columns of
//! `projects` after it has been made. Its dates are the lifecycle room's, which sees the tasks that move along.

pub mod access;
pub mod actions;
pub mod model;
pub mod pages;
pub mod store;

pub use access::ProjectKeeper;
pub use pages::routes;
