//! The administrator's pages and people's pages.

use crate::support::{TestApp, statements};
use tutti::{
    events::{Change, Event, Kind, Subject, SubjectKind},
    platform::ids::{self, PersonId, ProjectId},
};
use uuid::Uuid;

const SCRIPT: &str = "<script>alert(1)</script>";

/// Lets a person have done something to a task of a project.
async fn did(app: &TestApp, name: &str, project: Uuid, title: &str) {
    let person = PersonId(app.id_of(name).await);
    let mut change = Change::by(&app.state, Some(person), name, "r1").await.unwrap();
    let subject = Subject::new(SubjectKind::Task, ids::new_uuid(), "GEO-1", title);
    change.record(Event::new(Kind::TaskCreated, subject).of(ProjectId(project)).after("priority", "high"));
    change.commit().await.unwrap();
}

async fn refusals(app: &TestApp) -> i64 {
    sqlx::query_scalar("select count(*) from events where kind = 'access.refused'")
        .fetch_one(&mut app.sql().await)
        .await
        .unwrap()
}

#[tokio::test]
async fn the_audit_shows_filters_and_pages_back() {
    let (app, geo) = TestApp::with_project().await;
    for number in 1..=60 {
        did(&app, "lead", geo, &format!("Task {number}")).await;
    }
    did(&app, "liaison", geo, SCRIPT).await;
    let mut admin = app.sign_in("admin").await;
    let (page, count) = statements::count(admin.get("/admin/audit")).await;
    let page = page.expect(200).says(SCRIPT).says("Task 60").says("Priority: High");
    assert!(!page.body.contains(SCRIPT));
    assert_eq!(count, 3, "session, events, keys of projects");
    assert_eq!(page.all(".spine > li").len(), 50);
    assert_eq!(page.attribute(".spine a.ttl", "href").unwrap(), "/p/GEO/tasks/1");
    let older = page.attribute("a[rel=next]", "href").unwrap();
    let page = admin.get(&older).await.expect(200).says("Task 1");
    assert_eq!(page.all(".spine > li").len(), 11);
    assert_eq!(page.attribute("a[rel=prev]", "href").unwrap(), "/admin/audit");
    assert_eq!(admin.get("/admin/audit?who=LIAISON@").await.expect(200).all(".spine > li").len(), 1);
    let (page, count) =
        statements::count(admin.get("/admin/audit?group=work&project=geo&from=2026-11-18&to=2026-11-18")).await;
    assert_eq!(page.expect(200).all(".spine > li").len(), 50);
    assert_eq!(count, 4, "session, project, events, keys");
    for nothing in ["who=nobody", "project=XYZ", "group=decisions", "from=2026-11-19", "to=2026-11-17"] {
        admin.get(&format!("/admin/audit?{nothing}")).await.expect(200).says("Nothing has happened here yet");
    }
    admin.get("/admin/audit?from=soon").await.expect(422).says("Write a day such as");
    admin.get("/admin/audit.csv?from=soon").await.expect(422);
    admin.chinese().get("/admin/audit?group=work").await.expect(200).says("添加了").says("优先级：高");
}

#[tokio::test]
async fn the_audit_is_for_administrators() {
    let (app, _) = TestApp::with_project().await;
    for path in ["/admin/audit", "/admin/audit.csv"] {
        app.sign_in("lead").await.get(path).await.expect(403);
        app.sign_in("guest").await.get(path).await.expect(404);
    }
}

#[tokio::test]
async fn the_file_is_safe_to_open() {
    let (app, geo) = TestApp::with_project().await;
    did(&app, "lead", geo, "Price, \"list\"").await;
    let person = PersonId(app.id_of("lead").await);
    let mut change = Change::by(&app.state, Some(person), "=cmd|' /C calc'!A0", "r2").await.unwrap();
    change.record(
        Event::new(Kind::TaskCreated, Subject::new(SubjectKind::Task, ids::new_uuid(), "", "x"))
            .after("title", "@SUM(1)"),
    );
    change.commit().await.unwrap();
    let file = app.sign_in("admin").await.get("/admin/audit.csv?group=work").await.expect(200);
    assert_eq!(file.headers["content-type"], "text/csv; charset=utf-8");
    assert!(file.headers["content-disposition"].to_str().unwrap().contains("tutti-audit-2026-11-18.csv"));
    let text = file.body.strip_prefix('\u{feff}').unwrap();
    let mut reader = csv::Reader::from_reader(text.as_bytes());
    let rows: Vec<csv::StringRecord> = reader.records().map(Result::unwrap).collect();
    assert_eq!(rows.len(), 2);
    assert_eq!(&rows[0][1], "'=cmd|' /C calc'!A0");
    assert_eq!(&rows[1][2], "lead added GEO-1 Price, \"list\"");
    assert_eq!((&rows[1][4], &rows[1][5], &rows[1][6]), ("GEO", "task.created", "/p/GEO/tasks/1"));
    assert_eq!(&rows[1][0], "2026-11-18 10:00:00+08:00");
    for row in &rows {
        assert!(row.iter().all(|cell| !cell.starts_with(['=', '+', '-', '@', '\t', '\r'])), "{row:?}");
    }
}

#[tokio::test]
async fn a_refusal_is_in_the_audit_once_a_minute_and_bounded() {
    let (app, _) = TestApp::with_project().await;
    let mut colleague = app.sign_in("colleague").await;
    for _ in 0..3 {
        colleague.get("/admin/audit?x=1").await.expect(403);
    }
    assert_eq!(refusals(&app).await, 1);
    app.state.clock.set("2026-11-18T02:01:01Z".parse().unwrap());
    colleague.get("/admin/audit").await.expect(403);
    assert_eq!(refusals(&app).await, 2);
    for _ in 0..40 {
        let id = ids::new_uuid();
        colleague.get(&format!("/departments/{id}/edit")).await.expect(403);
    }
    assert_eq!(refusals(&app).await, 21, "twenty a minute");
    app.sign_in("admin")
        .await
        .get("/admin/audit?group=refusals")
        .await
        .expect(200)
        .says("colleague was refused GET /admin/audit");
}

#[tokio::test]
async fn a_person_is_shown_only_as_far_as_the_reader_may_see() {
    let (app, geo) = TestApp::with_project().await;
    let hal: Uuid =
        sqlx::query_scalar("select id from projects where key = 'HAL'").fetch_one(&mut app.sql().await).await.unwrap();
    did(&app, "stranger", hal, "Secret of Halo").await;
    did(&app, "stranger", geo, "Open to all").await;
    sqlx::query("update people set title = $1, department_id = (select id from departments where code = 'MKT') where name = 'stranger'")
        .bind(SCRIPT)
        .execute(&mut app.sql().await)
        .await
        .unwrap();
    let path = format!("/people/{}", app.id_of("stranger").await);
    let mut colleague = app.sign_in("colleague").await;
    let (page, count) = statements::count(colleague.get(&path)).await;
    let page = page.expect(200).says("Open to all").says("Marketing").says("stranger@qiming.example").says(SCRIPT);
    assert!(!page.body.contains(SCRIPT));
    assert!(!page.text().contains("Secret") && !page.text().contains("Halo"), "{}", page.text());
    assert_eq!(count, 4, "session, person, seats, activity");
    let page = app.sign_in("admin").await.get(&path).await.expect(200);
    page.says("Secret of Halo").says("Halo S1");
    let page = app.sign_in("stranger").await.chinese().get(&path).await.expect(200);
    page.says("GTM 负责人").says("最近动态").says("Secret of Halo");
    app.sign_in("adviser").await.get(&path).await.expect(404);
    app.sign_in("colleague").await.get(&format!("/people/{}", ids::new_uuid())).await.expect(404);
}

fn invitation<'a>(id: &'a str, email: &'a str, name: &'a str) -> Vec<(&'a str, &'a str)> {
    vec![
        ("id", id),
        ("email", email),
        ("name", name),
        ("title", SCRIPT),
        ("department", ""),
        ("role", "member"),
        ("language", "zh-CN"),
    ]
}

#[tokio::test]
async fn people_are_found_by_name_role_department_and_standing() {
    let (app, _) = TestApp::with_project().await;
    sqlx::query(
        "insert into people (id, email, name, role, created_at)
         select md5(n::text)::uuid, 'p' || n || '@qiming.example', 'Person ' || n, 'member', '2026-01-01T00:00:00Z'
         from generate_series(100, 220) as series (n)",
    )
    .execute(&mut app.sql().await)
    .await
    .unwrap();
    let mut admin = app.sign_in("admin").await;
    admin.get("/admin/people").await.expect(200);
    let (page, count) = statements::count(admin.get("/admin/people?q=person")).await;
    let page = page.expect(200).says("1 to 50 of 121");
    assert!(count <= 5, "session, departments, count, list; a connection looks a type up once: {count}");
    let next = page.attribute("a[rel=next]", "href").unwrap();
    let page = admin.get(&next).await.expect(200).says("51 to 100 of 121");
    assert_eq!(page.all("tbody tr").len(), 50);
    for (query, lines) in [
        ("role=administrator", 1),
        ("role=guest", 2),
        ("q=LEAD@qiming", 1),
        ("standing=deactivated", 0),
        ("q=Person+150&standing=invited", 1),
        ("department=no-id&q=viewer", 1),
    ] {
        let page = admin.get(&format!("/admin/people?{query}")).await.expect(200);
        assert_eq!(page.all("tbody tr").len(), lines, "{query}");
    }
    admin.chinese().get("/admin/people").await.expect(200).says("邀请人员").says("管理员");
    for path in ["/admin/people", "/admin/people/new"] {
        app.sign_in("lead").await.get(path).await.expect(403);
        app.sign_in("adviser").await.get(path).await.expect(404);
    }
}

#[tokio::test]
async fn an_invitation_speaks_the_language_of_the_organisation_unless_somebody_says_otherwise() {
    let (app, _) = TestApp::with_project().await;
    let preset = "#language option[selected]";
    for (organisation, chinese) in [("en", true), ("zh-CN", false)] {
        sqlx::query("update organisations set language = $1")
            .bind(organisation)
            .execute(&mut app.sql().await)
            .await
            .unwrap();
        let admin = app.sign_in("admin").await;
        let mut admin = if chinese { admin.chinese() } else { admin };
        let page = admin.get("/admin/people/new").await.expect(200);
        assert_eq!(page.attribute(preset, "value").as_deref(), Some(organisation));
        assert_eq!(page.all("#language option").len(), 2, "and can be changed");
    }
}

#[tokio::test]
async fn an_invitation_is_made_once_and_its_link_shown_once() {
    let (app, _) = TestApp::with_project().await;
    let mut admin = app.sign_in("admin").await;
    let id = admin.get("/admin/people/new").await.expect(200).attribute("input[name=id]", "value").unwrap();
    let page = admin.post("/admin/people", &invitation(&id, "New@Qiming.example", SCRIPT)).await.expect(200);
    let page = page.says("shown only once").says(SCRIPT);
    assert!(!page.body.contains(SCRIPT));
    let link = page.attribute("#link", "value").unwrap();
    assert!(link.contains("/invitation/"), "{link}");
    let again = admin.submit("/admin/people", &invitation(&id, "New@Qiming.example", SCRIPT)).await.expect(200);
    assert!(!again.body.contains("/invitation/"));
    let invited: i64 = sqlx::query_scalar("select count(*) from events where kind = 'person.invited'")
        .fetch_one(&mut app.sql().await)
        .await
        .unwrap();
    assert_eq!(invited, 1);
    let other = ids::new_uuid().to_string();
    let page = admin.post("/admin/people", &invitation(&other, "new@qiming.example", "Other")).await.expect(422);
    assert!(page.all(".errors a").contains(&"Somebody else has this email".to_owned()));
    let wrong = [("id", other.as_str()), ("email", "nowhere"), ("name", ""), ("role", "king"), ("department", "x")];
    let page = admin.post("/admin/people", &wrong).await.expect(422);
    assert_eq!(page.all(".errors a").len(), 5, "{}", page.text());
    assert_eq!(page.attribute("#email", "value").unwrap(), "nowhere");
    let page = admin.post(&format!("/admin/people/{id}/link"), &[]).await.expect(200);
    assert_ne!(page.attribute("#link", "value").unwrap(), link, "a new one");
    app.sign_in("lead").await.post("/admin/people", &invitation(&other, "x@y", "x")).await.expect(403);
}

#[tokio::test]
async fn a_person_is_changed_and_a_stale_change_refused() {
    let (app, _) = TestApp::with_project().await;
    let id = app.id_of("viewer").await;
    let path = format!("/admin/people/{id}");
    let mut admin = app.sign_in("admin").await;
    let (page, count) = statements::count(admin.get(&path)).await;
    assert_eq!(page.expect(200).attribute("#name", "value").unwrap(), "viewer");
    assert_eq!(count, 3, "session, person, departments");
    let edit = |name, version| {
        [("version", version), ("name", name), ("email", "viewer@qiming.example"), ("title", ""), ("department", "")]
    };
    admin.submit(&path, &edit("View Er", "1")).await.expect(200).says("View Er is saved");
    admin.submit(&path, &edit("View Er", "1")).await.expect(200);
    let page = admin.post(&path, &edit("Vi Ewer", "1")).await.expect(409).says("Somebody was faster").says("View Er");
    assert_eq!(page.attribute("#name", "value").unwrap(), "Vi Ewer");
    assert_eq!(page.attribute("input[name=version]", "value").unwrap(), "2");
    admin.post(&path, &edit("", "2")).await.expect(422).says("Enter a name");
    let mut taken = edit("View Er", "2");
    taken[2].1 = "lead@qiming.example";
    admin.post(&path, &taken).await.expect(422).says("Somebody else has this email");
    admin.get(&format!("/admin/people/{}", ids::new_uuid())).await.expect(404);
    app.sign_in("lead").await.post(&path, &edit("x", "2")).await.expect(403);
    app.sign_in("lead").await.get(&path).await.expect(403);
}

#[tokio::test]
async fn roles_change_and_people_leave_and_return() {
    let (app, _) = TestApp::with_project().await;
    // Only who can sign in counts as somebody who runs the installation.
    sqlx::query("update people set password_hash = 'x' where name in ('admin', 'lead')")
        .execute(&mut app.sql().await)
        .await
        .unwrap();
    let mut admin = app.sign_in("admin").await;
    let (lead, own) = (app.id_of("lead").await, app.id_of("admin").await);
    let mut browser = app.sign_in("lead").await;
    admin.submit(&format!("/admin/people/{lead}/role"), &[("role", "guest")]).await.expect(200);
    browser.get("/departments").await.expect(404);
    admin.post(&format!("/admin/people/{lead}/role"), &[("role", "king")]).await.expect(422).says("Choose a role");
    let last = "make another person an administrator first";
    admin.post(&format!("/admin/people/{own}/role"), &[("role", "member")]).await.expect(422).says(last);
    admin.post(&format!("/admin/people/{own}/deactivate"), &[]).await.expect(422).says(last);
    admin
        .get(&format!("/admin/people/{lead}/deactivate"))
        .await
        .expect(200)
        .says("Deactivate lead?")
        .says("hand them over");
    admin.submit(&format!("/admin/people/{lead}/deactivate"), &[]).await.expect(200).says("Deactivated");
    admin.submit(&format!("/admin/people/{lead}/deactivate"), &[]).await.expect(200);
    let answer = browser.get("/departments").await.expect(303);
    assert!(answer.location().starts_with("/sign-in"), "out at the next request");
    admin.post(&format!("/admin/people/{lead}/link"), &[]).await.expect(409);
    admin.submit(&format!("/admin/people/{lead}/reactivate"), &[]).await.expect(200).says("They can sign in again");
    let mut colleague = app.sign_in("colleague").await;
    for action in ["role", "link", "deactivate", "reactivate"] {
        colleague.post(&format!("/admin/people/{lead}/{action}"), &[("role", "member")]).await.expect(403);
    }
}
