//! One picture of where the project wants to get and how: vision, strategy, objectives, key tasks, figures, each a link to where it
//! is kept. It counts what stands there and works nothing out.

pub mod pages;
pub mod store;

pub use pages::routes;
