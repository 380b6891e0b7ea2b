//! What PostgreSQL does to us: it restarts, hangs, dies. The server outlives it and loses nothing it acknowledged.

use crate::support::{TestApp, statements};
use sqlx::postgres::PgConnectOptions;
use std::{
    path::PathBuf,
    time::{Duration, Instant},
};
use tower::ServiceExt;
use tutti::{
    platform::{
        clock::Clock,
        config::Config,
        db::{self, Database},
        ids,
        postgres::{Cluster, Durability},
    },
    web::AppState,
};

/// A folder of a test's own under the system's temporary one, gone with the test.
pub struct Folder(pub PathBuf);

impl Folder {
    pub fn new() -> Self {
        let id = ids::new_uuid().simple().to_string();
        let folder = std::env::temp_dir().join(format!("tutti-{}", &id[20..]));
        std::fs::create_dir_all(&folder).unwrap();
        Self(folder)
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        let _cleaned = std::fs::remove_dir_all(&self.0);
    }
}

async fn status(router: &axum::Router, path: &str) -> (u16, bool) {
    let request = axum::http::Request::get(path)
        .header("cookie", format!("tutti={}", "0".repeat(64)))
        .body(axum::body::Body::empty())
        .unwrap();
    let answer = router.clone().oneshot(request).await.unwrap();
    (answer.status().as_u16(), answer.headers().contains_key("retry-after"))
}

#[tokio::test]
async fn after_a_restart_of_the_database_the_next_request_works() {
    statements::listen();
    let folder = Folder::new();
    let cluster = Cluster::start(&folder.0, Durability::None).await.unwrap();
    let database = Database::open(cluster.options("tutti"), 4);
    database.migrate().await.unwrap();
    let router = tutti::app::router(AppState::new(database.clone(), Config::plain(), Clock::system()));
    assert_eq!(status(&router, "/readyz").await.0, 200);
    // Several connections are open when the database goes.
    let leases = (database.lease().await.unwrap(), database.lease().await.unwrap());
    drop(leases);

    cluster.stop().await.unwrap();
    let began = Instant::now();
    assert_eq!(status(&router, "/settings").await, (503, true), "the database is away");
    assert!(began.elapsed() < db::REQUEST, "a request hung for {:?}", began.elapsed());
    assert_eq!(status(&router, "/readyz").await.0, 503);
    assert_eq!(status(&router, "/healthz").await.0, 200, "alive all the same");

    let cluster = Cluster::start(&folder.0, Durability::None).await.unwrap();
    let (next, _) = status(&router, "/settings").await;
    assert_ne!(next, 503, "the first request after the restart");
    assert_eq!(status(&router, "/readyz").await.0, 200);
    database.close().await;
    cluster.stop().await.unwrap();
}

#[tokio::test]
async fn a_connection_whose_request_was_cut_off_is_closed() {
    let app = TestApp::empty().await;
    let work = db::guarded({
        let database = app.state.db.clone();
        async move {
            let mut lease = database.lease().await.unwrap();
            sqlx::query("select pg_sleep(4)").execute(&mut *lease).await.unwrap();
        }
    });
    assert!(tokio::time::timeout(Duration::from_millis(100), work).await.is_err());
    assert_eq!(app.state.db.size(), (0, 0), "it went back to the pool");
    assert!(app.state.db.is_reachable().await);
}

/// One backend serves a request's statements one after the other, and the pool has it back when the request has ended.
#[tokio::test]
async fn a_request_keeps_its_connection_until_it_ends() {
    let app = TestApp::empty().await;
    let database = app.state.db.clone();
    let backend = async |lease: &mut db::Lease| -> i32 {
        sqlx::query_scalar("select pg_backend_pid()").fetch_one(&mut **lease).await.unwrap()
    };
    let pids = db::guarded(async {
        let mut first = database.lease().await.unwrap();
        let mut second = database.lease().await.unwrap();
        let (one, two) = (backend(&mut first).await, backend(&mut second).await);
        assert_ne!(one, two, "both in use at once");
        first.release();
        let again = backend(&mut database.lease().await.unwrap()).await;
        let mut change = database.begin().await.unwrap();
        (one, again, backend(&mut change).await)
    })
    .await;
    assert_eq!(pids, (pids.0, pids.0, pids.0));
    let all_back = async {
        while database.size() != (2, 2) {
            tokio::task::yield_now().await
        }
    };
    tokio::time::timeout(Duration::from_secs(5), all_back).await.unwrap();
}

#[tokio::test]
async fn a_change_that_is_dropped_rolls_back() {
    let app = TestApp::organisation().await;
    {
        let mut lease = app.state.db.begin().await.unwrap();
        sqlx::query("update organisations set name = 'Elsewhere'").execute(&mut *lease).await.unwrap();
    }
    let mut lease = app.state.db.lease().await.unwrap();
    let name: String = sqlx::query_scalar("select name from organisations").fetch_one(&mut *lease).await.unwrap();
    assert_eq!(name, "Qiming");
}

#[tokio::test]
async fn limits_are_set_at_connect() {
    let app = TestApp::empty().await;
    let mut lease = app.state.db.lease().await.unwrap();
    for (setting, value) in
        [("statement_timeout", "5s"), ("lock_timeout", "2s"), ("idle_in_transaction_session_timeout", "10s")]
    {
        let found: String =
            sqlx::query_scalar("select current_setting($1)").bind(setting).fetch_one(&mut *lease).await.unwrap();
        assert_eq!(found, value, "{setting}");
    }
}

#[tokio::test]
async fn a_full_pool_is_a_503_and_not_a_hang() {
    let app = TestApp::organisation().await;
    let options: PgConnectOptions = app.options();
    let database = Database::open(options, 1);
    let router = tutti::app::router(AppState::new(database.clone(), Config::plain(), Clock::system()));
    let held = database.lease().await.unwrap();
    let began = Instant::now();
    assert_eq!(status(&router, "/settings").await, (503, true));
    assert!(began.elapsed() < db::REQUEST);
    drop(held);
    assert_ne!(status(&router, "/settings").await.0, 503);
}
