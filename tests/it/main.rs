//! Everything that needs a database, in one binary so that it links once. Real PostgreSQL, one database a test.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    missing_docs,
    reason = "a test fails by panicking"
)]

mod accounts;
mod admin;
mod board;
mod chats;
mod clock;
mod comments;
mod committee;
mod decisions;
mod demo;
mod departments;
mod dependencies;
mod direction;
mod directory;
mod durability;
mod duties;
mod escalations;
mod events;
mod faults;
mod goals;
mod health;
mod history;
mod hostile;
mod house;
mod ledger;
mod letters_under_fire;
mod lifecycle;
mod live;
mod locales;
mod migrations;
mod milestones;
mod my_work;
mod names;
mod notices;
mod outgoing;
mod overview;
mod playbook;
mod postgres;
mod program;
mod project_new;
mod project_settings;
mod recognition;
mod requests;
mod routes;
mod scope;
mod seats;
mod support;
mod tasks;
