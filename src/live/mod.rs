//! Live pages: an open page of a project learns within two seconds that others changed something. Reads the events in the
//! order in which they can be seen, for all watchers of a process together, and says which things changed, never how.
//! Owns no table and keeps nothing: a page that was away says where it was and is told what it missed.

pub mod model;
pub mod pages;
pub mod store;
mod tail;

pub use pages::routes;
