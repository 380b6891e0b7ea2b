//! The three jobs as their people do them, in a real browser, by visible names, in English and in Chinese.

#[path = "../it/support/mod.rs"]
#[allow(dead_code, reason = "shared with the integration tests, which use more of it")]
mod support;

mod browser;
mod frame;
mod site;
