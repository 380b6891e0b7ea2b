//! Publishing a draft: only then its tasks are on people's lists, and its first stage is current.

mod actions;
mod pages;

pub use actions::publish;
pub use pages::routes;
