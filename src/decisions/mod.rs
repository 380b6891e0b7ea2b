//! Escalations, ballots and decisions. Owns their tables and the matrix of clocks and kinds. Its effects change tasks
//! and milestones through the work room's own functions; it never starts a stage.

pub mod matrix;
