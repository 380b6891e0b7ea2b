//! Tutti: where the departments of a company take a product to market together.
//!
//! One crate, rooms by domain. A room imports only rooms on lower floors (`tests/it/direction.rs` reads the
//! imports and fails otherwise); inside a room the same file names mean the same thing everywhere
//! (`docs/ARCHITECTURE.md`).

pub mod platform;
pub mod web;
