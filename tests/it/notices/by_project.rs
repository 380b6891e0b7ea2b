//! Ids come with forms and are unique within their project only: news of two things with one id are two lines.

use crate::support::{
    Client, TestApp,
    disputes::{hidden, value},
};
use tutti::{notices, platform::ids::new_uuid};

async fn strategy(browser: &mut Client, key: &str, id: &str, vision: &str) {
    let path = format!("/p/{key}/goals/strategy/edit");
    let page = browser.get(&path).await.expect(200);
    let mut fields = hidden(&page, &path);
    fields.retain(|(name, _)| name != "id");
    fields.push(("id".to_owned(), id.to_owned()));
    let texts = ["vision", "strategy", "audience", "need", "difference", "worth", "reason"];
    fields.extend(texts.map(|name| (name.to_owned(), format!("{name} {vision}"))));
    let fields: Vec<(&str, &str)> = fields.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
    browser.post(&path, &fields).await.expect(303);
}

#[tokio::test]
async fn one_id_in_two_projects_is_two_lines() {
    let (app, _) = TestApp::with_project().await;
    let hal = value(&app, "select id::text from projects where key = 'HAL'").await.parse().unwrap();
    app.seat(hal, "committee", "committee", None).await;
    let id = new_uuid().to_string();
    strategy(&mut app.sign_in("lead").await, "GEO", &id, "of GEO").await;
    strategy(&mut app.sign_in("stranger").await, "HAL", &id, "of HAL").await;
    notices::tell(&app.state).await.unwrap();
    let told = "select string_agg(p.key || ' ' || n.count, ', ' order by p.key) from notices n join projects p on p.id = n.project_id
        join people on people.id = n.person_id where people.name = 'committee' and n.read_at is null";
    assert_eq!(value(&app, told).await, "GEO 1, HAL 1");
    // Another version of one of them folds into its own line.
    let again = new_uuid().to_string();
    strategy(&mut app.sign_in("lead").await, "GEO", &again, "of GEO again").await;
    notices::tell(&app.state).await.unwrap();
    assert!(value(&app, told).await.ends_with("HAL 1"));
}

#[tokio::test]
async fn who_acts_in_one_project_has_read_nothing_of_another() {
    let (app, _) = TestApp::with_project().await;
    let hal = value(&app, "select id::text from projects where key = 'HAL'").await.parse().unwrap();
    app.seat(hal, "lead", "committee", None).await;
    let id = new_uuid().to_string();
    strategy(&mut app.sign_in("stranger").await, "HAL", &id, "of HAL").await;
    notices::tell(&app.state).await.unwrap();
    strategy(&mut app.sign_in("lead").await, "GEO", &id, "of GEO").await;
    notices::tell(&app.state).await.unwrap();
    let unread = "select count(*)::text from notices n join people on people.id = n.person_id
        where people.name = 'lead' and n.read_at is null";
    assert_eq!(value(&app, unread).await, "1");
}
