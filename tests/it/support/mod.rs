//! What the tests stand on: a database of their own, the application without a network, and people in it.

pub mod client;
pub mod database;
pub mod disputes;
pub mod people;
pub mod smtp;
pub mod statements;
pub mod webhook;

pub use client::{Answer, Client};
pub use database::TestApp;
