//! A task: its status, its dates, who has it.

pub mod access;
pub mod actions;
pub mod label;
pub mod model;
pub mod pages;
pub mod store;

pub use access::{TaskEditor, TaskMover, TaskViewer};
pub use label::TaskLabel;
pub use model::{Priority, Status, Task};
