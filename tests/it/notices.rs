//! The inbox: who is told what, folded, read, and never of what they may not see.

mod by_project;
mod folded;
mod letters;
mod outsiders;

use crate::support::{Answer, TestApp, disputes::*, statements};
use tutti::{notices, platform::ids::new_uuid};

impl TestApp {
    /// Tells what has happened, and what a person's inbox says: sentence and what is wanted, a line each.
    pub async fn inbox(&self, person: &str) -> Vec<String> {
        notices::tell(&self.state).await.unwrap();
        lines(&self.sign_in(person).await.get("/inbox").await.expect(200))
    }

    /// How much waits to be told.
    async fn untold(&self) -> i64 {
        sqlx::query_scalar("select count(*) from news").fetch_one(&mut self.sql().await).await.unwrap()
    }
}

fn lines(page: &Answer) -> Vec<String> {
    let (texts, wants) = (page.all(".notice .ttl"), page.all(".notice .meta"));
    texts.iter().zip(wants).map(|(text, meta)| format!("{text} | {}", meta.split(" GEO").next().unwrap())).collect()
}

async fn comment(app: &TestApp, who: &str, body: &str) {
    let id = new_uuid().to_string();
    let fields = [("id", id.as_str()), ("comment", body)];
    app.sign_in(who).await.post("/p/GEO/tasks/1/comments", &fields).await.expect(303);
}

#[tokio::test]
async fn a_disagreement_is_told_to_both_sides_and_the_lead_but_not_to_who_raised_it() {
    let (app, geo) = TestApp::with_project().await;
    raised_as(&app, geo, "lead_quality", ("SAL", "MKT"), "other").await;
    assert!(app.untold().await > 0);
    let line = "other raised E-1 “What should the Team plan cost at launch?”";
    assert_eq!(app.inbox("liaison").await, [format!("{line} | Write your position")]);
    assert_eq!(app.untold().await, 0);
    let page = app.sign_in("liaison").await.get("/").await.expect(200);
    assert_eq!(page.all("nav.primary a[href='/inbox'] .n [aria-hidden]"), ["1"], "counted in the side bar");
    assert_eq!(app.inbox("lead").await.len(), 1);
    for person in ["other", "member", "viewer", "committee", "colleague", "stranger", "guest", "adviser"] {
        assert_eq!(app.inbox(person).await, [""; 0], "{person}");
    }
    let page = app.sign_in("liaison").await.chinese().get("/inbox").await.expect(200);
    page.says("待你陈述立场").says("另有").says("消息");
}

#[tokio::test]
async fn a_line_is_headed_by_what_says_most_however_late_the_rest_is_told() {
    let (app, geo) = TestApp::with_project().await;
    raised_as(&app, geo, "lead_quality", ("SAL", "MKT"), "other").await;
    let mut other = app.sign_in("other").await;
    let headline = async || app.inbox("lead").await.remove(0);
    assert!(headline().await.starts_with("other raised E-1"));
    let id = new_uuid().to_string();
    let comment = [("comment_id", id.as_str()), ("comment", "Look.")];
    other.post("/p/GEO/escalations/1/comment", &comment).await.expect(303);
    let page = {
        notices::tell(&app.state).await.unwrap();
        app.sign_in("lead").await.get("/inbox").await.expect(200)
    };
    assert!(headline().await.starts_with("other raised E-1"), "a comment is less");
    page.says("and 3 more changes").says("Today");
    other.post("/p/GEO/escalations/1/withdraw", &[("why", "Solved.")]).await.expect(303);
    assert!(headline().await.starts_with("other withdrew E-1"), "the end is more");
}

#[tokio::test]
async fn changes_fold_until_they_are_read_and_opening_leads_to_the_thing() {
    let (app, geo) = TestApp::with_project().await;
    app.task(geo, "MKT", "Price list", Some("liaison"), "2026-12-01").await;
    comment(&app, "lead", "First").await;
    comment(&app, "lead", "Second").await;
    comment(&app, "liaison", "My own").await;
    assert_eq!(app.inbox("liaison").await.len(), 1, "one line");
    comment(&app, "lead", "Third").await;
    let page = {
        notices::tell(&app.state).await.unwrap();
        app.sign_in("liaison").await.get("/inbox").await.expect(200)
    };
    let page = page.says("and 2 more changes").says("lead commented on");
    let action = page.attribute(".notice form", "action").unwrap();
    app.sign_in("other").await.post(&action, &[]).await.expect(404);
    let mut liaison = app.sign_in("liaison").await;
    assert_eq!(liaison.post(&action, &[]).await.expect(303).location(), "/p/GEO/tasks/1");
    assert_eq!(app.inbox("liaison").await, [""; 0], "read");
    liaison.get("/inbox?view=all").await.expect(200).says("lead commented on");
    comment(&app, "lead", "Fourth").await;
    let page = {
        notices::tell(&app.state).await.unwrap();
        liaison.get("/inbox").await.expect(200)
    };
    assert!(!page.text().contains("more change"), "a new line begins after reading");
}

#[tokio::test]
async fn all_is_marked_as_read_up_to_what_was_shown() {
    let (app, geo) = TestApp::with_project().await;
    before_committee(&app, geo).await;
    assert_eq!(app.inbox("chair").await.len(), 1);
    let page = app.sign_in("chair").await.get("/inbox").await.expect(200);
    let until = page.attribute("input[name=until]", "value").unwrap();
    app.state.clock.set("2026-11-18T03:00:00Z".parse().unwrap());
    raised(&app, geo).await;
    app.sign_in("other").await.post("/p/GEO/escalations/2/withdraw", &[("why", "Solved.")]).await.expect(303);
    assert_eq!(app.inbox("chair").await.len(), 2);
    let mut chair = app.sign_in("chair").await;
    let fields = [("until", until.as_str()), ("project", "HAL")];
    chair.post("/inbox/read", &fields).await.expect(303);
    assert_eq!(app.inbox("chair").await.len(), 2, "another project's");
    let fields = [("until", until.as_str()), ("project", "GEO")];
    chair.post("/inbox/read", &fields).await.expect(303);
    assert_eq!(app.inbox("chair").await.len(), 1, "what came meanwhile stays");
    chair.post("/inbox/read", &[("until", "soon")]).await.expect(422);
}

#[tokio::test]
async fn the_committee_is_asked_to_vote_and_an_adviser_for_their_view() {
    let (app, geo) = TestApp::with_project().await;
    before_committee(&app, geo).await;
    for person in ["committee", "chair"] {
        let inbox = app.inbox(person).await;
        assert!(inbox.len() == 1 && inbox[0].ends_with("| Vote"), "{inbox:?}");
    }
    let inbox = app.inbox("adviser").await;
    assert!(
        inbox.len() == 1 && inbox[0].starts_with("E-1: What should") && inbox[0].contains("Give your view"),
        "{inbox:?}"
    );
    let page = app.sign_in("adviser").await.get("/inbox").await.expect(200);
    for secret in ["GEO Monitor", "lead passed", "other", "Halo"] {
        assert!(!page.text().contains(secret), "{secret}");
    }
    app.sign_in("adviser").await.get("/inbox?project=GEO").await.expect(200);
}

#[tokio::test]
async fn who_lost_sight_of_a_project_reads_nothing_of_it() {
    let (app, geo) = TestApp::with_project().await;
    raised_as(&app, geo, "lead_quality", ("SAL", "MKT"), "other").await;
    assert_eq!(app.inbox("liaison").await.len(), 1);
    let mut sql = app.sql().await;
    sqlx::query("update projects set visibility = 'seats' where id = $1").bind(geo).execute(&mut sql).await.unwrap();
    let seat = value(
        &app,
        "select seats.id::text from seats join people on people.id = person_id where people.name = 'liaison'",
    )
    .await;
    app.sign_in("lead").await.post(&format!("/p/GEO/seats/{seat}/remove"), &[]).await.expect(303);
    assert_eq!(app.inbox("liaison").await, [""; 0]);
    let page = app.sign_in("liaison").await.get("/inbox?view=all").await.expect(200);
    assert_eq!(page.all("nav.primary a[href='/inbox'] .n"), [""; 0], "nor the count");
    assert!(!page.text().contains("GEO"), "neither lines nor filters: {}", page.text());
}

#[tokio::test]
async fn nothing_is_told_twice_and_the_page_reads_four_statements() {
    let (app, geo) = TestApp::with_project().await;
    for _ in 0..3 {
        raised_as(&app, geo, "lead_quality", ("SAL", "MKT"), "other").await;
    }
    let (one, two) = tokio::join!(notices::tell(&app.state), notices::tell(&app.state));
    one.unwrap();
    two.unwrap();
    let counted = value(&app, "select count(*) || ' ' || max(count) from notices where person_id = (select id from people where name = 'liaison')").await;
    assert_eq!(counted, "3 3", "raised, position and evidence of each in one line");
    notices::tell(&app.state).await.unwrap();
    assert_eq!(value(&app, "select max(count)::text from notices").await, "3");
    let mut liaison = app.sign_in("liaison").await;
    let (_, count) = statements::count(liaison.get("/inbox")).await;
    assert_eq!(count, 4);
}

#[tokio::test]
async fn a_request_waits_for_the_department_asked_and_its_answer_for_the_asker() {
    let (app, geo) = TestApp::with_project().await;
    let (from, to) = (part(&app, geo, "MKT").await, part(&app, geo, "SAL").await);
    let id = new_uuid().to_string();
    let fields = [
        ("id", id.as_str()),
        ("from", &from),
        ("to", &to),
        ("title", "Price book for the launch"),
        ("wanted_on", "2026-11-27"),
    ];
    // A colleague and a stranger to the project head the two departments; the guest heads a third one by mistake.
    for (code, head) in [("MKT", "colleague"), ("SAL", "stranger"), ("PM", "guest")] {
        sqlx::query("update departments set head_id = (select id from people where name = $2) where code = $1")
            .bind(code)
            .bind(head)
            .execute(&mut app.sql().await)
            .await
            .unwrap();
    }
    app.sign_in("liaison").await.post("/p/GEO/requests/new", &fields).await.expect(303);
    let line = "liaison asked for R-1 Price book for the launch";
    assert_eq!(app.inbox("other").await, [format!("{line} | Answer the request")]);
    for person in ["lead", "colleague", "stranger"] {
        let inbox = app.inbox(person).await;
        assert_eq!(inbox, [format!("{line} | GEO Monitor 10:00 unread")], "{person} reads of it, asked for nothing");
    }
    for person in ["liaison", "committee", "member", "guest"] {
        assert_eq!(app.inbox(person).await, [""; 0], "{person}");
    }
    let mut other = app.sign_in("other").await;
    let page = other.get("/p/GEO/requests/1").await.expect(200);
    let hidden = |name: &str| {
        page.attribute(&format!("form[action='/p/GEO/requests/1/decline'] input[name={name}]"), "value").unwrap()
    };
    let fields = [("step", hidden("step")), ("version", hidden("version")), ("why", "No time.".to_owned())];
    let fields: Vec<(&str, &str)> = fields.iter().map(|(name, value)| (*name, value.as_str())).collect();
    other.post("/p/GEO/requests/1/decline", &fields).await.expect(303);
}

#[tokio::test]
async fn who_has_acted_is_not_asked_any_more() {
    let (app, geo) = TestApp::with_project().await;
    let path = before_committee(&app, geo).await;
    assert_eq!(app.inbox("committee").await.len(), 1);
    let b = option(&app, "B").await;
    let fields = [("vote", b.as_str())];
    app.sign_in("committee").await.post(&format!("{path}/ballot"), &fields).await.expect(303);
    assert_eq!(app.inbox("committee").await, [""; 0]);
    let chair = app.inbox("chair").await;
    assert!(chair.len() == 1 && chair[0].ends_with("| Vote"), "the chair has not voted: {chair:?}");
    app.sign_in("other").await.post(&format!("{path}/withdraw"), &[("why", "Solved.")]).await.expect(303);
    let chair = app.inbox("chair").await;
    assert!(chair.len() == 1 && chair[0].starts_with("other withdrew") && !chair[0].contains("Vote"), "{chair:?}");
}

#[tokio::test]
async fn who_steps_aside_is_not_asked_for_their_vote() {
    let (app, geo) = TestApp::with_project().await;
    let path = before_committee(&app, geo).await;
    assert_eq!(app.inbox("committee").await.len(), 1);
    let why = [("aside_reason", "My brother sells it.")];
    app.sign_in("committee").await.post(&format!("{path}/aside"), &why).await.expect(303);
    assert_eq!(app.inbox("committee").await, [""; 0]);
}

#[tokio::test]
async fn a_line_says_when_its_headline_happened_and_when_the_last_of_the_rest() {
    let (app, geo) = TestApp::with_project().await;
    raised_as(&app, geo, "lead_quality", ("SAL", "MKT"), "other").await;
    assert_eq!(app.inbox("lead").await.len(), 1);
    app.state.clock.set("2026-11-19T02:23:00Z".parse().unwrap());
    let id = new_uuid().to_string();
    let comment = [("comment_id", id.as_str()), ("comment", "Look.")];
    app.sign_in("other").await.post("/p/GEO/escalations/1/comment", &comment).await.expect(303);
    notices::tell(&app.state).await.unwrap();
    let page = app.sign_in("lead").await.get("/inbox").await.expect(200);
    assert_eq!(page.all(".notice time"), ["10:23"], "the newest heads the line");
    page.says("Today").says("other commented on E-1").says("and 3 more changes");
    // Whoever still owes the answer reads the older one first.
    let page = app.sign_in("liaison").await.get("/inbox").await.expect(200);
    assert_eq!(page.all(".notice time"), ["Wed 18 Nov, 10:00"]);
    assert!(page.attribute(".notice time", "datetime").unwrap().starts_with("2026-11-18T02:00"));
    page.says("Today").says("other raised E-1").says("and 3 more changes, the last at 10:23");
    app.sign_in("liaison").await.chinese().get("/inbox").await.expect(200).says("最近一次在");
}

#[tokio::test]
async fn the_committee_hears_who_stands_in_for_the_chair_and_when() {
    let (app, _) = TestApp::with_project().await;
    let (page, deputy) = ("/p/GEO/settings/committee", app.id_of("committee").await.to_string());
    let mut lead = app.sign_in("lead").await;
    lead.post(page, &[("version", "0"), ("rule", "chair"), ("deputy", &deputy)]).await.expect(303);
    for person in ["chair", "committee"] {
        let inbox = app.inbox(person).await;
        assert!(inbox.len() == 1 && inbox[0].starts_with("lead named a deputy for the chair of GEO"), "{inbox:?}");
    }
    sqlx::query("update notices set read_at = at").execute(&mut app.sql().await).await.unwrap();
    lead.post(&format!("{page}/away"), &[("version", "1"), ("away_until", "2026-11-20")]).await.expect(303);
    let inbox = app.inbox("chair").await;
    assert!(inbox.len() == 1 && inbox[0].starts_with("lead marked the chair of GEO"), "{inbox:?}");
    assert_eq!(app.inbox("lead").await, [""; 0]);
    assert_eq!(app.inbox("viewer").await, [""; 0]);
}

#[tokio::test]
async fn a_draft_tells_nobody_and_publishing_tells_everybody_once() {
    let (app, geo) = TestApp::with_project().await;
    for statement in [
        "update projects set state = 'draft', published_at = null where id = $1",
        "update stages set state = 'ahead' where project_id = $1",
    ] {
        sqlx::query(statement).bind(geo).execute(&mut app.sql().await).await.unwrap();
    }
    let mut lead = app.sign_in("lead").await;
    let (id, part, liaison) =
        (new_uuid().to_string(), part(&app, geo, "MKT").await, app.id_of("liaison").await.to_string());
    let task = |id: &str| {
        vec![
            ("id".to_owned(), id.to_owned()),
            ("title".to_owned(), "Price list".to_owned()),
            ("part".to_owned(), part.clone()),
            ("assignee".to_owned(), liaison.clone()),
            ("priority".to_owned(), "normal".to_owned()),
        ]
    };
    let sent = task(&id);
    let sent: Vec<(&str, &str)> = sent.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
    lead.post("/p/GEO/tasks", &sent).await.expect(303);
    assert_eq!(app.inbox("liaison").await, [""; 0]);
    // Told or not by then: what happened in the draft stays there.
    let other = new_uuid().to_string();
    let sent = task(&other);
    let sent: Vec<(&str, &str)> = sent.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
    lead.post("/p/GEO/tasks", &sent).await.expect(303);
    app.state.clock.set("2026-11-19T02:23:00Z".parse().unwrap());
    lead.post("/p/GEO/publish", &[]).await.expect(303);
    let inbox = app.inbox("liaison").await;
    assert!(inbox.iter().any(|line| line.starts_with("lead published the project GEO Monitor")), "{inbox:?}");
    assert!(!inbox.iter().any(|line| line.contains("Price list")), "{inbox:?}");
}

#[tokio::test]
async fn a_line_that_may_no_longer_be_read_does_not_open() {
    let (app, geo) = TestApp::with_project().await;
    app.task(geo, "MKT", "Price list", Some("liaison"), "2026-12-01").await;
    comment(&app, "lead", "First").await;
    notices::tell(&app.state).await.unwrap();
    let action =
        app.sign_in("liaison").await.get("/inbox").await.expect(200).attribute(".notice form", "action").unwrap();
    for statement in [
        "update projects set visibility = 'seats' where id = $1",
        "update seats set removed_at = now() where project_id = $1 and person_id = (select id from people where name = 'liaison')",
    ] {
        sqlx::query(statement).bind(geo).execute(&mut app.sql().await).await.unwrap();
    }
    app.sign_in("liaison").await.post(&action, &[]).await.expect(404);
}
