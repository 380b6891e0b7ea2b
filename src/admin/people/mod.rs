//! The administrator's list of people: invited, changed, let go and let in again through accounts.

pub mod form;
pub mod list;
pub mod pages;
