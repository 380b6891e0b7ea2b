//! The playbook: one page from the living data that every department goes by, published as numbered versions that never change,
//! and who has read them. Owns `playbook_versions` and `playbook_readings`. It reads strategy, goals, division of labour, stages and
//! limits, and changes none of them; whether a gate opens is decided by the lifecycle room, which reads who has read.

pub mod access;
pub mod actions;
pub mod changes;
pub mod draft;
pub mod export;
pub mod markdown;
pub mod meetings;
pub mod model;
pub mod pages;
pub mod quiz;
pub mod read;
pub mod readers;
pub mod store;
pub mod view;
pub mod words;

use crate::web::Routes;

/// Every route of the room.
#[must_use]
pub fn routes() -> Routes {
    pages::routes().and(draft::routes()).and(read::routes()).and(export::routes())
}
