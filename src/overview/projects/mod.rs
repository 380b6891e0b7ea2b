//! `/projects`: every project that the reader may see, in two statements.

mod pages;
mod store;

pub use pages::routes;
