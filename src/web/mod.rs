//! The frame of every page: route tiers, session and origin check, shell, forms, errors, assets.
//! It knows no room.

pub mod shell;
