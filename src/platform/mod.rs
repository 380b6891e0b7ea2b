//! What every room stands on and what knows no room: configuration, the database, identifiers, the
//! clock and working time, languages, mail.

pub mod ids;
pub mod locale;
pub mod working_time;
