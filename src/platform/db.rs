//! The pool of database connections, and why it survives what PostgreSQL and networks do.
//!
//! - Acquiring waits at most [`ACQUIRE`]; statements, locks and idle transactions have limits that are set at connect.
//! - sqlx tests a returned connection without a time limit, so one whose request was cut off (deadline, or the
//!   client went away) could hang there for ever and empty the pool. A [`Lease`] whose request ended early is
//!   therefore closed and never returned: the request's [`Guard`] tells it.
//! - A connection that has been idle for a while is tested, with a limit, before it is used, so that the first
//!   request after a database restart gets a working one (ARCHITECTURE §8).

use sqlx::{
    ConnectOptions, Connection, PgConnection, PgPool,
    pool::PoolConnection,
    postgres::{PgConnectOptions, PgPoolOptions, PgTransactionManager, Postgres},
};
use sqlx_core::transaction::TransactionManager;
use std::{
    future::Future,
    ops::{Deref, DerefMut},
    pin::Pin,
    sync::{
        Arc, LazyLock,
        atomic::{AtomicBool, AtomicU64, Ordering},
    },
    task::{Context, Poll},
    time::{Duration, Instant},
};

/// Longest wait for a free connection.
pub const ACQUIRE: Duration = Duration::from_secs(3);
/// Longest statement, as PostgreSQL enforces it.
pub const STATEMENT: Duration = Duration::from_secs(5);
/// Prepared statements that a connection keeps: more than there are in the code, so that none is ever prepared twice.
const STATEMENTS: usize = 1_000;
/// The deadline around a whole request: one second above a statement's.
pub const REQUEST: Duration = Duration::from_secs(6);
/// Idle longer than this, a connection is tested before use.
const TRUSTED_IDLE: Duration = Duration::from_secs(1);

/// When a connection last broke, in milliseconds of this process; zero for never.
static BROKE_AT: AtomicU64 = AtomicU64::new(0);
static BEGAN: LazyLock<Instant> = LazyLock::new(Instant::now);

/// Notes that the database cut a connection: its brothers that rested meanwhile are tested before they are used, however
/// short they rested. So the first request after a quick restart of the database gets one that works.
pub fn connection_broke() {
    BROKE_AT.store(process_time().max(1), Ordering::Relaxed);
}

/// Whether the database or the network cut the connection, so that another one may well do.
#[must_use]
pub fn is_broken_connection(problem: &sqlx::Error) -> bool {
    match problem {
        sqlx::Error::Io(_) | sqlx::Error::Tls(_) | sqlx::Error::WorkerCrashed | sqlx::Error::Protocol(_) => true,
        // shutting down, crashed, starting up, idle in a transaction for too long
        sqlx::Error::Database(problem) => {
            matches!(problem.code().as_deref(), Some("57P01" | "57P02" | "57P03" | "25P03"))
        }
        _ => false,
    }
}

fn process_time() -> u64 {
    u64::try_from(BEGAN.elapsed().as_millis()).unwrap_or(u64::MAX)
}

fn since_failure() -> Duration {
    match BROKE_AT.load(Ordering::Relaxed) {
        0 => Duration::MAX,
        broke => Duration::from_millis(process_time().saturating_sub(broke)),
    }
}

/// The migrations of this release.
pub static MIGRATIONS: sqlx::migrate::Migrator = sqlx::migrate!("./migrations");

/// The pool, handed around by clone.
#[derive(Clone, Debug)]
pub struct Database {
    pool: PgPool,
}

impl Database {
    /// Opens a pool lazily: the first statement connects.
    #[must_use]
    pub fn open(options: PgConnectOptions, connections: u32) -> Self {
        let options = options.application_name("tutti").statement_cache_capacity(STATEMENTS).options([
            ("statement_timeout", "5s"),
            ("lock_timeout", "2s"),
            ("idle_in_transaction_session_timeout", "10s"),
            ("jit", "off"),
            // One plan a statement for the life of a connection. Planning anew for every set of values costs more than most
            // statements here; those with optional conditions are written so that one index serves them (see events/store.rs).
            ("plan_cache_mode", "force_generic_plan"),
        ]);
        let pool = PgPoolOptions::new()
            .max_connections(connections)
            .acquire_timeout(ACQUIRE)
            .idle_timeout(Duration::from_secs(600))
            .max_lifetime(Duration::from_secs(3600))
            .test_before_acquire(false)
            .before_acquire(|connection, about| {
                Box::pin(async move {
                    if about.idle_for < TRUSTED_IDLE && about.idle_for < since_failure() {
                        return Ok(true);
                    }
                    // "false" closes this one and takes another.
                    Ok(tokio::time::timeout(Duration::from_secs(1), connection.ping())
                        .await
                        .is_ok_and(|pong| pong.is_ok()))
                })
            })
            .connect_lazy_with(options);
        Self { pool }
    }

    /// A connection for a few statements.
    ///
    /// # Errors
    /// When none is free within [`ACQUIRE`] or the database is away.
    pub async fn lease(&self) -> Result<Lease, sqlx::Error> {
        let connection = self.pool.acquire().await?;
        Ok(Lease { connection: Some(connection), ended_early: current_guard(), in_transaction: false })
    }

    /// A connection inside a transaction; dropped without [`Lease::commit`] it rolls back.
    ///
    /// # Errors
    /// As [`Database::lease`].
    pub async fn begin(&self) -> Result<Lease, sqlx::Error> {
        let mut lease = self.lease().await?;
        PgTransactionManager::begin(&mut lease, None).await?;
        lease.in_transaction = true;
        Ok(lease)
    }

    /// Whether a statement comes back within a second.
    pub async fn is_reachable(&self) -> bool {
        let probe = async {
            let mut lease = self.lease().await?;
            sqlx::query("select 1").execute(&mut *lease).await
        };
        tokio::time::timeout(Duration::from_secs(1), probe).await.is_ok_and(|answer| answer.is_ok())
    }

    /// Applies the migrations that are missing.
    ///
    /// # Errors
    /// When the database is away or a migration fails.
    pub async fn migrate(&self) -> Result<(), sqlx::migrate::MigrateError> {
        let mut connection = self
            .pool
            .connect_options()
            .as_ref()
            .clone()
            .options([("statement_timeout", "0"), ("lock_timeout", "0")])
            .connect()
            .await?;
        let mut migrations =
            sqlx::migrate::Migrator { migrations: MIGRATIONS.migrations.clone(), ..sqlx::migrate::Migrator::DEFAULT };
        // An older release must still start while a newer one is being rolled out.
        migrations.set_ignore_missing(true).run(&mut connection).await?;
        connection.close().await?;
        Ok(())
    }

    /// Whether every migration of this release has been applied.
    pub async fn is_current(&self) -> bool {
        let Ok(mut lease) = self.lease().await else { return false };
        let applied: Result<Vec<i64>, _> =
            sqlx::query_scalar("select version from _sqlx_migrations where success").fetch_all(&mut *lease).await;
        applied.is_ok_and(|applied| MIGRATIONS.iter().all(|migration| applied.contains(&migration.version)))
    }

    /// How many requests may work at the same time: each holds at most two connections at once (one that it reads by,
    /// one for its change), so half as many requests as connections never wait for each other in a circle.
    #[must_use]
    pub fn requests_at_once(&self) -> usize {
        usize::try_from(self.pool.options().get_max_connections() / 2).unwrap_or(1).max(1)
    }

    /// The number of open connections and how many of them are free.
    #[must_use]
    pub fn size(&self) -> (u32, usize) {
        (self.pool.size(), self.pool.num_idle())
    }

    /// Closes the pool; statements under way finish first.
    pub async fn close(&self) {
        self.pool.close().await;
    }
}

/// A connection in use.
#[derive(Debug)]
pub struct Lease {
    connection: Option<PoolConnection<Postgres>>,
    ended_early: Option<Arc<AtomicBool>>,
    in_transaction: bool,
}

impl Lease {
    /// Makes a transaction's changes durable and keeps the connection for reading on.
    ///
    /// # Errors
    /// When the database refuses, for instance by a deferred constraint, or went away.
    pub async fn commit(&mut self) -> Result<(), sqlx::Error> {
        PgTransactionManager::commit(self).await?;
        self.in_transaction = false;
        Ok(())
    }

    /// Gives the connection back before the lease ends. Whoever holds one while waiting for a second can make a full
    /// pool wait for itself, so a request releases the connection that it read with before it begins a change.
    /// Nothing may be asked of the lease afterwards.
    pub fn release(&mut self) {
        self.give_back();
    }

    fn give_back(&mut self) {
        let Some(mut connection) = self.connection.take() else { return };
        if self.ended_early.as_ref().is_some_and(|ended| ended.load(Ordering::Relaxed)) {
            drop(connection.detach()); // closes the socket; never back into the pool
            return;
        }
        if self.in_transaction {
            PgTransactionManager::start_rollback(&mut connection);
        }
    }
}

impl Deref for Lease {
    type Target = PgConnection;
    #[expect(clippy::expect_used, reason = "taken out only by drop and release")]
    fn deref(&self) -> &PgConnection {
        self.connection.as_ref().expect("present until dropped or released")
    }
}

impl DerefMut for Lease {
    #[expect(clippy::expect_used, reason = "taken out only by drop and release")]
    fn deref_mut(&mut self) -> &mut PgConnection {
        self.connection.as_mut().expect("present until dropped or released")
    }
}

impl Drop for Lease {
    fn drop(&mut self) {
        self.give_back();
    }
}

tokio::task_local! {
    static ENDED_EARLY: Arc<AtomicBool>;
}

fn current_guard() -> Option<Arc<AtomicBool>> {
    ENDED_EARLY.try_with(Arc::clone).ok()
}

/// Runs `work` so that leases taken inside know when it was dropped before its end.
pub fn guarded<F: Future>(work: F) -> Guarded<F> {
    let flag = Arc::new(AtomicBool::new(false));
    Guarded { guard: Guard(Arc::clone(&flag)), work: Box::pin(ENDED_EARLY.scope(flag, work)) }
}

/// Tells the leases of a request that it ended early. Declared before the work, so it is dropped first.
#[derive(Debug)]
pub struct Guard(Arc<AtomicBool>);

impl Drop for Guard {
    fn drop(&mut self) {
        self.0.store(true, Ordering::Relaxed);
    }
}

/// The future of [`guarded`].
pub struct Guarded<F: Future> {
    #[expect(dead_code, reason = "held for its drop, which must come before that of the work")]
    guard: Guard,
    work: Pin<Box<tokio::task::futures::TaskLocalFuture<Arc<AtomicBool>, F>>>,
}

impl<F: Future> Future for Guarded<F> {
    type Output = F::Output;
    fn poll(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<F::Output> {
        self.work.as_mut().poll(context)
    }
}
