//! The pool of database connections, and why it survives what PostgreSQL and networks do.
//!
//! - Acquiring waits at most [`ACQUIRE`]; statements, locks and idle transactions have limits that are set at connect.
//! - sqlx tests a returned connection without a time limit, so one whose request was cut off (deadline, or the
//!   client went away) could hang there for ever and empty the pool. A [`Lease`] whose request ended early is
//!   therefore closed and never returned: the request's [`Guard`] tells it.
//! - A request keeps the connection that it gave back until it ends, and takes it first when it needs one again: every
//!   return to the pool costs a round trip to the database.
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
        Arc, LazyLock, Mutex, MutexGuard, PoisonError,
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
            // What is read often is in memory, and disks no longer turn: an index costs little more than a scan.
            ("random_page_cost", "1.1"),
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
        let scope = REQUEST_SCOPE.try_with(Arc::clone).ok();
        let connection = match scope.as_ref().and_then(|scope| scope.take()) {
            Some(kept) => kept,
            None => self.pool.acquire().await?,
        };
        Ok(Lease { connection: Some(connection), scope, in_transaction: false })
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
        take_migration_lock(&mut connection).await?;
        // An older release must still start while a newer one is being rolled out.
        migrations.set_ignore_missing(true).set_locking(false).run(&mut connection).await?;
        super::jobs::migrate(&self.pool).await.map_err(sqlx::migrate::MigrateError::Source)?;
        connection.close().await?; // and with it the lock
        Ok(())
    }

    /// A small pool of its own for the queue's workers, so that jobs and requests never wait for each other's connections.
    #[must_use]
    pub fn beside(&self, connections: u32) -> PgPool {
        PgPoolOptions::new()
            .max_connections(connections)
            .acquire_timeout(ACQUIRE)
            .connect_lazy_with(self.pool.connect_options().as_ref().clone())
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

/// One process at a time migrates. Who waits asks again and again: a statement that waits for a lock would be waited for in
/// turn by an index that is built while others write, and neither would ever end.
async fn take_migration_lock(connection: &mut PgConnection) -> Result<(), sqlx::Error> {
    while !sqlx::query_scalar::<_, bool>("select pg_try_advisory_lock(hashtext('tutti migrations'))")
        .fetch_one(&mut *connection)
        .await?
    {
        tokio::time::sleep(Duration::from_millis(100)).await;
    }
    Ok(())
}

/// A connection in use.
#[derive(Debug)]
pub struct Lease {
    connection: Option<PoolConnection<Postgres>>,
    scope: Option<Arc<Scope>>,
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
        if self.scope.as_ref().is_some_and(|scope| scope.ended_early.load(Ordering::Relaxed)) {
            drop(connection.detach()); // closes the socket; never back into the pool
        } else if self.in_transaction {
            PgTransactionManager::start_rollback(&mut connection);
        } else if let Some(scope) = &self.scope {
            scope.keep(connection);
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
    static REQUEST_SCOPE: Arc<Scope>;
}

/// What the leases of one request share.
#[derive(Debug, Default)]
struct Scope {
    ended_early: AtomicBool,
    kept: Mutex<Option<Kept>>,
}

#[derive(Debug)]
struct Kept {
    connection: PoolConnection<Postgres>,
    since: Instant,
}

impl Scope {
    fn slot(&self) -> MutexGuard<'_, Option<Kept>> {
        self.kept.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Keeps a connection for the request's next lease; with one there already, the pool takes this one.
    fn keep(&self, connection: PoolConnection<Postgres>) {
        self.slot().get_or_insert(Kept { connection, since: Instant::now() });
    }

    /// The connection that was kept, unless it rested too long to be trusted or one broke meanwhile: then the pool tests it.
    fn take(&self) -> Option<PoolConnection<Postgres>> {
        let kept = self.slot().take()?;
        let rested = kept.since.elapsed();
        (rested < TRUSTED_IDLE && rested < since_failure()).then_some(kept.connection)
    }
}

/// Runs `work` so that leases taken inside share one connection, and know when it was dropped before its end.
pub fn guarded<F: Future>(work: F) -> Guarded<F> {
    let scope = Arc::new(Scope::default());
    Guarded { guard: Guard(Arc::clone(&scope)), work: Box::pin(REQUEST_SCOPE.scope(scope, work)) }
}

/// Tells the leases of a request that it ended early. Declared before the work, so it is dropped first.
#[derive(Debug)]
pub struct Guard(Arc<Scope>);

impl Drop for Guard {
    fn drop(&mut self) {
        self.0.ended_early.store(true, Ordering::Relaxed);
        if let Some(kept) = self.0.slot().take() {
            drop(kept.connection.detach());
        }
    }
}

/// The future of [`guarded`].
pub struct Guarded<F: Future> {
    guard: Guard,
    work: Pin<Box<tokio::task::futures::TaskLocalFuture<Arc<Scope>, F>>>,
}

impl<F: Future> Future for Guarded<F> {
    type Output = F::Output;
    fn poll(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<F::Output> {
        let answer = self.work.as_mut().poll(context);
        if answer.is_ready() {
            drop(self.guard.0.slot().take()); // back into the pool
        }
        answer
    }
}
