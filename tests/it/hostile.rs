//! What an attack with every role's session found, each held by a test.

use crate::support::{
    TestApp,
    disputes::{before_committee, part, value},
};
use std::{future::pending, time::Duration};
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::{TcpListener, TcpStream},
};
use tutti::platform::{
    ids::new_uuid,
    serve::{Limits, serve},
};

/// A seat held before somebody was made a guest counts for nothing, on every page and in every count.
#[tokio::test]
async fn who_is_made_a_guest_loses_every_seat_but_an_advisers() {
    let (app, geo) = TestApp::with_project().await;
    before_committee(&app, geo).await;
    app.task(geo, "MKT", "Launch film", Some("member"), "2026-11-13").await;
    let mut member = app.sign_in("member").await;
    let mut liaison = app.sign_in("liaison").await;
    let mut judge = app.sign_in("committee").await;
    member.get("/").await.expect(200).says("Launch film");
    judge.get("/committee").await.expect(200).says("What should the Team plan cost");
    for name in ["member", "liaison", "committee"] {
        let id = app.id_of(name).await;
        let path = format!("/admin/people/{id}/role");
        app.sign_in("admin").await.post(&path, &[("role", "guest")]).await.expect(303);
    }
    for person in [&mut member, &mut liaison, &mut judge] {
        for path in ["/", "/committee"] {
            let page = person.get(path).await;
            for hidden in ["GEO Monitor", "Launch film", "Team plan", "/p/GEO"] {
                assert!(!page.body.contains(hidden), "{path} shows {hidden}");
            }
        }
        person.post("/my-work/GEO-1?version=1", &[("status", "done")]).await.expect(404);
        person.post("/", &[("was", "GEO-1\t1\ttodo\t2026-11-13"), ("GEO-1", "done")]).await;
        person.post("/p/GEO/tasks/1/status", &[("version", "1"), ("status", "done")]).await.expect(404);
        person.post("/p/GEO/escalations/1/vote", &[("option", "A")]).await.expect(404);
    }
    assert_eq!(value(&app, "select status from tasks where number = 1").await, "todo");
}

/// Ids are unique within a project only: a task made elsewhere with the same one shows nothing of the other's history.
#[tokio::test]
async fn a_task_made_with_the_id_of_another_shows_nothing_of_it() {
    let (app, geo) = TestApp::with_project().await;
    let hal = app.project("OTH", "Other", "seats").await;
    app.seat(hal, "stranger", "gtm_lead", None).await;
    let mine = part(&app, geo, "MKT").await;
    let theirs = part(&app, hal, "MKT").await;
    let id = new_uuid().to_string();
    let fields = |title, part| [("id", id.as_str()), ("title", title), ("part", part)];
    app.sign_in("stranger").await.post("/p/OTH/tasks", &fields("Lab lost our sample", &theirs)).await.expect(303);
    let mut lead = app.sign_in("lead").await;
    lead.post("/p/GEO/tasks", &fields("Mine", &mine)).await.expect(303);
    let page = lead.get("/p/GEO/tasks/1").await.expect(200);
    assert!(!page.body.contains("OTH-1") && !page.body.contains("stranger"), "{}", page.text());
}

/// Days that nobody means, and some that the database cannot even write, are refused at the field and break no page.
#[tokio::test]
async fn days_out_of_this_world_are_refused_everywhere() {
    let (app, geo) = TestApp::with_project().await;
    app.task(geo, "MKT", "Launch film", Some("member"), "2026-11-13").await;
    let mkt = part(&app, geo, "MKT").await;
    let mut lead = app.sign_in("lead").await;
    let mut member = app.sign_in("member").await;
    for day in ["0000-01-01", "-009999-01-01", "1999-12-31", "2201-01-01", "9999-12-31"] {
        let (task, milestone) = (new_uuid().to_string(), new_uuid().to_string());
        let fields = [("id", task.as_str()), ("title", "Film"), ("part", &mkt), ("due_on", day)];
        lead.post("/p/GEO/tasks", &fields).await.expect(422);
        let fields = [("id", milestone.as_str()), ("title", "Beta"), ("due_on", day)];
        lead.post("/p/GEO/milestones", &fields).await.expect(422);
        member.post("/my-work/GEO-1?version=1", &[("due_on", day)]).await.expect(422);
        lead.get(&format!("/p/GEO/settings/dates?anchor=launch&date={day}")).await.expect(422);
    }
    // Far ahead is refused before a day of it is counted.
    let page = lead.get("/p/GEO/settings/dates?anchor=launch&date=2199-12-31").await.expect(422);
    page.says("Enter a date before");
    for shift in ["-2147483648", "2147483647", "367"] {
        lead.post("/p/GEO/work/bulk", &[("task", "1.1"), ("shift", shift)]).await.expect(303);
    }
    assert_eq!(value(&app, "select due_on::text from tasks where number = 1").await, "2026-11-13");
    lead.get("/p/GEO").await.expect(200);
}

#[tokio::test]
async fn nothing_is_found_under_an_address_with_a_nul() {
    let (app, _) = TestApp::with_project().await;
    let mut lead = app.sign_in("lead").await;
    for path in ["/p/GEO%00", "/p/GEO/gates/%00", "/p/GEO/work?q=%00", "/p/GEO/decisions?q=a%00", "/projects?state=%00"]
    {
        lead.get(path).await.expect(404);
    }
    let mut admin = app.sign_in("admin").await;
    for path in ["/admin/people?q=%00", "/admin/audit?project=a%00", "/admin/audit.csv?who=a%00"] {
        admin.get(path).await.expect(404);
    }
}

/// Of a dependency the department that waits decides.
#[tokio::test]
async fn nobody_makes_another_departments_task_wait() {
    let (app, geo) = TestApp::with_project().await;
    app.task(geo, "MKT", "Film", None, "2026-11-13").await;
    app.task(geo, "SAL", "Demo", None, "2026-11-13").await;
    let fields = [("direction", "blocks"), ("other", "2")];
    let path = "/p/GEO/tasks/1/dependencies";
    let mut liaison = app.sign_in("liaison").await;
    liaison.post(path, &fields).await.expect(422).says("Only the department whose task waits can say so");
    assert_eq!(value(&app, "select count(*)::text from task_dependencies").await, "0");
    app.sign_in("lead").await.post(path, &fields).await.expect(303);
    liaison.post(&format!("{path}/remove"), &fields).await.expect(422);
    app.sign_in("other")
        .await
        .post("/p/GEO/tasks/2/dependencies/remove", &[("direction", "waits_on"), ("other", "1")])
        .await
        .expect(303);
}

/// HEAD answers as GET does; an id that a client brings along is not ours.
#[tokio::test]
async fn heads_and_ids_of_requests() {
    let (app, _) = TestApp::with_project().await;
    let mut lead = app.sign_in("lead").await;
    for path in ["/sign-in", "/projects", "/p/GEO/work", "/p/GEO/history"] {
        let request = lead.prepared("HEAD", path).body(axum::body::Body::empty()).unwrap();
        let status = lead.send(request).await.status.as_u16();
        assert!([200, 303].contains(&status), "{path}: {status}");
    }
    let forged = lead.prepared("GET", "/p/NONE").header("x-request-id", "=HYPERLINK(1)");
    let answer = lead.send(forged.body(axum::body::Body::empty()).unwrap()).await.expect(404);
    assert!(!answer.body.contains("HYPERLINK"));
    assert_ne!(answer.headers["x-request-id"], "=HYPERLINK(1)");
    let odd = lead.prepared("M0X", "/sign-in").body(axum::body::Body::empty()).unwrap();
    lead.send(odd).await;
    let figures = lead.get("/metrics").await.body;
    assert!(figures.contains("method=\"other\"") && !figures.contains("M0X"));
}

/// A link that was mailed to an address ends with the address.
#[tokio::test]
async fn a_changed_address_ends_the_links_sent_to_the_old_one() {
    let app = TestApp::organisation().await;
    app.set_password("admin", "correct horse battery").await;
    let path = app.reset_link("admin").await;
    let mut visitor = crate::support::Client::new(&app);
    visitor.get(&path).await.expect(200);
    let mut admin = app.sign_in("admin").await;
    let person = format!("/admin/people/{}", app.id_of("admin").await);
    let page = admin.get(&person).await.expect(200);
    let version = page.attribute("input[name=version]", "value").unwrap();
    let fields = [
        ("version", version.as_str()),
        ("email", "elsewhere@qiming.example"),
        ("name", "admin"),
        ("title", ""),
        ("department", ""),
    ];
    admin.post(&person, &fields).await.expect(303);
    visitor.get(&path).await.expect(404);
}

/// Requests that are sent halfway take nobody's turn.
/// Who never ends the head of a request is cut off, and makes room for others when there is none left.
#[tokio::test]
async fn half_sent_heads_are_cut_off() {
    let app = TestApp::organisation().await;
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    let limits = Limits { head: Duration::from_millis(200), connections: 3 };
    let server = tokio::spawn(serve(listener, tutti::app::router(app.state.clone()), limits, pending()));
    let mut halves = Vec::new();
    for _ in 0..3 {
        let mut socket = TcpStream::connect(address).await.unwrap();
        socket.write_all(b"GET / HTTP/1.1\r\nHost: t\r\nX: ").await.unwrap();
        halves.push(socket);
    }
    let asked = async {
        let mut socket = TcpStream::connect(address).await.unwrap();
        socket.write_all(b"GET /sign-in HTTP/1.1\r\nHost: t\r\nConnection: close\r\n\r\n").await.unwrap();
        let mut answer = String::new();
        socket.read_to_string(&mut answer).await.unwrap();
        for mut socket in halves {
            let mut rest = Vec::new();
            socket.read_to_end(&mut rest).await.unwrap();
        }
        answer
    };
    let answer = tokio::time::timeout(Duration::from_secs(10), asked).await.expect("the halves are closed");
    assert!(answer.starts_with("HTTP/1.1 200"), "{answer}");
    server.abort();
}

/// A date is moved to no day that its form would not take, and an address of elsewhere is no way back.
#[tokio::test]
async fn several_dates_move_only_to_days_that_forms_take() {
    let (app, geo) = TestApp::with_project().await;
    app.task(geo, "MKT", "Far away", None, "2200-12-31").await;
    let mut lead = app.sign_in("lead").await;
    let fields = [("task", "1.1"), ("shift", "28"), ("back", "https://evil.example/")];
    let page = lead.post("/p/GEO/work/bulk", &fields).await.expect(422).says("outside the years 2000 to 2200");
    assert!(!page.body.contains("evil.example"));
    assert_eq!(value(&app, "select due_on::text from tasks where number = 1").await, "2200-12-31");
    lead.post("/p/GEO/work/bulk", &[("task", "1.1"), ("shift", "-7")]).await.expect(303);
}

/// A name of nothing that can be seen is none.
#[tokio::test]
async fn what_cannot_be_seen_is_no_name() {
    let (app, geo) = TestApp::with_project().await;
    let part = part(&app, geo, "MKT").await;
    let id = new_uuid().to_string();
    let mut lead = app.sign_in("lead").await;
    let blank = [("id", id.as_str()), ("title", "\u{200b}\u{202e} \u{feff}"), ("part", &part)];
    lead.post("/p/GEO/tasks", &blank).await.expect(422);
    assert_eq!(value(&app, "select count(*)::text from tasks").await, "0");
}

#[tokio::test]
async fn half_sent_forms_keep_nobody_waiting() {
    let app = TestApp::organisation().await;
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    let server = tokio::spawn(serve(listener, tutti::app::router(app.state.clone()), Limits::default(), pending()));
    let mut halves = Vec::new();
    for _ in 0..app.state.db.requests_at_once() + 2 {
        let mut socket = TcpStream::connect(address).await.unwrap();
        let head = "POST /settings/theme HTTP/1.1\r\nHost: t\r\nContent-Type: application/x-www-form-urlencoded\r\nContent-Length: 100\r\n\r\nt";
        socket.write_all(head.as_bytes()).await.unwrap();
        halves.push(socket);
    }
    let asked = async {
        let mut socket = TcpStream::connect(address).await.unwrap();
        socket.write_all(b"GET /sign-in HTTP/1.1\r\nHost: t\r\nConnection: close\r\n\r\n").await.unwrap();
        let mut answer = String::new();
        socket.read_to_string(&mut answer).await.unwrap();
        answer
    };
    let answer = tokio::time::timeout(Duration::from_secs(3), asked).await.expect("an answer while others dawdle");
    assert!(answer.starts_with("HTTP/1.1 200"), "{answer}");
    drop(halves);
    server.abort();
}
