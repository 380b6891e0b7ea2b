//! The demo organisation, as a visitor finds it.

use crate::support::{Client, TestApp};
use sqlx::Row;
use tutti::{app, demo::Programme, platform::locale::Language};

const PASSWORD: &str = "a password for the demo";

/// The whole story in one language; everything about it is asked of one run, because it takes seconds.
async fn played(language: Language) -> (TestApp, Programme) {
    let app = TestApp::empty().await;
    let programme = app::demonstrate(&app.state, language, PASSWORD).await.unwrap();
    (app, programme)
}

/// Signs somebody in as a visitor does.
async fn visit(app: &TestApp, email: &str) -> Client {
    let mut browser = Client::new(app);
    let fields = [("email", email), ("password", PASSWORD), ("next", "/")];
    browser.post("/sign-in", &fields).await.expect(303);
    browser
}

async fn count(app: &TestApp, question: &'static str) -> i64 {
    sqlx::query_scalar(question).fetch_one(&mut app.sql().await).await.unwrap()
}

/// What is the same in every language.
async fn check_company(app: &TestApp) {
    for (question, expected) in [
        ("select count(*) from people where deactivated_at is null", 26),
        ("select count(*) from departments", 12),
        ("select count(head_id) from departments", 12),
        ("select count(*) from projects where state = 'active'", 4),
        ("select count(*) from escalations where state = 'with_liaisons'", 2),
        ("select count(*) from scope_changes where state = 'accepted'", 1),
        ("select count(*) from scope_changes where state = 'declined'", 1),
        ("select count(*) from scope_changes where state = 'sized'", 1),
        ("select count(*) from scope_changes where state = 'over_budget'", 1),
        ("select count(*) from escalations where state = 'with_lead'", 1),
        ("select count(*) from escalations where state = 'with_committee'", 1),
        ("select count(*) from escalations where state = 'settled'", 1),
        ("select count(*) from escalations where state = 'decided'", 2),
        ("select count(*) from decisions", 3),
        ("select count(*) from requests where state = 'asked' and is_insisted", 1),
        ("select count(*) from requests where state = 'accepted'", 2),
        ("select count(distinct decision_id) from decision_effects", 3),
        (
            "select count(*) from ballots join escalations on escalations.id = ballots.escalation_id and state = 'with_committee'",
            4,
        ),
        // Every change is a person's; only the set-up itself came before there was one.
        (
            "select count(*) from events where actor_id is null and kind not in ('organisation.created', 'department.added', 'person.joined', 'session.signed_in', 'project.health_changed') and not (kind in ('escalation.raised', 'option.added', 'evidence.added') and subject_id in (select id from escalations where is_drafted))",
            0,
        ),
        ("select count(*) from events where actor_name = '' and kind <> 'project.health_changed' and not (kind in ('escalation.raised', 'option.added', 'evidence.added') and subject_id in (select id from escalations where is_drafted))", 0),
        ("select count(*) from events where at > '2026-11-18T02:00:00Z'", 0),
        ("select count(*) from sessions where expires_at > '2026-11-18T02:00:00Z'", 0),
        ("select count(*) from outbox", 0),
        // A gate's day is the last of its stage, the launch the project's.
        (
            "select count(*) from stages join milestones m on m.project_id = stages.project_id and m.stage_id = stages.id
             where m.kind = 'gate' and stages.state <> 'passed' and stages.ends_on <> m.due_on",
            0,
        ),
        (
            "select count(*) from projects join milestones m on m.project_id = projects.id where m.kind = 'launch' and launches_on <> m.due_on",
            0,
        ),
    ] {
        assert_eq!(count(app, question).await, expected, "{question}");
    }
    for (question, least) in [
        (
            "select count(*) from tasks where status in ('todo', 'doing', 'review', 'blocked') and due_on < '2026-11-18'",
            8,
        ),
        ("select count(*) from tasks where status = 'blocked' and blocked_reason <> ''", 5),
        ("select count(*) from tasks where status = 'review'", 5),
        ("select count(*) from tasks where status = 'done'", 60),
        ("select count(*) from stages where state = 'passed'", 11),
        ("select count(*) from task_comments", 14),
        // The audit begins with what people did, not with a page of people who sign out.
        (
            "select count(*) from (select kind from events order by id desc limit 20) newest where kind <> 'session.signed_out'",
            8,
        ),
        ("select count(*) from playbook_readings", 35),
        ("select count(*) from task_mentions", 9),
        ("select count(*) from task_dependencies where true", 30),
        ("select count(*) from attestations where holds", 20),
    ] {
        let found = count(app, question).await;
        assert!(found >= least, "{question}: {found}, not {least}");
    }
}

#[tokio::test]
async fn a_company_in_english_and_no_second_one() {
    let (app, programme) = played(Language::English).await;
    check_company(&app).await;
    assert_eq!(programme.password, PASSWORD);
    for part in &programme.parts {
        let mut person = visit(&app, &part.email).await;
        let home = person.get("/").await;
        if home.status.as_u16() == 303 {
            assert_eq!(home.location(), "/committee", "a guest's home");
            person.get("/committee").await.expect(200);
        } else {
            home.expect(200);
        }
    }

    let mut lead = visit(&app, "lin.yue@qiming.example").await;
    for (key, health) in [("GEO", "At risk"), ("HAL", "Off track"), ("EXP", "On track")] {
        let page = lead.get(&format!("/p/{key}")).await.expect(200);
        assert_eq!(page.all("h1 + .pill"), [health], "{key}");
    }
    lead.get("/p/GEO").await.expect(200).says("Launch readiness").says("AI search optimisation");
    lead.get("/p/GEO/escalations/3").await.expect(200).says("Kite Apparel");
    let mut chair = visit(&app, "zhou.wen@qiming.example").await;
    chair.get("/committee").await.expect(200).says("What should the Team plan cost at launch?");
    chair.get("/p/GEO/escalations/2/decide").await.expect(200).says("$349 with 500 prompts");
    let mut guest = visit(&app, "amit.rao@qiming.example").await;
    guest.get("/p/GEO/escalations/2").await.expect(200).says("Can we undo it?");
    guest.get("/p/GEO").await.expect(404);
    let mut liaison = visit(&app, "su.qing@qiming.example").await;
    liaison.get("/").await.expect(200).says("Publish the pricing page draft");

    // It is for empty installations only.
    let refused = app::demonstrate(&app.state, Language::English, PASSWORD).await.unwrap_err().to_string();
    assert_eq!(refused, "The demo needs an empty installation, and this one is in use.");
    let before = count(&app, "select count(*) from people").await;
    Client::new(&app).post("/setup/demo", &[("token", "x")]).await.expect(303);
    assert_eq!(count(&app, "select count(*) from people").await, before);
}

#[tokio::test]
async fn a_company_in_chinese() {
    let (app, _) = played(Language::Chinese).await;
    check_company(&app).await;
    let texts = sqlx::query(
        "select coalesce(title_zh, title) as text from tasks union all select question from escalations
         union all select body from task_comments union all select body from escalation_comments
         union all select title from decisions union all select rationale from decisions
         union all select statement from positions union all select blocked_reason from tasks where status = 'blocked'
         union all select title from requests union all select details from requests union all select note from request_moves where note <> ''
         union all select title from options union all select description from tasks where description <> ''
         union all select summary from projects union all select coalesce(title_zh, title) from milestones",
    );
    for row in texts.fetch_all(&mut app.sql().await).await.unwrap() {
        let text: String = row.get("text");
        assert!(text.chars().any(|c| ('\u{4e00}'..='\u{9fff}').contains(&c)), "no Chinese in {text:?}");
    }
    let mut chair = visit(&app, "zhou.wen@qiming.example").await;
    chair.get("/committee").await.expect(200).says("团队版上市时应定价多少？");
    chair.get("/p/GEO/escalations/2").await.expect(200).says("获客成本回收期").says("首席执行官");
}

#[tokio::test]
async fn the_button_needs_the_token() {
    let app = TestApp::empty().await;
    let mut browser = Client::new(&app);
    browser.post("/setup/demo", &[]).await.expect(403);
    browser.post("/setup/demo", &[("token", "guessed")]).await.expect(403);
    assert_eq!(count(&app, "select count(*) from people").await, 0);
}
