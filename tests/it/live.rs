//! Live pages: what others do arrives in the order in which it can be seen, at every process, and only at those who may know.

mod rights;
mod stream;

use crate::{
    events::fetched,
    faults::Folder,
    support::{Client, TestApp, statements},
};
use sqlx::PgConnection;
use stream::Stream;
use tutti::{
    live::{model::Cursor, store},
    platform::{
        ids,
        postgres::{Cluster, Durability},
    },
};
use uuid::Uuid;

/// An event of a project, past the application.
async fn happens(conn: &mut PgConnection, project: Uuid, label: &str) {
    sqlx::query(
        "insert into events (id, at, project_id, kind, subject_kind, subject_id, subject_label)
         values ($1, now(), $2, 'task.changed', 'task', $1, $3)",
    )
    .bind(ids::new_uuid())
    .bind(project)
    .bind(label)
    .execute(conn)
    .await
    .unwrap();
}

#[tokio::test]
async fn what_one_process_does_is_heard_at_another() {
    let (app, geo) = TestApp::with_project().await;
    app.task(geo, "MKT", "Pricing page", Some("member"), "2026-11-20").await;
    let other = app.beside();
    let mut stream = Stream::open(&app.sign_in("viewer").await.at(&other), "/p/GEO/live").await;
    let mut second = Stream::open(&app.sign_in("chair").await.at(&other), "/p/GEO/live").await;
    let mut own = Stream::open(&app.sign_in("viewer").await, "/p/GEO/live").await;
    let mut elsewhere = Stream::open(&app.sign_in("stranger").await.at(&other), "/p/HAL/live").await;
    let mut member = app.sign_in("member").await;
    member.post("/p/GEO/tasks/1/status", &[("status", "doing"), ("version", "1")]).await.expect(303);
    for stream in [&mut stream, &mut second, &mut own] {
        let message = stream.next().await.unwrap();
        assert_eq!(message.labels(), ["GEO-1"]);
        assert!(!message.data.contains("Pricing"), "{}", message.data);
    }
    elsewhere.is_silent().await;
}

/// Ids are made before a commit and transactions begin before others that end sooner; both orders are turned around here.
#[tokio::test]
async fn what_commits_late_is_not_missed() {
    let (app, geo) = TestApp::with_project().await;
    let mut stream = Stream::open(&app.sign_in("viewer").await, "/p/GEO/live").await;
    let (mut early, mut sql) = (app.sql().await, app.sql().await);
    sqlx::query("begin").execute(&mut early).await.unwrap();
    happens(&mut early, geo, "GEO-1").await;
    happens(&mut sql, geo, "GEO-2").await;
    stream.is_silent().await;
    happens(&mut early, geo, "GEO-3").await;
    sqlx::query("commit").execute(&mut early).await.unwrap();
    assert_eq!(stream.labels(3).await, ["GEO-1", "GEO-3", "GEO-2"]);
    happens(&mut sql, geo, "GEO-4").await;
    assert_eq!(stream.labels(1).await, ["GEO-4"]);
}

#[tokio::test]
async fn a_page_hears_what_happened_since_it_was_drawn() {
    let (app, geo) = TestApp::with_project().await;
    app.task(geo, "MKT", "Pricing page", Some("member"), "2026-11-20").await;
    let (mut viewer, mut sql) = (app.sign_in("viewer").await, app.sql().await);
    let page = viewer.get("/p/GEO/tasks/1").await.expect(200).says("As of");
    assert_eq!(page.attribute("#drawn a", "href").unwrap(), "/p/GEO/tasks/1");
    let address = page.attribute("#drawn", "data-live").unwrap();
    let mut fresh = Stream::open(&viewer, &address).await;
    assert!(fresh.cursor > 0);
    fresh.is_silent().await;
    happens(&mut sql, geo, "GEO-1").await;
    let mut late = Stream::open(&viewer, &address).await;
    assert_eq!(late.labels(1).await, ["GEO-1"]);
    // A drawn form with mistakes is never loaded again by itself: it would be gone.
    let refused = app.sign_in("member").await.post("/p/GEO/tasks", &[("title", ""), ("id", "")]).await.expect(422);
    assert_eq!(refused.attribute("#drawn", "data-live"), None);
}

#[tokio::test]
async fn after_a_restart_a_page_hears_what_it_missed() {
    let (app, geo) = TestApp::with_project().await;
    let before = app.beside();
    let viewer = app.sign_in("viewer").await;
    let mut stream = Stream::open(&viewer.clone().at(&before), "/p/GEO/live").await;
    let mut sql = app.sql().await;
    happens(&mut sql, geo, "GEO-1").await;
    let heard = stream.next().await.unwrap();
    before.state.live.close();
    assert!(stream.next().await.is_none(), "the process stops");
    Stream::refused(&viewer.clone().at(&before), "/p/GEO/live", 503).await;
    happens(&mut sql, geo, "GEO-2").await;
    let mut again = Stream::since(&viewer, "/p/GEO/live", &heard.id).await;
    assert_eq!(again.labels(1).await, ["GEO-2"], "and not GEO-1 once more");
    // What nobody can say is everything: a cursor that is none, one of another database, or too much that happened.
    for cursor in ["x", "9000000000000000", "1-zz"] {
        let mut lost = Stream::since(&viewer, "/p/GEO/live", cursor).await;
        assert_eq!(lost.labels(1).await, [""], "{cursor}");
    }
    for number in 3..60 {
        happens(&mut sql, geo, &format!("GEO-{number}")).await;
    }
    let mut lost = Stream::since(&viewer, "/p/GEO/live", &heard.id).await;
    assert_eq!(lost.labels(1).await, [""]);
}

/// Many streams leave the connections, and the turns that they allow, to the pages.
#[tokio::test]
async fn streams_hold_neither_connections_nor_turns() {
    let (app, _) = TestApp::with_project().await;
    let mut streams = Vec::new();
    for name in ["viewer", "chair", "lead"] {
        let browser = app.sign_in(name).await;
        for _ in 0..12 {
            streams.push(Stream::open(&browser, "/p/GEO/live").await);
        }
    }
    let mut viewer = app.sign_in("viewer").await;
    Stream::refused(&viewer, "/p/GEO/live", 429).await;
    viewer.get("/p/GEO").await.expect(200);
    let figures = viewer.get("/metrics").await.expect(200);
    assert!(figures.body.contains("tutti_live_streams"), "{}", figures.body);
    assert_eq!(app.state.live.open(), 36);
    streams.remove(0);
    Stream::open(&viewer, "/p/GEO/live").await;
    drop(streams);
    assert_eq!(app.state.live.open(), 0);
    let stream = statements::count(Stream::open(&viewer, "/p/GEO/live")).await;
    // Session, standing, what was missed; the reader of events is there or begins with two of its own and one for rights.
    assert!(stream.1 <= 6, "{} statements", stream.1);
}

#[tokio::test]
async fn a_stream_is_neither_compressed_nor_a_page() {
    let (app, geo) = TestApp::with_project().await;
    app.task(geo, "MKT", "Pricing page", Some("member"), "2026-11-20").await;
    let mut member = app.sign_in("member").await;
    // Somebody has just done something: the next page says so, and the stream leaves that to it.
    member.post("/p/GEO/tasks/1/status", &[("status", "doing"), ("version", "1")]).await.expect(303);
    assert!(member.cookie("tutti_flash").is_some());
    let request = member.prepared("GET", "/p/GEO/live").header("accept-encoding", "gzip, br");
    let answer = member.begin(request.body(axum::body::Body::empty()).unwrap()).await;
    assert_eq!(answer.headers()["content-type"], "text/event-stream");
    assert_eq!(answer.headers()["cache-control"], "no-store");
    assert!(!answer.headers().contains_key("content-encoding"));
    assert!(!answer.headers().contains_key("set-cookie"));
}

#[tokio::test]
async fn the_reader_of_events_waits_for_the_database() {
    statements::listen();
    let folder = Folder::new();
    let cluster = Cluster::start(&folder.0, Durability::None).await.unwrap();
    let app = TestApp::attached(cluster.options("tutti"));
    app.state.db.migrate().await.unwrap();
    app.found_organisation().await;
    app.person("lead", "member").await;
    let geo = app.project("GEO", "GEO Monitor", "organisation").await;
    let lead = app.sign_in("lead").await;
    let mut stream = Stream::open(&lead, "/p/GEO/live").await;
    cluster.stop().await.unwrap();
    stream.is_silent().await;
    Stream::refused(&lead, "/p/GEO/live", 503).await;
    let cluster = Cluster::start(&folder.0, Durability::None).await.unwrap();
    happens(&mut app.sql().await, geo, "GEO-1").await;
    assert_eq!(stream.labels(1).await, ["GEO-1"]);
    drop(stream);
    app.state.db.close().await;
    cluster.stop().await.unwrap();
}

#[tokio::test]
async fn each_reading_looks_at_few_lines() {
    let (app, geo) = TestApp::with_project().await;
    let mut sql = app.sql().await;
    for xid in ["null", "pg_current_xact_id()"] {
        sqlx::query(sqlx::AssertSqlSafe(format!(
            "insert into events (id, at, project_id, kind, subject_kind, subject_id, xid)
             select gen_random_uuid(), now(), md5((n % 50)::text)::uuid, 'task.changed', 'task', md5(n::text)::uuid, {xid}
             from generate_series(1, 50000) as series (n)"
        )))
        .execute(&mut sql)
        .await
        .unwrap();
    }
    sqlx::query("analyze events").execute(&mut sql).await.unwrap();
    app.settled().await;
    let now = store::now(&mut sql).await.unwrap();
    happens(&mut sql, geo, "GEO-1").await;
    app.settled().await;
    for (since, found) in [(now, 1), (Cursor::before(0), 20)] {
        for _ in 0..8 {
            store::after(&mut sql, since, 20).await.unwrap();
        }
        let before = fetched(&mut sql).await;
        assert_eq!(store::after(&mut sql, since, 20).await.unwrap().len(), found);
        let lines = fetched(&mut sql).await - before;
        assert!(lines <= 100, "{lines} lines since {since}");
    }
    let before = fetched(&mut sql).await;
    let missed = store::missed(&mut sql, geo.into(), now).await.unwrap();
    assert_eq!(missed.changed.unwrap(), [("task".to_owned(), "GEO-1".to_owned())]);
    assert!(fetched(&mut sql).await - before <= 100);
}

/// A browser with a session of the test's making.
fn browser(app: &TestApp, secret: &str) -> Client {
    Client::new(app).with_cookie("tutti", secret)
}
