//! The demo organisation: a company with people, projects, work, disagreements and decisions, for an installation that
//! is still empty. Owns no tables and no rules: it plays people, who open the application's own pages and send their
//! forms, on a clock that is led through the months of the story. What a person could not cause, the demo cannot.

pub mod browser;
pub mod model;
mod pages;
mod play;
pub mod story;

pub use model::{Part, Programme, Trouble, Wish};
pub use pages::ready;
pub use play::play;
