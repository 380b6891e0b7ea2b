//! One migrated template database per set of migrations, cloned for each test in about 50 ms.

use jiff::Timestamp;
use sqlx::{AssertSqlSafe, Connection, Executor, PgConnection, postgres::PgConnectOptions};
use std::{
    path::Path,
    str::FromStr,
    sync::atomic::{AtomicU32, Ordering},
    time::{Duration, Instant},
};
use tokio::sync::OnceCell;
use tutti::{
    platform::{
        clock::Clock,
        config::Config,
        db,
        postgres::{Cluster, Durability},
    },
    web::AppState,
};

/// The server of this test run: its options and the name of the template.
static READY: std::sync::OnceLock<OnceCell<(PgConnectOptions, String)>> = std::sync::OnceLock::new();
static NUMBER: AtomicU32 = AtomicU32::new(0);

/// The moment at which every test begins: Wednesday 18 November 2026, 10:00 in Shanghai.
pub const START: &str = "2026-11-18T02:00:00Z";

/// The application on a database of its own, with a clock that stands still.
pub struct TestApp {
    /// The application's means; its clock can be moved with `state.clock.set`.
    pub state: AppState,
    /// The router, called without a network.
    pub router: axum::Router,
    options: PgConnectOptions,
    /// Dropped with the test; none for an application on somebody else's database.
    database: Option<String>,
}

impl TestApp {
    /// A migrated, empty installation.
    pub async fn empty() -> Self {
        Self::with(|config| config).await
    }

    /// As [`TestApp::empty`], with other settings.
    pub async fn with(change: impl FnOnce(Config) -> Config) -> Self {
        super::statements::listen();
        let (base, template) = READY.get_or_init(OnceCell::new).get_or_init(prepare).await;
        let database = format!("test_{}_{}", std::process::id(), NUMBER.fetch_add(1, Ordering::Relaxed));
        let mut admin = PgConnection::connect_with(&base.clone().database("postgres")).await.unwrap();
        admin.execute(AssertSqlSafe(format!("create database {database} template {template}"))).await.unwrap();
        admin.close().await.unwrap();
        let start: Timestamp = START.parse().unwrap();
        let options = base.clone().database(&database);
        let state = AppState::new(db::Database::open(options.clone(), 8), change(Config::plain()), Clock::held(start));
        let router = tutti::app::router(state.clone());
        Self { state, router, options, database: Some(database) }
    }

    /// Until a statement of this database waits for a lock, as the task does that must not have ended before.
    pub async fn waits_for_a_lock(&self, has_ended: impl Fn() -> bool) {
        let waiting = "select exists (select from pg_stat_activity where wait_event_type = 'Lock' and datname = current_database())";
        let (mut sql, began) = (self.sql().await, Instant::now());
        while !sqlx::query_scalar::<_, bool>(waiting).fetch_one(&mut sql).await.unwrap() {
            assert!(began.elapsed() < Duration::from_secs(30) && !has_ended(), "it waits for the lock");
        }
    }

    /// On a migrated database that a test runs by itself.
    pub fn attached(options: PgConnectOptions) -> Self {
        Self::attached_at(options, Clock::system())
    }

    /// As [`TestApp::attached`], by this clock.
    pub fn attached_at(options: PgConnectOptions, clock: Clock) -> Self {
        let state = AppState::new(db::Database::open(options.clone(), 8), Config::plain(), clock);
        let router = tutti::app::router(state.clone());
        Self { state, router, options, database: None }
    }

    /// Another process on the same database, with the same settings and clock.
    pub fn beside(&self) -> Self {
        let database = db::Database::open(self.options.clone(), 4);
        let state = AppState::new(database, self.state.config.clone(), self.state.clock.clone());
        let router = tutti::app::router(state.clone());
        Self { state, router, options: self.options.clone(), database: None }
    }

    /// How to reach this test's database directly.
    pub fn options(&self) -> PgConnectOptions {
        self.options.clone()
    }

    /// A connection of the test's own, past the application.
    pub async fn sql(&self) -> PgConnection {
        PgConnection::connect_with(&self.options).await.unwrap()
    }

    /// Waits until everything that has been committed is below every transaction under way: those of other tests count
    /// too, because databases of one cluster share the count of transactions.
    pub async fn settled(&self) {
        let mut sql = self.sql().await;
        let now = "select pg_current_xact_id()::text::bigint";
        let mark: i64 = sqlx::query_scalar(now).fetch_one(&mut sql).await.unwrap();
        let oldest = "select pg_snapshot_xmin(pg_current_snapshot())::text::bigint";
        while sqlx::query_scalar::<_, i64>(oldest).fetch_one(&mut sql).await.unwrap() <= mark {
            tokio::task::yield_now().await;
        }
    }
}

impl Drop for TestApp {
    /// The database goes as soon as the test has ended; one that could not be dropped goes with the cluster.
    fn drop(&mut self) {
        let Some((base, _)) = READY.get().and_then(OnceCell::get) else { return };
        let Some(database) = self.database.clone() else { return };
        let base = base.clone();
        let dropped = std::thread::spawn(move || {
            let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
            runtime.block_on(async move {
                let mut admin = PgConnection::connect_with(&base.database("postgres")).await.unwrap();
                admin.execute(AssertSqlSafe(format!("drop database if exists {database} with (force)"))).await.unwrap();
            });
        });
        let _not_worth_failing = dropped.join();
    }
}

async fn prepare() -> (PgConnectOptions, String) {
    let base = server().await;
    let sum = db::MIGRATIONS
        .iter()
        .flat_map(|migration| migration.checksum.iter())
        .fold(0xcbf2_9ce4_8422_2325_u64, |hash, byte| (hash ^ u64::from(*byte)).wrapping_mul(0x0100_0000_01b3));
    let template = format!("template_{sum:016x}");
    let mut admin = PgConnection::connect_with(&base.clone().database("postgres")).await.unwrap();
    // Other test processes wait here.
    admin.execute("select pg_advisory_lock(4711)").await.unwrap();
    let there: bool = sqlx::query_scalar("select exists(select from pg_database where datname = $1 and datistemplate)")
        .bind(&template)
        .fetch_one(&mut admin)
        .await
        .unwrap();
    if !there {
        admin.execute(AssertSqlSafe(format!("drop database if exists {template}"))).await.unwrap();
        admin.execute(AssertSqlSafe(format!("create database {template}"))).await.unwrap();
        let pool = db::Database::open(base.clone().database(&template), 1);
        pool.migrate().await.unwrap();
        pool.close().await;
        admin.execute(AssertSqlSafe(format!("alter database {template} is_template true"))).await.unwrap();
    }
    admin.close().await.unwrap();
    (base, template)
}

/// `TUTTI_TEST_DATABASE_URL` when set, else a cluster of our own without durability.
async fn server() -> PgConnectOptions {
    if let Ok(url) = std::env::var("TUTTI_TEST_DATABASE_URL") {
        return PgConnectOptions::from_str(&url).unwrap();
    }
    let folder = std::env::var("TUTTI_TEST_POSTGRES").unwrap_or_else(|_| "target/test-postgres".to_owned());
    let cluster = Cluster::start(Path::new(&folder), Durability::None).await.unwrap();
    // Dropped without a stop it keeps running for the next run; script/test stops it.
    cluster.options("postgres")
}

/// A database without any table, for tests of the migrations themselves.
pub struct BareDatabase {
    pub options: PgConnectOptions,
    base: PgConnectOptions,
    name: String,
}

impl BareDatabase {
    /// Drops it.
    pub async fn drop(self) {
        let mut admin = PgConnection::connect_with(&self.base.database("postgres")).await.unwrap();
        admin.execute(AssertSqlSafe(format!("drop database {} with (force)", self.name))).await.unwrap();
    }
}

/// Creates a [`BareDatabase`].
pub async fn bare_database(purpose: &str) -> BareDatabase {
    let (base, _) = READY.get_or_init(OnceCell::new).get_or_init(prepare).await;
    let name = format!("{purpose}_{}_{}", std::process::id(), NUMBER.fetch_add(1, Ordering::Relaxed));
    let mut admin = PgConnection::connect_with(&base.clone().database("postgres")).await.unwrap();
    admin.execute(AssertSqlSafe(format!("create database {name}"))).await.unwrap();
    BareDatabase { options: base.clone().database(&name), base: base.clone(), name }
}
