//! `/p/GEO`: how a project stands, on one page of five statements.

mod goals;
mod health;
mod model;
mod pages;
mod score;
mod store;
mod view;

pub use pages::routes;
