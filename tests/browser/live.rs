//! Two people at once: what one does appears on the open page of the other, who loses nothing of what they type.

use crate::{
    browser::{Browser, Window},
    site::Program,
    support::TestApp,
};
use serde_json::json;
use tutti::platform::{
    ids,
    locale::{Language, T},
};

/// The page hears what happens.
const LIVE: &str = "document.getElementById('drawn')?.hidden";

async fn site() -> (TestApp, Program) {
    let (app, geo) = TestApp::with_project().await;
    for title in ["Pricing page", "Price list"] {
        app.task(geo, "MKT", title, Some("liaison"), "2026-11-20").await;
    }
    let program = Program::serve(&app).await;
    (app, program)
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_others_do_appears_and_what_is_typed_stays() {
    for (language, window) in [(Language::English, Window::Wide), (Language::Chinese, Window::Phone)] {
        let (app, program) = site().await;
        let t = T(language);
        let browser = Browser::open(&program.base, language, window).await;
        browser.enter_as(&app, "liaison").await;
        browser.go("/p/GEO/tasks/1").await;
        browser.until("live", LIVE).await;
        browser.mark().await;
        browser.fill(&t.comment_add_label(), "Half a sentence").await;
        let caret = "document.activeElement.selectionStart === 4";
        browser.script("document.activeElement.setSelectionRange(4, 4)").await;

        let mut lead = app.sign_in("lead").await;
        lead.post("/p/GEO/tasks/1/status", &[("status", "doing"), ("version", "1")]).await.expect(303);
        browser.until("the new status", "document.querySelector('[data-status=doing][aria-pressed=true]')").await;
        let id = ids::new_uuid().to_string();
        lead.post("/p/GEO/tasks/1/comments", &[("id", &id), ("comment", "Ready on Friday")]).await.expect(303);
        // The comments hold the form that is being filled in: they stay, and one line says that there is more.
        browser.sees(&t.live_changed()).await;
        browser.sees_no("Ready on Friday").await;
        browser.until("the caret where it was", caret).await;
        browser.is_accessible().await;
        browser.send(&t.live_show()).await;
        browser.sees("Ready on Friday").await;
        browser.sees_no(&t.live_changed()).await;
        let typed = browser.field(&t.comment_add_label()).await.prop("value").await.unwrap().unwrap();
        assert_eq!(typed, "Half a sentence");
        browser.send(&t.comment_add()).await;
        browser
            .until(
                "the comment",
                "[...document.querySelectorAll('main p')].some(p => p.textContent === 'Half a sentence')",
            )
            .await;
        browser.is_same_page().await;
        browser.close().await;
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_board_follows_and_comes_back_after_a_restart() {
    let (app, mut program) = site().await;
    let t = T(Language::English);
    let browser = Browser::open(&program.base, Language::English, Window::Wide).await;
    browser.enter_as(&app, "viewer").await;
    browser.go("/p/GEO/work").await;
    browser.card(&t.status_todo(), "Pricing page").await;
    browser.until("live", LIVE).await;
    browser.mark().await;
    browser.script("document.querySelector('.card .ttl').focus()").await;
    let mut lead = app.sign_in("lead").await;
    lead.post("/p/GEO/tasks/1/status", &[("status", "review"), ("version", "1")]).await.expect(303);
    browser.card(&t.status_review(), "Pricing page").await;
    assert_eq!(browser.script("return document.activeElement.textContent").await, json!("Pricing page"));

    program.kill();
    browser.until("no longer live", &format!("!{LIVE}")).await;
    lead.post("/p/GEO/tasks/2/status", &[("status", "done"), ("version", "1")]).await.expect(303);
    program.start().await;
    browser.card(&t.status_done(), "Price list").await;
    browser.until("live again", LIVE).await;

    // Who may no longer see it keeps the page as it was, and is told that it is not current.
    let change = "with hidden as (update projects set visibility = 'seats' where key = 'GEO' returning id),
             removed as (update seats set removed_at = now() from people where people.id = person_id and people.name = 'viewer')
         insert into events (id, at, project_id, kind, subject_kind, subject_id) select gen_random_uuid(), now(), id, 'project.changed', 'project', id from hidden";
    sqlx::query(change).execute(&mut app.sql().await).await.unwrap();
    browser.until("no longer live", &format!("!{LIVE}")).await;
    browser.is_same_page().await;
    browser.close().await;
}

/// Without a script the page says how old it is.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn without_a_script_the_page_offers_itself_again() {
    let (app, program) = site().await;
    let t = T(Language::English);
    let browser = Browser::open(&program.base, Language::English, Window::PlainPhone).await;
    browser.enter_as(&app, "viewer").await;
    browser.go("/p/GEO/work").await;
    browser.press_link(&t.reload()).await;
    assert_eq!(browser.path().await, "/p/GEO/work");
    browser.close().await;
}

/// A message of a result stays while the page is as its own change left it, and goes when somebody else changes the page.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_old_message_does_not_outlive_what_others_do() {
    let (app, program) = site().await;
    let t = T(Language::English);
    let browser = Browser::open(&program.base, Language::English, Window::Wide).await;
    browser.enter_as(&app, "liaison").await;
    browser.go("/p/GEO/tasks/1").await;
    browser.until("live", LIVE).await;
    browser.fill(&t.comment_add_label(), "Mine").await;
    browser.send(&t.comment_add()).await;
    let message = "document.querySelector('#flash .flash')";
    browser.until("the message", message).await;
    // As old as if somebody had read it long ago.
    browser.script("document.getElementById('flash').dataset.since = 0").await;
    let mut lead = app.sign_in("lead").await;
    lead.post("/p/GEO/tasks/1/status", &[("status", "doing"), ("version", "1")]).await.expect(303);
    browser.until("the new status", "document.querySelector('[data-status=doing][aria-pressed=true]')").await;
    browser.until("no old message", &format!("!{message}")).await;
    browser.close().await;
}
