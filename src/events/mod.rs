//! What happened. Owns the `events` table, the only source of feeds, audit and agendas, and [`Change`], the
//! transaction in which everything is written. It never interprets a project: it takes plain values.

mod change;
pub mod feed;
mod fields;
mod kinds;
pub mod model;
pub mod sentences;
pub mod store;

pub use change::{Change, CommitError};
pub use fields::Detail;
pub use kinds::Kind;
pub use model::{Event, Recorded, Subject, SubjectKind, both};
