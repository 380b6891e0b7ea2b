//! The three jobs as their people do them, in a real browser, by visible names, in English and in Chinese.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    missing_docs,
    reason = "a test fails by panicking"
)]

#[path = "../it/support/mod.rs"]
#[allow(dead_code, unused_imports, reason = "shared with the integration tests, which use more of it")]
mod support;

mod board;
mod browser;
mod by_letter;
mod clock;
mod committee;
mod frame;
mod gates;
mod goals;
mod goals_plain;
mod guest;
mod kpis;
mod launch;
mod lead;
mod liaison;
mod live;
mod playbook;
mod raising;
mod requests;
mod scope;
mod script;
mod site;
