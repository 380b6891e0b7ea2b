//! The page on which the lead moves a plan; by how much things move is the work room's (`work/reschedule`).

pub mod actions;
pub mod pages;
