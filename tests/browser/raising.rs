//! Raising an escalation: the kinds follow the two departments while the form is being filled in.

use crate::{
    browser::{Browser, Window},
    site::Site,
    support::TestApp,
};
use tutti::platform::locale::{Language, T};

const KINDS: &str = "[...document.querySelectorAll('#kind option')].map(option => option.value)";

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_kinds_follow_the_two_departments() {
    let t = T(Language::English);
    let (app, _) = TestApp::with_project().await;
    let site = Site::serve(app).await;
    let browser = Browser::open(&site.base, Language::English, Window::Wide).await;
    browser.enter(&site, "other").await;
    browser.go("/p/GEO/escalations/new").await;
    browser.is_on(&t.decisions_raise_button()).await;
    browser.mark().await;
    browser.sees_no(&t.decisions_show_kinds()).await;
    browser.fill(&t.decisions_question(), "Who follows up leads?").await;
    browser.choose(&t.decisions_to(), "Marketing").await;
    browser.until("kinds of sales and marketing", &format!("{KINDS}.includes('lead_quality')")).await;
    browser.script("document.querySelector('#kind').value = 'lead_quality'").await;
    browser.choose(&t.decisions_to(), "Product").await;
    browser
        .until(
            "kinds of sales and product",
            &format!("{KINDS}.includes('discounting') && !{KINDS}.includes('lead_quality')"),
        )
        .await;
    browser.until("a kind that does not fit is taken back", "document.querySelector('#kind').value === ''").await;
    // One that fits both pairs stays, wherever it stands in the list.
    browser.script("document.querySelector('#kind').value = 'other'").await;
    browser.choose(&t.decisions_to(), "Marketing").await;
    browser.until("kinds of sales and marketing", &format!("{KINDS}.includes('lead_quality')")).await;
    browser.until("the kind that fits stays", "document.querySelector('#kind').value === 'other'").await;
    let question = browser.field(&t.decisions_question()).await.prop("value").await.unwrap().unwrap();
    assert_eq!(question, "Who follows up leads?");
    browser.is_same_page().await;
    browser.is_accessible().await;
    assert_eq!(site.value("select count(*)::text from escalations").await, "0", "looking raises nothing");
    browser.close().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn without_script_a_button_shows_them() {
    let t = T(Language::English);
    let (app, _) = TestApp::with_project().await;
    let site = Site::serve(app).await;
    let browser = Browser::open(&site.base, Language::English, Window::PlainPhone).await;
    browser.enter(&site, "other").await;
    browser.go("/p/GEO/escalations/new").await;
    browser.fill(&t.decisions_question(), "Who follows up leads?").await;
    browser.choose(&t.decisions_to(), "Marketing").await;
    browser.press(&t.decisions_show_kinds()).await;
    browser.until("kinds of sales and marketing", &format!("{KINDS}.includes('lead_quality')")).await;
    let question = browser.field(&t.decisions_question()).await.prop("value").await.unwrap().unwrap();
    assert_eq!(question, "Who follows up leads?");
    browser.close().await;
}
