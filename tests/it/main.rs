//! Everything that needs a database, in one binary so that it links once. Real PostgreSQL, one database a test.

mod house;
mod postgres;
mod support;
