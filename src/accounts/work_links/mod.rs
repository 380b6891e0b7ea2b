//! Links in daily letters that open the form of My work without a password. Only the hash of a link's secret is kept. It is not
//! used up, because programs that check letters follow links too: looking changes nothing, and what is sent is done in the
//! person's name with the rights that they have at that moment. A link opens no session and no other page.
//!
//! ```text
//! made with the letter ──3 days──► expired (says so)
//!   └─ a new password, all sessions ended, another address, deactivation, the person says so ──► revoked (as if it had never been)
//! ```

pub mod access;
pub mod actions;
pub mod model;
pub mod pages;
pub mod store;

pub use access::WorkLink;
