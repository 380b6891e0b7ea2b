//! Lists of names stand in the order of the reader's language, whatever the database's own order is.

use crate::support::{Answer, TestApp, disputes};
use uuid::Uuid;

/// In the order in which they are put into the tables.
const PEOPLE: [&str; 7] = ["Zoe", "张伟", "adam", "曾黎", "Ádám", "李娜", "阿强"];
const ENGLISH: [&str; 7] = ["adam", "Ádám", "Zoe", "阿强", "李娜", "曾黎", "张伟"];
const CHINESE: [&str; 7] = ["阿强", "李娜", "曾黎", "张伟", "adam", "Ádám", "Zoe"];

/// Everybody in marketing of GEO and on its committee, and the price dispute before that committee.
async fn company() -> (TestApp, Uuid, String) {
    let (app, geo) = TestApp::with_project().await;
    for name in PEOPLE {
        app.person(name, "member").await;
        app.seat(geo, name, "member", Some("MKT")).await;
        app.seat(geo, name, "committee", None).await;
    }
    let dispute = disputes::before_committee(&app, geo).await;
    (app, geo, dispute)
}

/// The people above among what a page lists, in the page's order.
fn listed(page: &Answer, selector: &str) -> Vec<&'static str> {
    let texts = page.all(selector);
    texts.iter().filter_map(|text| PEOPLE.into_iter().find(|name| text.starts_with(name))).collect()
}

#[tokio::test]
async fn people_stand_by_name_in_the_readers_language() {
    let (app, geo, dispute) = company().await;
    app.task(geo, "MKT", "Webinar", None, "2026-11-20").await;
    sqlx::query(
        "insert into task_watchers (project_id, task_id, person_id) select $1, tasks.id, people.id from tasks, people",
    )
    .bind(geo)
    .execute(&mut app.sql().await)
    .await
    .unwrap();
    let names = ".person > span:nth-child(2)";
    let (votes, decide) = (format!(".votes {names}"), format!("{dispute}/decide"));
    let members = format!("td:nth-child(3) {names}");
    let everybody = format!("th {names}");
    let watchers = format!("aside li {names}");
    let committee = format!("[aria-labelledby=team-committee] {names}");
    for (reader, path, selector) in [
        ("admin", "/admin/people", everybody.as_str()),
        ("colleague", "/people", &everybody),
        ("admin", "/departments/new", "#colleagues option"),
        ("admin", "/projects/new", "#lead option"),
        ("lead", "/p/GEO/team", &members),
        ("lead", "/p/GEO/team", &committee),
        ("lead", "/p/GEO/seats/new", "#person option"),
        ("lead", "/p/GEO/history", "#who option"),
        ("lead", "/p/GEO/work", "#person option"),
        ("lead", "/p/GEO/work?view=list", "#bulk-assignee option"),
        ("lead", "/p/GEO/tasks/new", "#assignee option"),
        ("lead", "/p/GEO/tasks/1", &watchers),
        ("lead", &dispute, &votes),
        ("chair", &decide, "#owner option"),
    ] {
        let mut browser = app.sign_in(reader).await;
        let page = browser.get(path).await.expect(200);
        assert_eq!(listed(&page, selector), ENGLISH, "{path}");
        let page = browser.chinese().get(path).await.expect(200);
        assert_eq!(listed(&page, selector), CHINESE, "{path} in Chinese");
    }
}

#[tokio::test]
async fn those_who_may_be_asked_stand_guests_first() {
    let (app, geo) = TestApp::with_project().await;
    for (name, role) in PEOPLE.into_iter().zip(["member", "guest"].into_iter().cycle()) {
        app.person(name, role).await;
    }
    let path = disputes::before_committee(&app, geo).await;
    let mut lead = app.sign_in("lead").await;
    let names = "#people .person > span:nth-child(2)";
    let page = lead.get(&format!("{path}/invite")).await.expect(200);
    assert_eq!(listed(&page, names), ["李娜", "曾黎", "张伟", "adam", "Ádám", "Zoe", "阿强"]);
    let page = lead.chinese().get(&format!("{path}/invite")).await.expect(200);
    assert_eq!(listed(&page, names), ["李娜", "曾黎", "张伟", "阿强", "adam", "Ádám", "Zoe"]);
}

#[tokio::test]
async fn everybody_is_on_one_page_of_the_list() {
    let app = TestApp::organisation().await;
    let name = |number: usize| format!("{} {number}", ["Mei", "mei", "李"][number % 3]);
    for number in 0..120 {
        app.person(&name(number), "member").await;
    }
    let mut admin = app.sign_in("admin").await.chinese();
    let mut seen = Vec::new();
    for (page, people) in [(1, 50), (2, 50), (3, 21), (4, 0)] {
        let found =
            admin.get(&format!("/admin/people?page={page}")).await.expect(200).all("th .person > span:nth-child(2)");
        assert_eq!(found.len(), people, "page {page}");
        seen.extend(found);
    }
    let numbers =
        |word: &str, rest: usize| (0..120).filter(|n| n % 3 == rest).map(|n| format!("{word} {n}")).collect::<Vec<_>>();
    let latin = (0..120).filter(|number| number % 3 < 2).map(name);
    let expected: Vec<String> = numbers("李", 2).into_iter().chain(["admin".to_owned()]).chain(latin).collect();
    assert_eq!(seen, expected, "figures count before case");
}

#[tokio::test]
async fn projects_stand_by_name_in_the_side_bar_and_on_a_persons_page() {
    let (app, geo) = TestApp::with_project().await;
    sqlx::query("update projects set name = '长风' where id = $1")
        .bind(geo)
        .execute(&mut app.sql().await)
        .await
        .unwrap();
    for (key, name) in [("ATL", "Atlas 10"), ("ATS", "Atlas 9"), ("ELA", "élan"), ("BEI", "北斗")] {
        let project = app.project(key, name, "organisation").await;
        app.seat(project, "liaison", "liaison", Some("MKT")).await;
    }
    let path = format!("/people/{}", app.id_of("liaison").await);
    let mut liaison = app.sign_in("liaison").await;
    let side = ".projects .nav a > span";
    let page = liaison.get(&path).await.expect(200);
    assert_eq!(page.all(side), ["Atlas 9", "Atlas 10", "élan", "北斗", "长风"]);
    assert_eq!(page.all(".items .ttl"), ["Atlas 9", "Atlas 10", "élan", "北斗", "长风"]);
    let page = liaison.chinese().get(&path).await.expect(200);
    assert_eq!(page.all(side), ["北斗", "长风", "Atlas 9", "Atlas 10", "élan"]);
    assert_eq!(page.all(".items .ttl"), ["北斗", "长风", "Atlas 9", "Atlas 10", "élan"]);
}
