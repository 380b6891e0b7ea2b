//! The ledger: how often each pair of departments disagreed, of which kind, where that was settled and how long it took;
//! and what became of the requests between them. It reads escalations and requests through views of their rows, owns
//! nothing and changes nothing.

pub mod model;
pub mod pages;
pub mod store;
pub mod view;

pub use pages::routes;
