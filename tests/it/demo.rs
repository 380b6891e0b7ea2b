//! The demo organisation, as a visitor finds it.

use crate::support::TestApp;
use tutti::{app, platform::locale::Language};

const PASSWORD: &str = "a password for the demo";

#[tokio::test]
async fn a_company_in_english() {
    let app = TestApp::empty().await;
    let started = std::time::Instant::now();
    let programme = app::demonstrate(&app.state, Language::English, PASSWORD).await.unwrap();
    eprintln!("{:?}", started.elapsed());
    assert!(programme.parts.len() >= 6);
}
#[tokio::test]
async fn a_company_in_chinese() {
    let app = TestApp::empty().await;
    let started = std::time::Instant::now();
    let programme = app::demonstrate(&app.state, Language::Chinese, PASSWORD).await.unwrap();
    eprintln!("{:?}", started.elapsed());
    assert!(programme.parts.len() >= 6);
}
