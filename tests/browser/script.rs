//! What the script promises everywhere: one request for two clicks, nothing typed is lost, the focus goes where it is
//! needed, colours and language change where one is.

use crate::{
    browser::{Browser, Window},
    site::Site,
    support::TestApp,
};
use serde_json::json;
use tutti::platform::locale::{Language, T};

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn forms_are_sent_once_and_keep_what_was_typed() {
    forms(Language::English).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn forms_are_sent_once_and_keep_what_was_typed_in_chinese() {
    forms(Language::Chinese).await;
}

async fn forms(language: Language) {
    let t = T(language);
    let (app, geo) = TestApp::with_project().await;
    app.task(geo, "MKT", "Pricing page", Some("liaison"), "2026-11-20").await;
    let site = Site::serve(app).await;
    let browser = Browser::open(&site.base, language, Window::Wide).await;
    browser.enter(&site, "liaison").await;
    mistakes_get_the_focus(&browser, t).await;
    two_clicks_are_one(&browser, t, &site).await;
    a_stale_edit_keeps_what_was_typed(&browser, t, &site).await;
    an_answer_keeps_what_is_being_typed(&browser, t, &site).await;
    frame(&browser, t).await;
    browser.close().await;
}

async fn mistakes_get_the_focus(browser: &Browser, t: T) {
    browser.go("/p/GEO/tasks/new").await;
    browser.fill(&t.task_description(), "Everybody finds the price").await;
    browser.send(&t.task_add()).await;
    browser.sees(&t.errors_title(1_usize)).await;
    browser.until("the focus on the mistakes", "document.activeElement.classList.contains('errors')").await;
    let title = browser.driver.title().await.unwrap();
    assert!(title.starts_with(&t.errors_prefix()), "{title}");
    browser.is_accessible().await;
    browser.press_link(&t.task_error_title_missing()).await;
    browser.until("the focus on the field", "document.activeElement.id === 'title'").await;
    assert_eq!(
        browser.field(&t.task_description()).await.prop("value").await.unwrap().unwrap(),
        "Everybody finds the price"
    );
}

/// Both in a form of the old kind, which leaves the page, and in one that is answered in place.
async fn two_clicks_are_one(browser: &Browser, t: T, site: &Site) {
    browser.fill(&t.task_title(), "Price list").await;
    let before = site.posts();
    browser.send_twice(&t.task_add()).await;
    browser.is_on("Price list").await;
    assert_eq!(site.posts(), before + 1, "a form that leaves the page");
    browser.go("/p/GEO/work").await;
    browser.fill(&t.board_new_title(), "Price film").await;
    let before = site.posts();
    browser.send_twice(&t.board_add()).await;
    browser.card(&t.status_todo(), "Price film").await;
    browser.until("sent", "!document.querySelector('[aria-busy]')").await;
    assert_eq!(site.posts(), before + 1, "a form answered in place");
    assert_eq!(browser.field(&t.board_new_title()).await.prop("value").await.unwrap().unwrap(), "");
}

async fn a_stale_edit_keeps_what_was_typed(browser: &Browser, t: T, site: &Site) {
    browser.go("/p/GEO/tasks/1/edit").await;
    browser.fill(&t.task_description(), "With the **annual** price").await;
    site.change("update tasks set title = 'Page of prices', version = version + 1 where number = 1").await;
    browser.send(&t.task_save()).await;
    browser.sees(&t.task_stale_edit_text()).await;
    browser.sees("Page of prices").await;
    let typed = browser.field(&t.task_description()).await.prop("value").await.unwrap().unwrap();
    assert_eq!(typed, "With the **annual** price");
    browser.is_accessible().await;
    browser.send(&t.task_save_anyway()).await;
    browser.sees(&t.task_saved("GEO-1")).await;
    assert_eq!(site.value("select description from tasks where number = 1").await, "With the **annual** price");
}

/// A comment that is being written survives that the page around it changes; a stale status is asked about.
async fn an_answer_keeps_what_is_being_typed(browser: &Browser, t: T, site: &Site) {
    browser.go("/p/GEO/tasks/1").await;
    browser.mark().await;
    browser.fill(&t.comment_add_label(), "Half a sentence").await;
    browser.press_in(&t.task_status(), &t.status_doing()).await;
    browser.sees(&t.task_status_set(t.status_doing(), "GEO-1")).await;
    let typed = browser.field(&t.comment_add_label()).await.prop("value").await.unwrap().unwrap();
    assert_eq!(typed, "Half a sentence");
    browser.is_same_page().await;
    // A page drawn after its own change: nothing that happened before makes it ask again by itself.
    browser.go("/p/GEO/tasks/1").await;
    site.change("update tasks set status = 'review', version = version + 1 where number = 1").await;
    browser.press_in(&t.task_status(), &t.status_done()).await;
    browser.is_on(&t.task_stale_title()).await;
    browser.is_accessible().await;
    browser.send(&t.task_stale_use_mine()).await;
    browser.sees(&t.task_status_set(t.status_done(), "GEO-1")).await;
    assert_eq!(site.value("select status from tasks where number = 1").await, "done");
    site.change("update tasks set status = 'todo', done_at = null where number = 1").await;
}

/// A line of the division of labour opens and closes where it stands.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn letters_are_edited_in_place() {
    let t = T(Language::English);
    let (app, geo) = TestApp::with_project().await;
    sqlx::query(
        "with made as (insert into duties (project_id, id, stage_id, position, code, title_en, title_zh, due_day, is_evidence)
             select $1, gen_random_uuid(), stages.id, n, 'a1_x' || n, 'Duty ' || n, '事项 ' || n, 5, false
             from stages, generate_series(1, 40) n where project_id = $1 and stages.code = 'A1' returning id)
         insert into duty_letters (project_id, duty_id, part_id, letter)
         select $1, made.id, parts.id, letter from made, parts, unnest('{R,A}'::text[]) letter where project_id = $1 and code = 'MKT'",
    )
    .bind(geo)
    .execute(&mut app.sql().await)
    .await
    .unwrap();
    let site = Site::serve(app).await;
    let browser = Browser::open(&site.base, Language::English, Window::Wide).await;
    browser.enter(&site, "lead").await;
    browser.go("/p/GEO/matrix").await;
    browser.mark().await;
    browser.script("document.getElementById('duty-a1_x30').scrollIntoView({ block: 'center' })").await;
    let in_view = "(box => box.top >= 0 && box.bottom <= innerHeight)(document.getElementById('duty-a1_x30').getBoundingClientRect())";
    browser.script("document.querySelector('#duty-a1_x30 a.mini').click()").await;
    let focus = "document.activeElement.closest('#duty-a1_x30')";
    browser
        .until("the focus in the open line", &format!("{focus} && document.activeElement.name === 'a' && {in_view}"))
        .await;
    browser.send(&t.duty_save()).await;
    browser
        .until("the line closed, in view", &format!("!document.getElementById('letters') && {focus} && {in_view}"))
        .await;
    browser.is_same_page().await;
    browser.close().await;
}

/// Colours and language, from the account menu.
async fn frame(browser: &Browser, t: T) {
    browser.go("/p/GEO/work").await;
    browser.mark().await;
    browser.open_menu(&t.account_menu()).await;
    browser.is_accessible().await;
    browser.press(&t.theme_dark()).await;
    let theme = "document.documentElement.dataset.theme === 'dark'";
    browser.until("dark", theme).await;
    browser.is_same_page().await;
    // Kept by the server; the request may still be on its way when the next page opens.
    for path in ["/p/GEO/work", "/", "/p/GEO", "/p/GEO/tasks/1", "/p/GEO/tasks/new", "/p/GEO/matrix"] {
        browser.go(path).await;
        let began = std::time::Instant::now();
        while browser.script(&format!("return {theme}")).await != json!(true) {
            assert!(began.elapsed().as_secs() < 10, "{path} is not dark");
            browser.go(path).await;
        }
        browser.is_accessible().await;
    }
    browser.open_menu(&t.account_menu()).await;
    browser.press(t.language().other().name()).await;
    let other = T(t.language().other());
    browser.is_on_tab(&other.tab_matrix()).await;
    assert_eq!(browser.script("return document.documentElement.lang").await, json!(other.language().tag()));
    browser.is_accessible().await;
}
