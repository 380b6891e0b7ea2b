//! What happened in a project. Owns nothing: it reads the events.

pub mod model;
pub mod pages;

pub use pages::routes;
