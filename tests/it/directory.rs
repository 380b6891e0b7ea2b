//! How colleagues find each other: the side bar, the departments, the people.

use crate::support::{Answer, TestApp, statements};

/// The entries of the side bar that are current.
fn current(page: &Answer) -> Vec<String> {
    page.all("nav.primary a[aria-current=page]")
}

async fn run(app: &TestApp, sql: &'static str) {
    sqlx::query(sql).execute(&mut app.sql().await).await.unwrap();
}

/// The liaison heads marketing, where the member works too; the title is the member's.
async fn marketing() -> TestApp {
    let (app, _) = TestApp::with_project().await;
    run(
        &app,
        "update people set department_id = departments.id, title = case people.name when 'member' then 'Éditor' else '' end
         from departments where departments.code = 'MKT' and people.name in ('liaison', 'member')",
    )
    .await;
    run(&app, "update departments set head_id = people.id from people where code = 'MKT' and people.name = 'liaison'")
        .await;
    app
}

#[tokio::test]
async fn a_colleague_gets_from_the_side_bar_to_everybody() {
    let app = marketing().await;
    let mut colleague = app.sign_in("colleague").await;
    let home = colleague.get("/").await.expect(200);
    assert_eq!(home.all("nav.primary a"), ["My work", "Inbox", "Projects", "Departments"]);
    let departments = colleague.get("/departments").await.expect(200).says("Who heads a department");
    assert_eq!(current(&departments), ["Departments"]);
    assert_eq!(departments.all("tbody th a"), ["PD Product", "RD R&D", "MK Marketing", "SA Sales"]);
    let marketing = departments.attribute("tbody tr:nth-child(3) th a", "href").unwrap();
    let page = colleague.get(&marketing).await.expect(200).says("1 to 2 of 2");
    assert_eq!(current(&page), ["Departments"]);
    assert_eq!(page.all("tbody th"), ["L liaison", "M member Éditor"]);
    assert_eq!(page.all("tbody td:nth-child(2)"), ["MK Marketing Head", "MK Marketing"]);
    assert_eq!(page.all("tbody td:nth-child(3)"), ["GEO Monitor", ""]);
    let member = page.attribute("tbody tr:nth-child(2) th a", "href").unwrap();
    let page = colleague.get(&member).await.expect(200);
    assert_eq!(current(&page), ["Departments"]);
    assert_eq!(page.all(".crumbs a"), ["Departments", "Marketing"]);
    assert_eq!(page.attribute(".crumbs li:nth-child(2) a", "href").unwrap(), marketing);
    let chinese =
        colleague.chinese().get(&marketing).await.expect(200).says("第 1 至 2 人，共 2 人").says("担任联络人");
    assert_eq!(current(&chinese), ["部门"]);
    assert_eq!(chinese.all("tbody td:nth-child(2)"), ["市 市场 部门负责人", "市 市场"]);
}

#[tokio::test]
async fn the_team_of_a_project_leads_to_its_people() {
    let (app, _) = TestApp::with_project().await;
    let path = format!("/people/{}", app.id_of("member").await);
    let team = app.sign_in("colleague").await.get("/p/GEO/team").await.expect(200);
    assert_eq!(team.all(&format!("a[href='{path}']")), ["M member"]);
}

#[tokio::test]
async fn for_an_administrator_they_are_part_of_the_administration() {
    let app = marketing().await;
    let mut admin = app.sign_in("admin").await;
    let person = format!("/people/{}", app.id_of("member").await);
    for path in ["/departments", "/people", person.as_str(), "/admin/people"] {
        let page = admin.get(path).await.expect(200);
        assert_eq!(current(&page), ["Administration"], "{path}");
        assert_eq!(page.all("nav.primary a"), ["My work", "Inbox", "Projects", "Administration"], "{path}");
    }
}

#[tokio::test]
async fn guests_see_neither_departments_nor_people() {
    let app = marketing().await;
    let person = format!("/people/{}", app.id_of("member").await);
    for guest in ["guest", "adviser"] {
        let mut guest = app.sign_in(guest).await;
        let home = guest.get("/committee").await.expect(200);
        assert!(!home.all("nav.primary a").contains(&"Departments".to_owned()), "{:?}", home.all("nav.primary a"));
        for path in ["/departments", "/people", person.as_str()] {
            guest.get(path).await.expect(404);
        }
    }
}

#[tokio::test]
async fn people_are_found_by_name_title_email_and_department() {
    let app = marketing().await;
    app.person("Ádám", "guest").await;
    run(&app, "update people set deactivated_at = now() where name = 'viewer'").await;
    let marketing = app.sign_in("colleague").await.get("/departments").await.expect(200);
    let marketing = marketing.attribute("tbody tr:nth-child(3) th a", "href").unwrap();
    let marketing = marketing.strip_prefix("/people?").unwrap();
    let mut colleague = app.sign_in("colleague").await;
    let names = "tbody th .person > span:nth-child(2)";
    for (query, found) in [
        ("q=Ádám", vec!["Ádám"]),
        ("q=LIAI", vec!["liaison"]),
        ("q=ditor", vec!["member Éditor"]),
        ("q=member%40qiming", vec!["member Éditor"]),
        ("q=viewer", vec![]),
        ("q=%25", vec![]),
        (marketing, vec!["liaison", "member Éditor"]),
        (&format!("{marketing}&q=liaison"), vec!["liaison"]),
        (&format!("{marketing}&q=chair"), vec![]),
    ] {
        let page = colleague.get(&format!("/people?{query}")).await.expect(200);
        assert_eq!(page.all(names), found, "{query}");
        assert_eq!(page.text().contains("Nobody found"), found.is_empty(), "{query}");
    }
    let page = colleague.get(&format!("/people?{marketing}&q=Ádám")).await.expect(200);
    assert!(page.attribute("option[selected]", "value").is_some_and(|id| marketing.ends_with(&id)));
    let page = colleague.get("/people?q=Ádám").await.expect(200);
    assert_eq!(page.attribute("input[name=q]", "value").unwrap(), "Ádám");
    assert_eq!(page.all("tbody td .pill"), ["Guest"]);
}

#[tokio::test]
async fn only_projects_that_the_reader_may_see_are_named() {
    let (app, _) = TestApp::with_project().await;
    let hal: uuid::Uuid =
        sqlx::query_scalar("select id from projects where key = 'HAL'").fetch_one(&mut app.sql().await).await.unwrap();
    app.seat(hal, "liaison", "liaison", Some("MKT")).await;
    app.seat(hal, "liaison", "liaison", Some("SAL")).await;
    for (key, state) in [("DRA", "draft"), ("OLD", "archived")] {
        let project = app.project(key, key, "organisation").await;
        app.seat(project, "liaison", "liaison", Some("MKT")).await;
        sqlx::query("update projects set state = $2 where id = $1")
            .bind(project)
            .bind(state)
            .execute(&mut app.sql().await)
            .await
            .unwrap();
    }
    for (reader, projects) in [("colleague", "GEO Monitor"), ("stranger", "GEO Monitor Halo S1")] {
        let page = app.sign_in(reader).await.get("/people?q=liaison").await.expect(200);
        assert_eq!(page.all("tbody td:nth-child(3)"), [projects], "{reader}");
    }
}

#[tokio::test]
async fn the_directory_costs_the_same_with_ten_and_three_hundred_people() {
    let (app, _) = TestApp::with_project().await;
    let mut colleague = app.sign_in("colleague").await;
    colleague.get("/people").await.expect(200);
    for total in [12, 312] {
        let (page, count) = statements::count(colleague.get("/people")).await;
        page.expect(200).says(&format!("of {total}"));
        assert_eq!(count, 4, "session, departments, names, people; with {total}");
        run(
            &app,
            "insert into people (id, email, name, role, created_at)
             select md5(n::text)::uuid, 'p' || n || '@qiming.example', 'Person ' || n, 'member', '2026-01-01T00:00:00Z'
             from generate_series(1, 300) as series (n) on conflict do nothing",
        )
        .await;
    }
    let next = colleague.get("/people?q=person").await.expect(200).attribute("a[rel=next]", "href").unwrap();
    let page = colleague.get(&next).await.expect(200).says("51 to 100 of 300");
    assert_eq!(page.all("tbody tr").len(), 50);
    assert_eq!(page.attribute("a[rel=prev]", "href").unwrap(), "/people?q=person&page=1");
}
