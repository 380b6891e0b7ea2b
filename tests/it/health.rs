//! How projects stand: computed by the rule, soon and once a day, told when it changes; and what their leads declare.

mod declared;
mod pace;

use crate::support::{
    TestApp,
    disputes::{before_committee, value},
    statements,
};
use tutti::{
    events::{Change, Event, Kind, Subject, SubjectKind},
    lifecycle::health,
    platform::ids::{ProjectId, new_uuid},
};
use uuid::Uuid;

/// Lets the job run: how many projects it computed.
async fn run(app: &TestApp) -> usize {
    app.settled().await;
    health::run(&app.state).await.unwrap()
}

/// Something happens in a project that is no part of the rule.
async fn happens(app: &TestApp, project: Uuid) {
    let mut change = Change::by(&app.state, None, "Lin Yue", "r").await.unwrap();
    let subject = Subject::new(SubjectKind::Milestone, new_uuid(), "", "Press day");
    change.record(Event::new(Kind::MilestoneReached, subject).of(ProjectId(project)));
    change.commit().await.unwrap();
}

/// An open task that a gate asks for as evidence, straight into the tables.
async fn evidence(app: &TestApp, project: Uuid, due: &str) -> i32 {
    let number = app.task(project, "MKT", "Charter", Some("liaison"), due).await;
    sqlx::query(
        "with duty as (
             insert into duties (project_id, id, stage_id, position, code, title_en, title_zh, due_day, is_evidence)
             select project_id, gen_random_uuid(), id, 1, 'evidence_' || $2, 'Charter', '立项书', 5, true from stages
             where project_id = $1 and position = 1 returning id),
         lettered as (
             insert into duty_letters (project_id, duty_id, part_id, letter)
             select $1, duty.id, parts.id, letter from duty, parts, unnest(array['A', 'R']) letter where parts.project_id = $1 and parts.code = 'MKT')
         update tasks set duty_id = (select id from duty) where project_id = $1 and number = $2",
    )
    .bind(project)
    .bind(number)
    .execute(&mut app.sql().await)
    .await
    .unwrap();
    number
}

/// GEO at risk, for one item of evidence that was due eight days ago.
async fn at_risk() -> (TestApp, Uuid) {
    let (app, geo) = TestApp::with_project().await;
    evidence(&app, geo, "2026-11-10").await;
    assert_eq!(run(&app).await, 2, "GEO and HAL, for the first time");
    (app, geo)
}

fn at(app: &TestApp, moment: &str) {
    app.state.clock.set(moment.parse().unwrap());
}

const COLOUR: &str = "select computed from project_health join projects on projects.id = project_id where key = 'GEO'";
const CHANGES: &str = "select count(*)::text from events where kind = 'project.health_changed'";

#[tokio::test]
async fn it_is_computed_soon_after_something_has_happened_and_told_once() {
    let (app, geo) = TestApp::with_project().await;
    let mut lead = app.sign_in("lead").await;
    assert_eq!(run(&app).await, 2, "GEO and HAL, for the first time");
    assert_eq!((run(&app).await, value(&app, COLOUR).await.as_str()), (0, "on_track"));
    lead.get("/p/GEO").await.expect(200).says("On track").says("Nothing that the rule looks at speaks against it.");
    // Whatever is no part of the rule says nothing.
    app.task(geo, "MKT", "Price list", Some("liaison"), "2026-11-02").await;
    for due in ["2026-11-10", "2026-11-12"] {
        evidence(&app, geo, due).await;
    }
    assert_eq!(run(&app).await, 0, "nobody did anything");
    happens(&app, geo).await;
    assert_eq!(run(&app).await, 1, "GEO only");
    let (page, sent) = statements::count(lead.get("/p/GEO")).await;
    assert_eq!(sent, 5, "session, standing, dashboard, calendar, feed");
    let page = page
        .expect(200)
        .says("At risk")
        .says("2 evidence items overdue, worst 8 days")
        .says("is computed as “At risk” now")
        .says("more than 10 days: off track");
    assert_eq!(page.attribute("#project-health li a", "href").as_deref(), Some("/p/GEO/work?view=list&due=overdue"));
    assert_eq!(page.attribute(".projects a[href='/p/GEO'] svg", "aria-label").as_deref(), Some("At risk"));
    let list = lead.get("/projects").await.expect(200).says("2 evidence items overdue, worst 8 days");
    assert!(!list.text().contains("3 late"), "the reason is enough");
    app.sign_in("viewer")
        .await
        .chinese()
        .get("/p/GEO")
        .await
        .says("2 项评审关口依据逾期，最久 8 天")
        .says("健康度判定为“有风险”");
    lead.get("/p/GEO/history").await.expect(200).says("Reasons: 2 evidence items overdue, worst 8 days");
    // Its own events are nothing that happens, and the same colour is not told again.
    assert_eq!((run(&app).await, value(&app, CHANGES).await.as_str()), (0, "1"));
    evidence(&app, geo, "2026-11-17").await;
    happens(&app, geo).await;
    assert_eq!((run(&app).await, value(&app, COLOUR).await.as_str()), (1, "off_track"));
    happens(&app, geo).await;
    assert_eq!((run(&app).await, value(&app, CHANGES).await.as_str()), (1, "2"));
}

#[tokio::test]
async fn a_new_day_of_the_organisation_computes_all_under_way() {
    let (app, geo) = TestApp::with_project().await;
    evidence(&app, geo, "2026-11-18").await;
    assert_eq!((run(&app).await, value(&app, COLOUR).await.as_str()), (2, "on_track"));
    at(&app, "2026-11-18T15:59:00Z");
    assert_eq!(run(&app).await, 0, "23:59 in Shanghai");
    at(&app, "2026-11-18T16:01:00Z");
    assert_eq!((run(&app).await, value(&app, COLOUR).await.as_str()), (2, "at_risk"));
    assert_eq!(run(&app).await, 0);
    // What is over or has not begun waits.
    sqlx::query("update projects set state = 'archived' where key = 'HAL'")
        .execute(&mut app.sql().await)
        .await
        .unwrap();
    at(&app, "2026-11-20T02:00:00Z");
    assert_eq!(run(&app).await, 1);
}

#[tokio::test]
async fn gates_and_escalations_speak_against_a_project() {
    let (app, geo) = TestApp::with_project().await;
    before_committee(&app, geo).await;
    run(&app).await;
    assert_eq!(value(&app, COLOUR).await, "on_track", "one with the committee is nothing unusual");
    let mut sql = app.sql().await;
    for (change, colour, said) in [
        (
            "update stages set ends_on = '2026-11-17' where state = 'current'",
            "at_risk",
            "Gate A1 is 1 day past its planned day",
        ),
        (
            "update stages set ends_on = '2026-11-03' where state = 'current'",
            "off_track",
            "Gate A1 is 15 days past its planned day",
        ),
        ("update stages set ends_on = '2027-01-11' where state = 'current'", "on_track", "Nothing that the rule"),
        (
            "update escalations set due_at = '2026-11-18T01:00:00Z'",
            "off_track",
            "1 escalation with the committee is over its time",
        ),
        (
            "update escalations set wake_at = null, paused_at = '2026-11-18T00:00:00Z'",
            "on_track",
            "Nothing that the rule",
        ),
        (
            "update escalations set paused_at = null, state = 'with_lead'",
            "at_risk",
            "1 escalation that liaisons or the lead have is over",
        ),
    ] {
        sqlx::query(change).execute(&mut sql).await.unwrap();
        happens(&app, geo).await;
        run(&app).await;
        assert_eq!(value(&app, COLOUR).await, colour, "{change}");
        app.sign_in("lead").await.get("/p/GEO").await.expect(200).says(said);
    }
}

#[tokio::test]
async fn what_commits_late_is_not_passed_over() {
    let (app, geo) = TestApp::with_project().await;
    run(&app).await;
    let mut late = Change::by(&app.state, None, "Lin Yue", "r").await.unwrap();
    sqlx::query("select pg_current_xact_id()").execute(late.conn()).await.unwrap();
    let hal: Uuid = value(&app, "select id::text from projects where key = 'HAL'").await.parse().unwrap();
    happens(&app, hal).await;
    health::run(&app.state).await.unwrap();
    let subject = Subject::new(SubjectKind::Milestone, new_uuid(), "", "Press day");
    late.record(Event::new(Kind::MilestoneReached, subject).of(ProjectId(geo)));
    late.commit().await.unwrap();
    at(&app, "2026-11-18T03:00:00Z");
    assert_eq!(run(&app).await, 2);
    assert_eq!(
        value(&app, "select count(*)::text from project_health where computed_at = '2026-11-18T03:00:00Z'").await,
        "2"
    );
}

#[tokio::test]
async fn workers_share_the_work_and_a_failed_one_leaves_it() {
    let (app, _) = TestApp::with_project().await;
    for number in 0..8 {
        let project = app.project(&format!("P{number}"), "More", "organisation").await;
        evidence(&app, project, "2026-11-10").await;
    }
    let beside = app.beside();
    app.settled().await;
    let (one, other) = tokio::join!(health::run(&app.state), health::run(&beside.state));
    assert_eq!(one.unwrap() + other.unwrap(), 10, "each once");
    assert_eq!(value(&app, CHANGES).await, "8");
    // What another worker holds is left to it; when that ends without a commit, the next one finds it.
    let mut sql = app.sql().await;
    sqlx::query("update project_health set is_stale = true").execute(&mut sql).await.unwrap();
    let held = "begin; select from project_health where project_id in (select id from projects where key in ('P0', 'P1')) for update";
    sqlx::raw_sql(held).execute(&mut sql).await.unwrap();
    assert_eq!(health::run(&app.state).await.unwrap(), 8);
    sqlx::raw_sql("rollback").execute(&mut sql).await.unwrap();
    assert_eq!(run(&app).await, 2);
}

#[tokio::test]
async fn any_number_of_projects_is_computed_with_the_same_statements() {
    let (app, _) = TestApp::with_project().await;
    app.settled().await;
    let (computed, few) = statements::count(health::run(&app.state)).await;
    assert_eq!(computed.unwrap(), 2);
    for number in 0..40 {
        app.project(&format!("P{number}"), "More", "organisation").await;
    }
    app.settled().await;
    let (computed, many) = statements::count(health::run(&app.state)).await;
    assert_eq!(computed.unwrap(), 40);
    assert_eq!(few, many);
}

#[tokio::test]
async fn a_copy_that_was_brought_back_and_projects_of_an_earlier_release_are_computed() {
    let (app, _) = TestApp::with_project().await;
    run(&app).await;
    let mut sql = app.sql().await;
    sqlx::query("update health_mark set seen_xid = '4000000000'::xid8").execute(&mut sql).await.unwrap();
    assert_eq!((run(&app).await, run(&app).await), (2, 0), "the mark was of the future");
    sqlx::query("delete from project_health").execute(&mut sql).await.unwrap();
    app.sign_in("lead").await.get("/p/GEO").await.expect(200).says("Not started");
    assert_eq!(run(&app).await, 2);
    assert_eq!((value(&app, COLOUR).await.as_str(), value(&app, CHANGES).await.as_str()), ("on_track", "0"));
}

#[tokio::test]
async fn a_project_begins_with_its_publication() {
    let (app, _) = TestApp::with_project().await;
    let mut lead = app.sign_in("lead").await;
    let (id, me) = (new_uuid().to_string(), app.id_of("lead").await.to_string());
    let (liaison, other) = (app.id_of("liaison").await.to_string(), app.id_of("other").await.to_string());
    let form = [
        ("id", id.as_str()),
        ("name", "Figures"),
        ("key", "FIG"),
        ("blueprint", "b2b-saas"),
        ("tier", "1"),
        ("start", "2026-09-01"),
        ("lead", &me),
        ("department", "MKT"),
        ("liaison-MKT", &liaison),
        ("department", "SAL"),
        ("liaison-SAL", &other),
        ("listed", "PM"),
        ("listed", "RND"),
        ("listed", "MKT"),
        ("listed", "SAL"),
    ];
    lead.submit("/projects/new", &form).await.expect(200);
    let colour = "select computed from project_health join projects on projects.id = project_id where key = 'FIG'";
    assert_eq!(value(&app, colour).await, "not_started");
    let page = lead.get("/p/FIG").await.expect(200);
    assert!(page.all("#project-health").is_empty(), "nothing to say of a draft");
    run(&app).await;
    assert_eq!(value(&app, colour).await, "not_started");
    lead.submit("/p/FIG/publish", &[]).await.expect(200).says("Off track").says("past its planned day");
    assert_eq!(value(&app, colour).await, "off_track", "a plan that is late already says so at once");
    assert_eq!(value(&app, CHANGES).await, "0", "that it was published is told");
}
