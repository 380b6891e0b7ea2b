//! Stages and gate rules as records: what was attested, what decisions say about a gate, which stage is current. Whether a
//! gate may be passed is the lifecycle room's to say: only it sees all facts.

pub mod actions;
pub mod store;
