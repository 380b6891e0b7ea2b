//! The frame: health, headers, refusals, what a page costs.

use crate::support::{Client, TestApp};
use axum::{body::Body, http::Request};

#[tokio::test]
async fn healthy_and_ready() {
    let app = TestApp::empty().await;
    let mut browser = Client::new(&app);
    browser.get("/healthz").await.expect(200);
    let answer = browser.get("/readyz").await.expect(200);
    assert_eq!(answer.headers["x-content-type-options"], "nosniff");
    assert!(answer.headers.contains_key("x-request-id"));
}

#[tokio::test]
async fn an_unknown_page_is_a_calm_404_in_the_readers_language() {
    let app = TestApp::organisation().await;
    Client::new(&app).get("/no/such/page").await.expect(404).says("Nothing here");
    Client::new(&app).chinese().get("/no/such/page").await.expect(404).says("这里什么也没有");
    app.sign_in("admin").await.get("/no/such/page").await.expect(404).says("Nothing here");
}

#[tokio::test]
async fn a_form_from_elsewhere_is_refused() {
    let app = TestApp::organisation().await;
    let request = Request::post("/sign-out")
        .header("host", "tutti.test")
        .header("sec-fetch-site", "cross-site")
        .body(Body::empty())
        .unwrap();
    app.sign_in("admin").await.send(request).await.expect(403);
}

#[tokio::test]
async fn metrics_name_routes_and_no_addresses() {
    let app = TestApp::organisation().await;
    let mut browser = app.sign_in("admin").await;
    browser.get("/people-secret-name").await.expect(404);
    let figures = browser.get("/metrics").await.expect(200);
    assert!(figures.body.contains("tutti_requests_total"), "{}", figures.body);
    assert!(figures.body.contains("tutti_database_connections"));
    assert!(!figures.body.contains("secret-name"));
}

#[tokio::test]
async fn stopping_fails_readiness_first() {
    let app = TestApp::empty().await;
    app.state.is_stopping.store(true, std::sync::atomic::Ordering::Relaxed);
    let mut browser = Client::new(&app);
    assert_eq!(browser.get("/readyz").await.status.as_u16(), 503);
    browser.get("/healthz").await.expect(200);
}
