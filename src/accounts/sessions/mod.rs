//! Signed-in browsers: opened, listed, ended.

pub mod actions;
pub mod device;
pub mod store;
pub mod visit;

pub use visit::Visit;
