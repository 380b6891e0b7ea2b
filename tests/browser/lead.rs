//! The lead creates a project, looks it over as a draft, and publishes it.

use crate::{
    browser::{Browser, Window},
    site::{PASSWORD, Site},
    support::TestApp,
};
use jiff::civil::date;
use serde_json::json;
use tutti::platform::locale::{Language, T};

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_lead_creates_and_publishes_a_project() {
    creates_and_publishes(Language::English).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_lead_creates_and_publishes_a_project_in_chinese() {
    creates_and_publishes(Language::Chinese).await;
}

async fn creates_and_publishes(language: Language) {
    let t = T(language);
    let app = TestApp::organisation().await;
    for name in ["lead", "liaison", "other", "member", "viewer", "chair", "colleague"] {
        app.person(name, "member").await;
    }
    let site = Site::serve(app).await;
    let browser = Browser::open(&site.base, language, Window::Wide).await;
    signs_in(&browser, t).await;
    fills_in(&browser, t).await;
    browser.send(&t.project_new_create()).await;
    browser.is_on("Halo Speaker").await;
    assert_eq!(browser.path().await, "/p/HS");
    for words in [t.project_new_made("HS"), t.project_draft(), t.overview_draft()] {
        browser.sees(&words).await;
    }
    browser.is_accessible().await;
    is_hidden(&browser, &site, t).await;
    browser.enter(&site, "lead").await;
    publishes(&browser, t).await;
    walks_through(&browser, t).await;
    // From now on it is on other people's lists.
    browser.enter(&site, "liaison").await;
    browser.go("/").await;
    browser.is_on(&t.nav_my_work()).await;
    browser.sees("Halo Speaker").await;
    browser.sees_no(&t.my_work_empty()).await;
    browser.close().await;
}

async fn signs_in(browser: &Browser, t: T) {
    browser.go("/").await;
    browser.sees(&t.accounts_sign_in_to("Qiming")).await;
    browser.is_accessible().await;
    browser.fill(&t.accounts_email(), "lead@qiming.example").await;
    browser.fill(&t.accounts_password(), PASSWORD).await;
    browser.send(&t.accounts_sign_in()).await;
    browser.is_on(&t.nav_my_work()).await;
    browser.sees(&t.my_work_empty()).await;
    browser.is_accessible().await;
    browser.press(&t.nav_projects()).await;
    browser.sees(&t.overview_list_none_title()).await;
    browser.is_accessible().await;
    browser.press(&t.nav_new_project()).await;
    browser.is_on(&t.project_new_title()).await;
}

async fn fills_in(browser: &Browser, t: T) {
    browser.mark().await;
    browser.sees(&t.project_new_untitled()).await;
    browser.fill(&t.project_new_name(), "Halo Speaker").await;
    browser.sees_no(&t.project_new_untitled()).await;
    let key = browser.field(&t.project_new_key()).await;
    browser.until("a suggested key", "document.querySelector('#key').value === 'HS'").await;
    assert_eq!(key.prop("value").await.unwrap().unwrap(), "HS", "the field is the same one");
    browser.sees(&t.project_new_no_date()).await;
    browser.fill(&t.project_new_launch(), "2027-06-15").await;
    browser.sees(&t.project_new_launches(t.date(date(2027, 6, 15)), 209_usize)).await;
    // Sales off: its tasks go to others, and the summary says so at once.
    let parts = "document.querySelectorAll('#summary dl:last-of-type dt').length";
    let before = browser.script(&format!("return {parts}")).await.as_i64().unwrap();
    let sales = if t.is_chinese() { "销售" } else { "Sales" };
    browser.tick_department(sales).await;
    browser.until("one department less", &format!("{parts} === {}", before - 1)).await;
    browser.tick_department(sales).await;
    browser.until("the department again", &format!("{parts} === {before}")).await;
    let departments = if t.is_chinese() {
        ["产品", "研发", "市场", "销售"]
    } else {
        ["Product", "R&D", "Marketing", "Sales"]
    };
    for (department, liaison) in departments.into_iter().zip(["member", "viewer", "liaison", "other"]) {
        browser.choose(&t.project_new_liaison_for(department), liaison).await;
    }
    browser.choose(&t.capacity_ceo(), "chair").await;
    browser.tick(&t.labelled(t.project_new_chair(), t.capacity_ceo())).await;
    browser.sees(&t.project_new_committee_seats(1_usize, 1_usize)).await;
    browser.is_same_page().await;
    assert_eq!(browser.field(&t.project_new_name()).await.prop("value").await.unwrap().unwrap(), "Halo Speaker");
    browser.is_accessible().await;
}

/// A draft gives nobody work, not even the liaison who has a seat in it; to a colleague it does not exist.
async fn is_hidden(browser: &Browser, site: &Site, t: T) {
    for name in ["liaison", "colleague"] {
        browser.enter(site, name).await;
        browser.go("/").await;
        browser.sees(&t.my_work_empty()).await;
        browser.sees_no("Halo Speaker").await;
    }
    browser.go("/projects").await;
    browser.sees(&t.overview_list_none_title()).await;
    browser.go("/p/HS").await;
    browser.sees(&t.error_404_title()).await;
}

async fn publishes(browser: &Browser, t: T) {
    browser.go("/p/HS").await;
    browser.press(&t.publish_button()).await;
    browser.is_on(&t.publish_title("Halo Speaker")).await;
    for words in [t.publish_stage(), t.publish_seen()] {
        browser.sees(&words).await;
    }
    browser.is_accessible().await;
    browser.send(&t.publish_button()).await;
    browser.sees(&t.publish_done("Halo Speaker")).await;
    browser.sees_no(&t.overview_draft()).await;
    // The stage track stands at the first stage, and departments have their tasks in it.
    browser.sees(&t.overview_score()).await;
    let current = browser.script("return document.querySelectorAll('.score [aria-current=step]').length").await;
    assert_eq!(current, json!(1));
    let tasks = browser.script("return document.querySelectorAll('.score progress').length").await.as_i64().unwrap();
    assert!(tasks > 4, "{tasks} cells with tasks");
    browser.is_accessible().await;
}

/// Every page of the new project opens and can be used by everybody.
async fn walks_through(browser: &Browser, t: T) {
    browser.tab(&t.tab_work()).await;
    let cards = browser.script("return document.querySelectorAll('.board .card').length").await.as_i64().unwrap();
    assert!(cards > 20, "{cards} cards");
    browser.is_accessible().await;
    browser.press(&t.board_list()).await;
    browser.until("the list", "document.querySelectorAll('#work table tbody tr').length > 20").await;
    browser.is_accessible().await;
    for tab in [t.tab_matrix(), t.tab_escalations(), t.tab_decisions(), t.tab_team(), t.tab_history(), t.tab_settings()]
    {
        browser.tab(&tab).await;
        browser.is_accessible().await;
    }
}
