//! Raising an escalation: the form, its rules, and the record it makes.

pub mod actions;
pub mod joining;
pub mod model;
pub mod pages;
