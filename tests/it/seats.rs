//! The team: who holds which place, giving and taking, departments that join and leave.

use crate::support::{Client, TestApp, statements};
use tutti::platform::ids;
use uuid::Uuid;

async fn scalar<V>(app: &TestApp, sql: &str) -> V
where
    V: for<'r> sqlx::Decode<'r, sqlx::Postgres> + sqlx::Type<sqlx::Postgres> + Send + Unpin,
{
    sqlx::query_scalar(sqlx::AssertSqlSafe(sql.to_owned())).fetch_one(&mut app.sql().await).await.unwrap()
}

async fn part(app: &TestApp, project: &str, code: &str) -> String {
    let sql = format!(
        "select parts.id::text from parts join projects on projects.id = project_id where key = '{project}' and parts.code = '{code}'"
    );
    scalar(app, &sql).await
}

async fn seat(app: &TestApp, name: &str, role: &str) -> String {
    let sql = format!(
        "select seats.id::text from seats join people on people.id = person_id where people.name = '{name}' and seats.role = '{role}'"
    );
    scalar(app, &sql).await
}

async fn held(app: &TestApp, name: &str) -> i64 {
    let sql = format!(
        "select count(*) from seats join people on people.id = person_id where people.name = '{name}' and removed_at is null"
    );
    scalar(app, &sql).await
}

async fn events(app: &TestApp, kind: &str) -> i64 {
    scalar(app, &format!("select count(*) from events where kind = '{kind}'")).await
}

/// The id that the form brings.
async fn form_id(browser: &mut Client, path: &str) -> String {
    browser.get(path).await.expect(200).attribute("form[method=post] [name=id]", "value").unwrap()
}

#[tokio::test]
async fn the_team_page_groups_seats_and_shows_vacant_places() {
    let (app, geo) = TestApp::with_project().await;
    sqlx::query("update seats set capacity = 'cfo' where role = 'committee'")
        .execute(&mut app.sql().await)
        .await
        .unwrap();
    app.person("<b>mallory</b>", "member").await;
    app.seat(geo, "<b>mallory</b>", "viewer", None).await;
    let mut lead = app.sign_in("lead").await;
    let page = lead.get("/p/GEO/team").await.expect(200).says("Nobody speaks for 2 departments").says("Name a liaison");
    assert!(!page.body.contains("<b>mallory</b>"));
    let page = page.says("<b>mallory</b>");
    assert_eq!(page.all(".tbl tbody tr").len(), 4);
    page.says("chair").says("adviser").says("viewer").says("Chief financial officer");
    let page = app.sign_in("member").await.get("/p/GEO/team").await.expect(200);
    assert!(!page.body.contains("/seats/"), "a member is offered a change");
    app.sign_in("lead")
        .await
        .chinese()
        .get("/p/GEO/team")
        .await
        .expect(200)
        .says("有 2 个部门没有联络人")
        .says("决策委员会");
    app.sign_in("guest").await.get("/p/GEO/team").await.expect(404);
    app.sign_in("adviser").await.get("/p/GEO/team").await.expect(404);
    app.sign_in("colleague").await.get("/p/HAL/team").await.expect(404);
}

#[tokio::test]
async fn statements_do_not_grow_with_the_team() {
    let (app, geo) = TestApp::with_project().await;
    let mut lead = app.sign_in("lead").await;
    let (_, few) = statements::count(lead.get("/p/GEO/team")).await;
    for number in 0..20 {
        app.person(&format!("more{number}"), "member").await;
        app.seat(geo, &format!("more{number}"), "member", Some("MKT")).await;
    }
    let (_, many) = statements::count(lead.get("/p/GEO/team")).await;
    let (_, form) = statements::count(lead.get("/p/GEO/seats/new")).await;
    assert_eq!((few, many, form), (3, 3, 3));
}

#[tokio::test]
async fn a_seat_is_given_once_however_often_the_form_comes() {
    let (app, _) = TestApp::with_project().await;
    let mut lead = app.sign_in("lead").await;
    let (product, colleague) = (part(&app, "GEO", "PM").await, app.id_of("colleague").await.to_string());
    let path = format!("/p/GEO/seats/new?role=liaison&part={product}");
    let form = lead.get(&path).await.expect(200);
    assert_eq!(form.attribute("#role option[selected]", "value").as_deref(), Some("liaison"));
    assert_eq!(form.attribute("#part option[selected]", "value"), Some(product.clone()));
    let id = form_id(&mut lead, &path).await;
    let fields = [("id", &*id), ("person", &*colleague), ("role", "liaison"), ("part", &*product)];
    lead.submit("/p/GEO/seats", &fields).await.expect(200).says("colleague joined the team");
    lead.post("/p/GEO/seats", &fields).await.expect(303);
    assert_eq!((held(&app, "colleague").await, events(&app, "seat.given").await), (1, 1));
    // From the next request on they have the rights.
    app.sign_in("colleague").await.get("/p/GEO/matrix").await.expect(200);
}

#[tokio::test]
async fn what_cannot_be_given_is_said_at_the_field() {
    let (app, _) = TestApp::with_project().await;
    let mut lead = app.sign_in("lead").await;
    let (marketing, foreign) = (part(&app, "GEO", "MKT").await, part(&app, "HAL", "MKT").await);
    let id = |name: &'static str| {
        let app = &app;
        async move { app.id_of(name).await.to_string() }
    };
    let (colleague, member, guest, chair) =
        (id("colleague").await, id("member").await, id("guest").await, id("chair").await);
    let new = ids::new_uuid().to_string();
    for (person, role, part, words) in [
        ("", "viewer", "", "Choose a person"),
        (&*colleague, "liaison", "", "Choose the department"),
        (&*colleague, "liaison", &*foreign, "Choose the department"),
        (&*colleague, "liaison", &*marketing, "This department has a liaison"),
        (&*member, "member", &*marketing, "They hold this seat already"),
        (&*guest, "member", &*marketing, "Guests can only be advisers"),
        (&*colleague, "chair", "", "The committee has a chair"),
        (&*chair, "gtm_lead", "", "The project has a GTM lead"),
    ] {
        let page = lead
            .post(
                "/p/GEO/seats",
                &[("id", &new), ("person", person), ("role", role), ("part", part), ("capacity", "Kept <i>")],
            )
            .await
            .expect(422)
            .says(words);
        assert_eq!(page.attribute("#capacity", "value").as_deref(), Some("Kept <i>"));
        assert_eq!(page.attribute("form[method=post] [name=id]", "value").as_deref(), Some(&*new));
    }
    lead.post("/p/GEO/seats", &[("id", &new), ("person", &colleague), ("role", "emperor")]).await.expect(422);
    assert_eq!(events(&app, "seat.given").await, 0);
    // A guest advises, in a capacity of the list.
    lead.post("/p/GEO/seats", &[("id", &new), ("person", &guest), ("role", "adviser"), ("capacity", "Seed user")])
        .await
        .expect(303);
    assert_eq!(scalar::<String>(&app, &format!("select capacity from seats where id = '{new}'")).await, "seed_user");
}

#[tokio::test]
async fn of_twenty_who_name_the_liaison_at_once_one_does() {
    let (app, _) = TestApp::with_project().await;
    let product = part(&app, "GEO", "PM").await;
    let mut forms = tokio::task::JoinSet::new();
    for name in ["colleague", "member", "other", "viewer", "committee", "chair"] {
        let (mut lead, person, product) =
            (app.sign_in("lead").await, app.id_of(name).await.to_string(), product.clone());
        forms.spawn(async move {
            let id = ids::new_uuid().to_string();
            let fields = [("id", &*id), ("person", &*person), ("role", "liaison"), ("part", &*product)];
            lead.post("/p/GEO/seats", &fields).await.status.as_u16()
        });
    }
    let answers = forms.join_all().await;
    assert_eq!(answers.iter().filter(|status| **status == 303).count(), 1, "{answers:?}");
    assert_eq!(answers.iter().filter(|status| **status == 422).count(), 5, "{answers:?}");
    assert_eq!(events(&app, "seat.given").await, 1);
}

#[tokio::test]
async fn only_the_lead_and_administrators_change_the_team() {
    let (app, _) = TestApp::with_project().await;
    let viewer = seat(&app, "viewer", "viewer").await;
    let marketing = part(&app, "GEO", "MKT").await;
    let paths = ["/p/GEO/seats/new", "/p/GEO/parts/new", &format!("/p/GEO/parts/{marketing}/remove")];
    for (name, status) in
        [("liaison", 403), ("chair", 403), ("viewer", 403), ("colleague", 403), ("adviser", 404), ("guest", 404)]
    {
        let mut browser = app.sign_in(name).await;
        for path in paths {
            browser.get(path).await.expect(status);
        }
        browser.post("/p/GEO/seats", &[("id", &viewer)]).await.expect(status);
        browser.post("/p/GEO/parts", &[]).await.expect(status);
        browser.post(paths[2], &[]).await.expect(status);
    }
    app.sign_in("admin").await.get(paths[0]).await.expect(200);
    // Another project's part is not found here.
    let foreign = part(&app, "HAL", "MKT").await;
    app.sign_in("lead").await.get(&format!("/p/GEO/parts/{foreign}/remove")).await.expect(404);
    app.sign_in("lead").await.post(&format!("/p/GEO/parts/{foreign}/remove"), &[]).await.expect(404);
}

#[tokio::test]
async fn a_department_joins_and_leaves() {
    let (app, _) = TestApp::with_project().await;
    let support: Uuid = ids::new_uuid();
    sqlx::query(
        "insert into departments (id, code, name_en, name_zh, short_en, short_zh, colour, position, created_at)
         values ($1, 'CS', 'Customer success', '客户成功', 'CS', '客', 5, 9, '2026-01-01T00:00:00Z')",
    )
    .bind(support)
    .execute(&mut app.sql().await)
    .await
    .unwrap();
    let mut lead = app.sign_in("lead").await;
    let form = lead.get("/p/GEO/parts/new").await.expect(200);
    assert_eq!(form.all("#department option"), ["Customer success"]);
    let id = form_id(&mut lead, "/p/GEO/parts/new").await;
    let fields = [("id", &*id), ("department", &*support.to_string())];
    lead.submit("/p/GEO/parts", &fields).await.expect(200).says("Customer success takes part now");
    lead.post("/p/GEO/parts", &fields).await.expect(303);
    assert_eq!(events(&app, "part.added").await, 1);
    let other = ids::new_uuid().to_string();
    lead.post("/p/GEO/parts", &[("id", &other), ("department", &support.to_string())])
        .await
        .expect(422)
        .says("Choose a department");

    let colleague = app.id_of("colleague").await.to_string();
    let new = ids::new_uuid().to_string();
    lead.post("/p/GEO/seats", &[("id", &new), ("person", &colleague), ("role", "liaison"), ("part", &id)])
        .await
        .expect(303);
    let path = format!("/p/GEO/parts/{id}/remove");
    lead.get(&path).await.expect(200).says("Take Customer success out").says("colleague (Liaison) loses this seat");
    lead.submit(&path, &[]).await.expect(200).says("takes part no longer");
    assert_eq!(
        (held(&app, "colleague").await, events(&app, "part.removed").await, events(&app, "seat.removed").await),
        (0, 1, 1)
    );
}

#[tokio::test]
async fn a_department_with_letters_or_work_stays() {
    let (app, geo) = TestApp::with_project().await;
    let (research, marketing) = (part(&app, "GEO", "RND").await, part(&app, "GEO", "MKT").await);
    app.task(geo, "RND", "Load test", None, "2026-12-01").await;
    sqlx::query(
        "with made as (insert into duties (project_id, id, stage_id, position, code, title_en, title_zh, due_day, is_evidence)
                       select $1, $2, id, 1, 'a1_x', 'X', 'X', 5, false from stages where project_id = $1 and position = 1 returning id)
         insert into duty_letters select $1, made.id, parts.id, letter from made, unnest('{A,R}'::text[]) as given (letter), parts
         where parts.project_id = $1 and parts.code = 'MKT'",
    )
    .bind(geo)
    .bind(ids::new_uuid())
    .execute(&mut app.sql().await)
    .await
    .unwrap();
    let mut lead = app.sign_in("lead").await;
    let path = format!("/p/GEO/parts/{marketing}/remove");
    lead.get(&path).await.expect(200).says("It holds letters in 1 duty");
    lead.post(&path, &[]).await.expect(422).says("It holds letters in 1 duty");
    let path = format!("/p/GEO/parts/{research}/remove");
    lead.get(&path).await.expect(200);
    lead.post(&path, &[]).await.expect(422).says("Tasks, escalations, shares or key results belong to it");
    let always = part(&app, "GEO", "LEAD").await;
    lead.post(&format!("/p/GEO/parts/{always}/remove"), &[]).await.expect(422).says("always take part");
    assert_eq!(scalar::<i64>(&app, &format!("select count(*) from parts where project_id = '{geo}'")).await, 6);
}

#[tokio::test]
async fn a_liaison_hands_over_with_the_open_tasks_of_the_department() {
    let (app, geo) = TestApp::with_project().await;
    for (department, title, person) in [
        ("MKT", "Press kit", "liaison"),
        ("MKT", "Launch film", "liaison"),
        ("MKT", "Member's own", "member"),
        ("SAL", "Elsewhere", "liaison"),
    ] {
        app.task(geo, department, title, Some(person), "2026-12-01").await;
    }
    sqlx::query("update tasks set status = 'done' where title = 'Launch film'")
        .execute(&mut app.sql().await)
        .await
        .unwrap();
    let path = format!("/p/GEO/seats/{}/hand-over", seat(&app, "liaison", "liaison").await);
    let mut lead = app.sign_in("lead").await;
    let (page, count) = statements::count(lead.get(&path)).await;
    let page =
        page.expect(200).says("Hand over: Liaison of Marketing").says("1 open task is assigned").says("Press kit");
    assert_eq!(count, 5);
    let hidden = |name: &str| page.attribute(&format!("form[method=post] [name={name}]"), "value").unwrap();
    let (id, stays_id, member) = (hidden("id"), hidden("stays_id"), app.id_of("member").await.to_string());
    let fields = [("id", &*id), ("stays_id", &*stays_id), ("stays", "1"), ("person", &*member)];
    lead.submit(&path, &fields).await.expect(200).says("member has taken over, with 1 open task");
    // The same form once more hands over once.
    lead.post(&path, &fields).await.expect(303);
    assert_eq!(events(&app, "seat.handed_over").await, 1);
    assert_eq!(events(&app, "task.assigned").await, 1);
    // The successor's own place as a member ends, the old liaison's begins.
    assert_eq!((events(&app, "seat.removed").await, events(&app, "seat.given").await), (1, 1));
    let owners: Vec<(String, String)> = sqlx::query_as(
        "select tasks.title, people.name from tasks join people on people.id = assignee_id order by number",
    )
    .fetch_all(&mut app.sql().await)
    .await
    .unwrap();
    let owners: Vec<(&str, &str)> = owners.iter().map(|(title, name)| (&**title, &**name)).collect();
    assert_eq!(
        owners,
        [("Press kit", "member"), ("Launch film", "liaison"), ("Member's own", "member"), ("Elsewhere", "liaison")]
    );
    let now: Vec<(String, String)> = sqlx::query_as(
        "select people.name, seats.role from seats join people on people.id = person_id
         join parts on parts.id = part_id where parts.code = 'MKT' and removed_at is null and seats.project_id = $1 order by 1",
    )
    .bind(geo)
    .fetch_all(&mut app.sql().await)
    .await
    .unwrap();
    assert_eq!(now, [("liaison".to_owned(), "member".to_owned()), ("member".to_owned(), "liaison".to_owned())]);
    assert_eq!(scalar::<i32>(&app, "select version from tasks where title = 'Press kit'").await, 2);
}

#[tokio::test]
async fn the_lead_is_handed_over_and_never_removed() {
    let (app, _) = TestApp::with_project().await;
    let id = seat(&app, "lead", "gtm_lead").await;
    sqlx::query("delete from seats where person_id = (select id from people where name = 'stranger')")
        .execute(&mut app.sql().await)
        .await
        .unwrap();
    let mut lead = app.sign_in("lead").await;
    let remove = format!("/p/GEO/seats/{id}/remove");
    assert!(lead.get(&remove).await.expect(303).location().ends_with("/hand-over"));
    lead.post(&remove, &[]).await.expect(422).says("never without its GTM lead");
    let path = format!("/p/GEO/seats/{id}/hand-over");
    let (guest, own) = (app.id_of("guest").await.to_string(), app.id_of("lead").await.to_string());
    let new = ids::new_uuid().to_string();
    lead.post(&path, &[("id", &new), ("person", "")]).await.expect(422).says("Choose a person");
    lead.post(&path, &[("id", &new), ("person", &guest)]).await.expect(422).says("Guests can only be advisers");
    lead.post(&path, &[("id", &new), ("person", &own)]).await.expect(422).says("They hold this seat already");
    let colleague = app.id_of("colleague").await.to_string();
    lead.post(&path, &[("id", &new), ("person", &colleague)]).await.expect(303);
    // From the next request on the rights are the successor's.
    lead.get("/p/GEO/seats/new").await.expect(403);
    app.sign_in("colleague").await.chinese().get("/p/GEO/seats/new").await.expect(200).says("添加人员");
}

#[tokio::test]
async fn a_removed_person_loses_the_right_at_the_next_request() {
    let (app, geo) = TestApp::with_project().await;
    sqlx::query("update projects set visibility = 'seats' where id = $1")
        .bind(geo)
        .execute(&mut app.sql().await)
        .await
        .unwrap();
    app.task(geo, "MKT", "Press kit", Some("member"), "2026-12-01").await;
    let mut member = app.sign_in("member").await;
    member.get("/p/GEO/team").await.expect(200);
    let path = format!("/p/GEO/seats/{}/remove", seat(&app, "member", "member").await);
    let mut lead = app.sign_in("lead").await;
    let (page, count) = statements::count(lead.get(&path)).await;
    page.expect(200)
        .says("Remove member from this seat?")
        .says("no longer sees this project")
        .says("1 open task stays with member");
    assert_eq!(count, 5);
    lead.submit(&path, &[]).await.expect(200).says("Removed from the team");
    lead.post(&path, &[]).await.expect(303);
    assert_eq!(events(&app, "seat.removed").await, 1);
    member.get("/p/GEO/team").await.expect(404);
    // Removing the liaison names what is missing then.
    let path = format!("/p/GEO/seats/{}/remove", seat(&app, "liaison", "liaison").await);
    lead.get(&path).await.expect(200).says("Nobody speaks for Marketing until a liaison is named");
}

#[tokio::test]
async fn seats_of_another_project_are_not_found() {
    let (app, _) = TestApp::with_project().await;
    let foreign = seat(&app, "stranger", "gtm_lead").await;
    let mut lead = app.sign_in("lead").await;
    let colleague = app.id_of("colleague").await.to_string();
    for what in ["remove", "hand-over"] {
        let path = format!("/p/GEO/seats/{foreign}/{what}");
        lead.get(&path).await.expect(404);
        let new = ids::new_uuid().to_string();
        lead.post(&path, &[("id", &new), ("person", &colleague)]).await.expect(404);
    }
    let own = seat(&app, "viewer", "viewer").await;
    for (name, status) in [("liaison", 403), ("viewer", 403), ("adviser", 404), ("guest", 404)] {
        let mut browser = app.sign_in(name).await;
        for path in [format!("/p/GEO/seats/{own}/remove"), format!("/p/GEO/seats/{own}/hand-over")] {
            browser.get(&path).await.expect(status);
            browser.post(&path, &[]).await.expect(status);
        }
    }
    assert_eq!(held(&app, "stranger").await, 1);
}
