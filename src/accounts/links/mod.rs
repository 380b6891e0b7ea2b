//! One-time links: invitations and new passwords. Only the hash of a link's secret is kept; each works once, for a
//! while, and a newer one of its kind ends the older.
//!
//! ```text
//! made ──opened──► used (once, however many follow it at the same moment)
//!   └─ 7 days (invitation), 1 hour (new password), a newer link, deactivation ──► ended
//! ```

pub mod actions;
pub mod letters;
pub mod model;
pub mod pages;
pub mod store;

pub use model::Purpose;
