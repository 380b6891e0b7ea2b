//! The work of a project as a board and as a list. Owns no table: it reads the tasks of this room, changes several of
//! them at once through [`super::several`], and never decides itself what a task may become.

mod bulk;
mod filter;
mod lanes;
mod pages;
mod picture;
mod store;
mod words;

pub use pages::routes;
