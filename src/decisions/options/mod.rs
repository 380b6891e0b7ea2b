//! Possible answers, compared criterion by criterion: what the raiser, the liaisons and the lead prepare for the committee.

pub mod actions;
pub mod aligned;
pub mod model;
pub mod pages;
pub mod store;
