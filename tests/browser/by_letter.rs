//! The link in a liaison's daily letter, followed on a phone in a browser that nobody has signed in with.

use crate::{
    browser::{Browser, Window},
    site::Site,
    support::TestApp,
};
use tutti::{
    notices::{self, letters},
    platform::{
        config::Config,
        ids::new_uuid,
        locale::{Language, T},
    },
    web::AppState,
};

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_liaison_updates_tasks_by_the_link_in_a_letter() {
    by_letter(Language::English).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_liaison_updates_tasks_by_the_link_in_a_letter_in_chinese() {
    by_letter(Language::Chinese).await;
}

/// Three tasks of the liaison of marketing, news about one of them, and a daily letter in their language.
async fn written(language: Language) -> (Site, String) {
    let (app, geo) = TestApp::with_project().await;
    for (title, due) in [
        ("Pricing page", "2026-11-13"),
        ("Launch film", "2026-11-18"),
        ("Webinar", "2026-11-20"),
        ("Battle cards", "2026-12-08"),
    ] {
        app.task(geo, "MKT", title, Some("liaison"), due).await;
    }
    let mut sql = app.sql().await;
    sqlx::query("update people set language = $1 where name = 'liaison'")
        .bind(language.tag())
        .execute(&mut sql)
        .await
        .unwrap();
    let id = new_uuid().to_string();
    let fields = [("id", id.as_str()), ("comment", "How far is it?")];
    app.sign_in("lead").await.post("/p/GEO/tasks/2/comments", &fields).await.expect(303);
    let config = Config { smtp_url: Some("smtp://127.0.0.1:9".to_owned()), ..app.state.config.clone() };
    let mailing = AppState::new(app.state.db.clone(), config, app.state.clock.clone());
    notices::tell(&mailing).await.unwrap();
    assert_eq!(letters::digest(&mailing).await.unwrap(), 1);
    let words: String = sqlx::query_scalar("select body_text from outbox").fetch_one(&mut sql).await.unwrap();
    let start = words.find("/w/").unwrap();
    let path = words[start..].lines().next().unwrap().to_owned();
    (Site::serve(app).await, path)
}

async fn by_letter(language: Language) {
    let (t, (site, path)) = (T(language), written(language).await);
    let browser = Browser::open(&site.base, language, Window::Phone).await;
    browser.go(&path).await;
    browser.sees(&t.my_work_letter_sign_in()).await;
    browser.is_accessible().await;
    let bar = "(() => { const bar = document.querySelector('.send').getBoundingClientRect(); return bar.bottom <= innerHeight + 1 && bar.top > innerHeight / 2 })()";
    browser.until("the button in sight", bar).await;
    browser.until("no wider than the glass", "document.documentElement.scrollWidth <= innerWidth").await;
    browser.set_status("Launch film", &t.status_doing()).await;
    browser.press(&t.my_work_confirm(3_usize)).await;
    browser.sees(&t.my_work_moved(t.status_doing(), "Launch film")).await;
    browser.sees(&t.my_work_confirmed(2_usize)).await;
    browser.is_accessible().await;
    assert_eq!(site.value("select string_agg(status, ' ' order by number) from tasks").await, "todo doing todo todo");
    // A blocked task asks for its reason on the page itself.
    browser.set_status("Webinar", &t.status_blocked()).await;
    browser.fill(&t.task_blocked_reason(), "No speaker yet").await;
    browser.press(&t.my_work_save_all()).await;
    browser.sees("No speaker yet").await;
    // Nothing else is open to whoever has the link.
    browser.go("/").await;
    browser.sees(&t.accounts_sign_in_lead()).await;
    browser.enter(&site, "lead").await;
    browser.go("/p/GEO/history").await;
    browser.sees(&t.events_value_way_letter_link()).await;
    browser.close().await;
}
