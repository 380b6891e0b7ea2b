//! The posts: made from the events in their order, each event once; sent at least once, each with an id that stays the same.
//!
//! ```text
//! waiting ──taken by one process──► handed over ──► sent
//!    ▲                                  │ busy, silent, or the process ended
//!    └──── after 30 s, 1, 2, 4 … min ───┘──── after 12 tries, or refused ──► given up, and the robot is paused
//!    └──── the robot was paused by hand, or the project archived ──► dropped
//! ```

pub mod actions;
pub mod model;
pub mod store;

pub use actions::run;
