//! Whoever may no longer see a project hears nothing more of it.

use super::{Stream, browser, happens};
use crate::support::TestApp;

#[tokio::test]
async fn a_removed_seat_ends_the_stream_before_it_says_so() {
    let (app, _) = TestApp::with_project().await;
    let mut sql = app.sql().await;
    let hal = sqlx::query_scalar("select id from projects where key = 'HAL'").fetch_one(&mut sql).await.unwrap();
    app.seat(hal, "colleague", "viewer", None).await;
    let (mut colleague, mut lead) = (app.sign_in("colleague").await, app.sign_in("stranger").await);
    let beside = app.beside();
    let mut gone = Stream::open(&colleague.clone().at(&beside), "/p/HAL/live").await;
    let mut stays = Stream::open(&lead.clone().at(&beside), "/p/HAL/live").await;
    let seat: uuid::Uuid = sqlx::query_scalar(
        "select seats.id from seats join people on people.id = person_id where people.name = 'colleague'",
    )
    .fetch_one(&mut sql)
    .await
    .unwrap();
    lead.post(&format!("/p/HAL/seats/{seat}/remove"), &[]).await.expect(303);
    assert!(gone.next().await.is_none(), "the stream goes on");
    assert!(stays.next().await.is_some());
    Stream::refused(&colleague, "/p/HAL/live", 404).await;
    colleague.get("/p/HAL").await.expect(404);
}

#[tokio::test]
async fn a_hidden_project_is_heard_by_its_seats_only() {
    let (app, geo) = TestApp::with_project().await;
    let mut gone = Stream::open(&app.sign_in("colleague").await, "/p/GEO/live").await;
    let mut stays = Stream::open(&app.sign_in("viewer").await, "/p/GEO/live").await;
    let mut sql = app.sql().await;
    sqlx::query("begin").execute(&mut sql).await.unwrap();
    sqlx::query("update projects set visibility = 'seats' where id = $1").bind(geo).execute(&mut sql).await.unwrap();
    happens(&mut sql, geo, "GEO-1").await;
    sqlx::query("commit").execute(&mut sql).await.unwrap();
    assert!(gone.next().await.is_none());
    assert_eq!(stays.labels(1).await, ["GEO-1"]);
}

#[tokio::test]
async fn signing_out_ends_the_streams_of_that_browser() {
    let (app, geo) = TestApp::with_project().await;
    let (mut here, there) = (app.sign_in("viewer").await, app.sign_in("viewer").await);
    let mut gone = Stream::open(&here, "/p/GEO/live").await;
    let mut stays = Stream::open(&there, "/p/GEO/live").await;
    let cookie = here.cookie("tutti").unwrap();
    here.post("/sign-out", &[]).await.expect(303);
    assert!(gone.next().await.is_none());
    happens(&mut app.sql().await, geo, "GEO-1").await;
    assert_eq!(stays.labels(1).await, ["GEO-1"]);
    Stream::refused(&browser(&app, &cookie), "/p/GEO/live", 303).await; // to the sign-in page
}

/// Sessions end in other ways too, without an event of their own; no later event of the project is told.
#[tokio::test]
async fn an_ended_session_hears_nothing_of_the_next_event() {
    let (app, geo) = TestApp::with_project().await;
    let mut gone = Stream::open(&app.sign_in("viewer").await, "/p/GEO/live").await;
    let mut sql = app.sql().await;
    sqlx::query("delete from sessions").execute(&mut sql).await.unwrap();
    let mut stays = Stream::open(&app.sign_in("chair").await, "/p/GEO/live").await;
    happens(&mut sql, geo, "GEO-1").await;
    assert!(gone.next().await.is_none());
    assert_eq!(stays.labels(1).await, ["GEO-1"]);
    assert_eq!(app.state.live.open(), 1);
}

/// What is put before a guest comes by their own page; the stream speaks of the whole project.
#[tokio::test]
async fn guests_and_advisers_get_no_stream() {
    let (app, _) = TestApp::with_project().await;
    for name in ["guest", "adviser"] {
        Stream::refused(&app.sign_in(name).await, "/p/GEO/live", 404).await;
    }
    for name in ["viewer", "colleague", "admin", "stranger"] {
        Stream::open(&app.sign_in(name).await, "/p/GEO/live").await;
    }
    Stream::refused(&app.sign_in("colleague").await, "/p/HAL/live", 404).await;
    Stream::refused(&app.sign_in("lead").await, "/p/NIX/live", 404).await;
}
