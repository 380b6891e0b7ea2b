//! Tutti: where the departments of a company take a product to market together.
//!
//! One crate, rooms by domain. A room imports only rooms on lower floors (`tests/it/direction.rs` reads the
//! imports and fails otherwise); inside a room the same file names mean the same thing everywhere
//! (`docs/ARCHITECTURE.md`).

pub mod app;
pub mod jobs;

// Floor 8: the demo organisation, played by people who use the rooms below.
pub mod demo;

// Floor 7: they read everything.
pub mod admin;
pub mod notices;
pub mod overview;

// Floor 6: a project's life; what departments disagreed about and asked of each other; thanks from person to person.
pub mod ledger;
pub mod lifecycle;
pub mod recognition;

// Floor 5: direct requests between departments; a refused one becomes an escalation. Requirement changes after the scope
// baseline; those beyond its budget become one. The playbook: what every department goes by, in versions.
pub mod playbook;
pub mod requests;
pub mod scope;

// Floor 4: escalations and decisions; their effects change the floors below.
pub mod decisions;

// Floor 3: goals; tasks and milestones; open pages and group chats learn of changes.
pub mod chats;
pub mod goals;
pub mod live;
pub mod work;

// Floor 2: project, seats, duties, blueprints, rights.
pub mod projects;

// Floor 1: they take plain values.
pub mod accounts;
pub mod departments;
pub mod events;

// Floor 0, and the platform below it: they know no room.
pub mod platform;
pub mod web;
