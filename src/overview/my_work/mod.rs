//! `/`: the tasks of a person over all active projects, each changed in place, and what others wait for. One form
//! without a script, one click a change with it.

mod form;
mod pages;
mod rows;
mod save;
mod store;
mod waiting;

pub use pages::routes;
