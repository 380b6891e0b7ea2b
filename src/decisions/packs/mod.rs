//! What the committee has in front of it, version by version: question, background, positions, options with their
//! answers, evidence and recommendation, frozen when the committee gets it and once more with every change since. Owns
//! `pack_versions`; a version is never edited. It never changes what it freezes.

pub mod actions;
pub mod differences;
pub mod markdown;
pub mod model;
pub mod pages;
pub mod store;
pub mod words;

pub use model::Content;
