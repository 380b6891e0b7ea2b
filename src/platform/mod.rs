//! What every room stands on and what knows no room: configuration, the database, identifiers, the
//! clock and working time, languages, passwords, mail.

pub mod chat;
pub mod clock;
pub mod config;
pub mod db;
pub mod ids;
pub mod jobs;
pub mod locale;
pub mod mail;
pub mod markdown;
pub mod metrics;
pub mod outbox;
pub mod outgoing;
pub mod passwords;
pub mod postgres;
pub mod proxies;
pub mod serve;
pub mod time_left;
pub mod watchers;
pub mod working_time;
