//! Everything that needs a database, in one binary so that it links once. Real PostgreSQL, one database a test.

mod accounts;
mod admin;
mod board;
mod comments;
mod committee;
mod decisions;
mod departments;
mod dependencies;
mod direction;
mod durability;
mod duties;
mod escalations;
mod events;
mod faults;
mod house;
mod lifecycle;
mod locales;
mod migrations;
mod milestones;
mod overview;
mod postgres;
mod project_new;
mod project_settings;
mod seats;
mod support;
mod tasks;
