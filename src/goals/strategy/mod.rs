//! The strategy: a vision, how the project gets there, and four answers that every department can repeat. The lead sets it; every
//! change is a version of its own with a reason, and the one with the highest number is in force.

pub mod actions;
pub mod differences;
pub mod model;
pub mod pages;
pub mod store;
pub mod view;

pub use model::{Field, Strategy, Texts};
pub use pages::routes;
