//! The frame of every page: route tiers, origin check, shell, forms, errors, assets. It knows no room.

pub mod assets;
pub mod error;
pub mod flash;
pub mod form;
pub mod paths;
pub mod pieces;
pub mod reply;
pub mod routes;
pub mod shell;
pub mod state;
pub mod ui;

pub use error::Error;
pub use form::{Errors, Fields};
pub use reply::{Reply, long_page, page, page_with};
pub use routes::{Routes, Tier};
pub use shell::{Flash, Place, Shell, Viewer};
pub use state::AppState;

/// What every handler answers.
pub type Result<T = axum::response::Response> = std::result::Result<T, Error>;
