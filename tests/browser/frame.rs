//! The frame itself: sign-in, error pages, themes, both languages, a phone.

use crate::{
    browser::{Browser, Window},
    site::Site,
    support::TestApp,
};
use tutti::platform::locale::Language;

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_missing_page_is_calm_in_both_languages() {
    let site = Site::serve(TestApp::organisation().await).await;
    for (language, words) in [(Language::English, "Nothing here"), (Language::Chinese, "这里什么也没有")] {
        let browser = Browser::open(&site.base, language, Window::Phone).await;
        browser.go("/no/such/page").await;
        browser.sees(words).await;
        browser.is_accessible().await;
        browser.close().await;
    }
}
