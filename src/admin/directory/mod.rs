//! The people of the organisation as their colleagues find them: by department, by name, by what they speak for.

pub mod pages;
mod store;
