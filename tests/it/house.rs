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
