//! The lead proposes the goals, the committee signs them off, and from then on the lead changes only a little of them alone.

pub mod actions;
pub mod draft;
pub mod limits;
pub mod model;
pub mod pages;
pub mod proposed;
pub mod store;
pub mod view;

pub use pages::routes;
