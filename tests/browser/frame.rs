//! The frame itself: sign-in, error pages, themes, both languages, a phone.

use crate::{
    browser::{Browser, Window},
    site::Site,
    support::TestApp,
};
use tutti::platform::locale::{Language, T};

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

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_colleague_finds_another_from_the_side_bar() {
    let (app, _) = TestApp::with_project().await;
    sqlx::query("update people set department_id = departments.id from departments where code = 'MKT' and people.name in ('liaison', 'member')")
        .execute(&mut app.sql().await)
        .await
        .unwrap();
    let site = Site::serve(app).await;
    for (language, window) in [(Language::English, Window::Phone), (Language::Chinese, Window::Wide)] {
        let t = T(language);
        let browser = Browser::open(&site.base, language, window).await;
        browser.enter(&site, "colleague").await;
        browser.go("/").await;
        browser.press_link(&t.nav_departments()).await;
        browser.is_on(&t.departments_title()).await;
        browser.is_accessible().await;
        // Tile and name, initial and name.
        let marketing = if t.is_chinese() { "市市场" } else { "MKMarketing" };
        browser.press_link(marketing).await;
        browser.sees(&t.people_shown("1", "2", "2")).await;
        browser.mark().await;
        browser.fill(&t.people_search(), "liai").await;
        browser.sees(&t.people_shown("1", "1", "1")).await;
        browser.is_same_page().await;
        browser.is_accessible().await;
        browser.press_link("Lliaison").await;
        browser.is_on("liaison").await;
        browser.sees(&t.person_activity()).await;
        browser.is_accessible().await;
        browser.close().await;
    }
}
