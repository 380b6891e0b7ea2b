//! The pages that everybody reads: all goals, and one key result with everything about it.

pub mod one;
pub mod pages;
pub mod view;
