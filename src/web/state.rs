//! What every handler can reach. There is no truth in it: all state is in PostgreSQL.

use crate::platform::{
    clock::Clock, config::Config, db::Database, outgoing::Outgoing, passwords::Hasher, watchers::Watchers,
};
use std::{
    ops::Deref,
    sync::{Arc, atomic::AtomicBool},
};

/// The application's means, shared by all requests of one process.
#[derive(Clone, Debug)]
pub struct AppState(Arc<Means>);

/// The means themselves.
#[derive(Debug)]
pub struct Means {
    /// The pool.
    pub db: Database,
    /// The settings.
    pub config: Config,
    /// The time.
    pub clock: Clock,
    /// The password hasher with its bound.
    pub hasher: Hasher,
    /// Whether the organisation has been seen to exist; once it does, nobody asks again.
    pub is_set_up: AtomicBool,
    /// Who watches what happens in a project, in this process.
    pub live: Arc<Watchers>,
    /// Requests to addresses that people typed in.
    pub outgoing: Outgoing,
    /// Set first at shutdown, so that readiness fails before requests drain.
    pub is_stopping: AtomicBool,
}

impl AppState {
    /// Puts the means together.
    #[must_use]
    pub fn new(db: Database, config: Config, clock: Clock) -> Self {
        let outgoing = Outgoing::new(config.outgoing_allow.clone()).within(config.outgoing_limit);
        Self(Arc::new(Means {
            db,
            config,
            clock,
            hasher: Hasher::default(),
            is_set_up: AtomicBool::new(false),
            live: Arc::default(),
            outgoing,
            is_stopping: AtomicBool::new(false),
        }))
    }
}

impl Deref for AppState {
    type Target = Means;
    fn deref(&self) -> &Means {
        &self.0
    }
}
