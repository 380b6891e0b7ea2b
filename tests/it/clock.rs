//! The clock of escalations: it passes on by itself, once per limit, whoever runs it and whoever dies; it stands while the
//! raiser owes an answer; the administrator sets its limits.

mod limits;
mod questions;

use crate::support::{TestApp, disputes::*, statements};
use jiff::Timestamp;
use sqlx::ConnectOptions;
use std::{
    process::{Child, Command, Stdio},
    time::{Duration, Instant},
};
use tutti::{decisions::clock, platform::ids::new_uuid};

impl TestApp {
    /// Moves the clock to a moment in the organisation's zone, and lets everything happen that is due: how much it was.
    pub async fn at(&self, local: &str) -> usize {
        let moment: Timestamp = format!("{local}:00+08:00").parse().unwrap();
        self.state.clock.set(moment);
        clock::run_due(&self.state).await.unwrap()
    }

    /// The steps of the escalation raised last, as `liaisons 2026-11-18T10:00 … 2026-11-20T10:00`.
    async fn steps(&self) -> Vec<String> {
        sqlx::query_scalar(
            "select step || ' ' || to_char(entered_at at time zone 'Asia/Shanghai', 'MM-DD HH24:MI') ||
                    coalesce(' to ' || to_char(left_at at time zone 'Asia/Shanghai', 'MM-DD HH24:MI'), '') ||
                    ' due ' || to_char(due_at at time zone 'Asia/Shanghai', 'MM-DD HH24:MI')
             from escalation_steps where escalation_id = (select id from escalations order by number desc limit 1) order by entered_at",
        )
        .fetch_all(&mut self.sql().await)
        .await
        .unwrap()
    }

    /// What the clock recorded, in order.
    async fn ticks(&self) -> Vec<String> {
        sqlx::query_scalar(
            "select subject_label || ' ' || coalesce(after->>'time_left', after->>'state') from events
             where kind in ('escalation.time_runs_out', 'escalation.time_over') and actor_id is null order by id",
        )
        .fetch_all(&mut self.sql().await)
        .await
        .unwrap()
    }
}

#[tokio::test]
async fn warns_and_passes_on_up_to_the_committee_without_anybody() {
    let (app, geo) = TestApp::with_project().await;
    let path = raised(&app, geo).await;
    assert_eq!(app.at("2026-11-19T09:59").await, 0);
    assert_eq!(app.at("2026-11-19T10:00").await, 1, "half is left");
    assert_eq!(app.at("2026-11-19T10:01").await, 0);
    assert_eq!(app.at("2026-11-19T14:00").await, 1, "a quarter is left");
    assert_eq!(app.at("2026-11-20T09:59").await, 0);
    assert_eq!(app.at("2026-11-20T10:00").await, 1, "with the lead");
    let page = app.sign_in("lead").await.get(&path).await.expect(200);
    page.says("With the GTM lead").says("The time was over, and the clock passed it on.").says("2 working days left");
    assert_eq!(app.at("2026-11-24T10:00").await, 2, "late for the warnings: straight to the committee");
    let page = app.sign_in("chair").await.get(&path).await.expect(200);
    page.says("With the committee").says("The time of the GTM lead was over: E-1 went to the committee");
    app.sign_in("committee").await.get("/committee").await.expect(200).says("What should the Team plan cost");
    assert_eq!(app.at("2026-12-25T10:00").await, 2, "its time is over, which is said once");
    assert_eq!(app.at("2027-12-25T10:00").await, 0);
    assert_eq!(app.ticks().await, ["E-1 half", "E-1 quarter", "E-1 with_lead", "E-1 with_committee", "E-1 over"]);
    assert_eq!(
        app.steps().await,
        [
            "liaisons 11-18 10:00 to 11-20 10:00 due 11-20 10:00",
            "lead 11-20 10:00 to 11-24 10:00 due 11-24 10:00",
            "committee 11-24 10:00 due 12-01 10:00",
        ]
    );
}

#[tokio::test]
async fn what_three_days_without_a_server_missed_is_caught_up_in_order() {
    let (app, geo) = TestApp::with_project().await;
    raised(&app, geo).await;
    app.state.clock.set("2026-11-18T06:00:00Z".parse().unwrap());
    raised(&app, geo).await;
    // Quality: four hours with the liaisons, a day with the lead, a day with the committee.
    raised_as(&app, geo, "incident", ("SAL", "PM"), "other").await;
    app.at("2026-11-23T09:30").await;
    // Thursday 10:00; Friday 10:00, twice; Friday 14:00, and a warning that would have come on Friday 16:00.
    let missed = ["E-3 with_lead", "E-1 with_lead", "E-3 with_committee", "E-2 with_lead", "E-3 quarter"];
    assert_eq!(app.ticks().await, missed);
    app.at("2026-11-23T10:00").await;
    assert_eq!(app.ticks().await[missed.len()..], ["E-1 half", "E-3 over"]);
}

#[tokio::test]
async fn whatever_is_closed_archived_or_a_demo_is_left_alone() {
    let (app, geo) = TestApp::with_project().await;
    let path = raised(&app, geo).await;
    app.sign_in("other").await.post(&format!("{path}/withdraw"), &[("why", "Solved itself.")]).await.expect(303);
    assert_eq!(app.at("2026-12-20T10:00").await, 0);

    app.state.clock.set("2026-11-18T02:00:00Z".parse().unwrap());
    raised(&app, geo).await;
    let mut demo = app.sql().await;
    clock::store::keep_still(&mut demo).await.unwrap();
    assert_eq!(app.at("2026-11-20T10:00").await, 0, "people of a demo live in the past");
    clock::store::let_run(&mut demo).await.unwrap();
    sqlx::query("update projects set state = 'archived'").execute(&mut demo).await.unwrap();
    assert_eq!(app.at("2026-11-20T10:00").await, 0);
    sqlx::query("update projects set state = 'active'").execute(&mut demo).await.unwrap();
    assert_eq!(app.at("2026-11-20T10:00").await, 2);
}

#[tokio::test]
async fn a_holiday_moves_the_end_of_what_runs() {
    let (app, geo) = TestApp::with_project().await;
    let path = raised(&app, geo).await;
    let day = [("kind", "holiday"), ("from", "2026-11-19"), ("to", ""), ("name", "Founding day")];
    app.sign_in("admin").await.post("/admin/calendar/days", &day).await.expect(303);
    let jobs: i64 = sqlx::query_scalar("select count(*) from graphile_worker._private_jobs j join graphile_worker._private_tasks t on t.id = j.task_id where t.identifier = 'departments.calendar_changed'")
        .fetch_one(&mut app.sql().await)
        .await
        .unwrap();
    assert_eq!(jobs, 1, "the queue recalculates");
    clock::recalculate(&app.state).await.unwrap();
    clock::recalculate(&app.state).await.unwrap();
    assert_eq!(app.steps().await, ["liaisons 11-18 10:00 due 11-23 10:00"]);
    assert_eq!(app.at("2026-11-20T10:00").await, 1, "half is left, a day later");
    app.sign_in("lead").await.get(&path).await.expect(200).says("1 working day left");
}

#[tokio::test]
async fn one_that_cannot_be_moved_does_not_stop_the_others() {
    let (app, geo) = TestApp::with_project().await;
    raised(&app, geo).await;
    raised(&app, geo).await;
    let mut sql = app.sql().await;
    sqlx::query("update escalations set wake_at = due_at").execute(&mut sql).await.unwrap();
    // A row that no transition can follow: the step it would enter is there already.
    sqlx::query(
        "insert into escalation_steps (project_id, escalation_id, step, entered_at, due_at, left_at)
         select project_id, id, 'lead', raised_at, due_at, due_at from escalations where number = 1",
    )
    .execute(&mut sql)
    .await
    .unwrap();
    sqlx::query("update escalation_steps set warned = 'quarter'").execute(&mut sql).await.unwrap();
    app.at("2026-11-20T10:00").await;
    assert_eq!(app.ticks().await, ["E-2 with_lead"]);
    let state = value(&app, "select state from escalations where number = 1").await;
    assert_eq!(state, "with_liaisons");
    assert_eq!(app.at("2026-11-20T10:05").await, 0, "looked at again after ten minutes only");
}

/// The real program on a database of the test's.
struct Worker(Child);

impl Worker {
    fn start(app: &TestApp) -> Self {
        let url = app.options().to_url_lossy().to_string();
        let program = Command::new(env!("CARGO_BIN_EXE_tutti"))
            .arg("serve")
            .env("DATABASE_URL", url)
            .env("TUTTI_LISTEN", "127.0.0.1:0")
            .env("TUTTI_LOG", "error")
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn();
        Self(program.unwrap())
    }
}

impl Drop for Worker {
    /// `kill -9`.
    fn drop(&mut self) {
        let _killed = self.0.kill();
        let _reaped = self.0.wait();
    }
}

/// How many escalations the test moves.
const MANY: usize = 300;

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn two_workers_one_of_them_killed_change_each_step_once() {
    statements::listen();
    let (app, geo) = TestApp::with_project().await;
    raised(&app, geo).await;
    let mut sql = app.sql().await;
    // Raised in the spring, whatever the day is: every step's time is long over.
    sqlx::query(
        "insert into escalations (project_id, id, number, question, kind, category, raised_by, from_part_id, to_part_id, state,
                                  due_at, raised_at, wake_at)
         select project_id, gen_random_uuid(), 1 + n, question, kind, category, raised_by, from_part_id, to_part_id, state,
                '2026-03-04T02:00:00Z', '2026-03-02T02:00:00Z', '2026-03-04T02:00:00Z'
         from escalations, generate_series(1, $1) n",
    )
    .bind(i32::try_from(MANY).unwrap())
    .execute(&mut sql)
    .await
    .unwrap();
    sqlx::query(
        "insert into escalation_steps (project_id, escalation_id, step, entered_at, due_at, limit_minutes, warned)
         select project_id, id, 'liaisons', raised_at, due_at, 960, 'quarter' from escalations where number > 1",
    )
    .execute(&mut sql)
    .await
    .unwrap();
    let mut workers = vec![Worker::start(&app), Worker::start(&app)];
    let began = Instant::now();
    loop {
        // More jobs than the killed one can take with it.
        sqlx::query("select enqueue_job('decisions.run_clocks', '{}', now())").execute(&mut sql).await.unwrap();
        let (moved, done): (i64, i64) = sqlx::query_as(
            "select count(*) filter (where state = 'with_committee'), count(*) filter (where state = 'with_committee' and wake_at is null)
             from escalations where number > 1",
        )
        .fetch_one(&mut sql)
        .await
        .unwrap();
        if moved > 20 && workers.len() == 2 {
            drop(workers.remove(0));
        }
        if usize::try_from(done).unwrap() == MANY {
            break;
        }
        assert!(began.elapsed() < Duration::from_secs(60), "{moved} moved, {done} done");
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
    assert_eq!(workers.len(), 1, "one was killed on the way");
    let events: Vec<(String, i64)> = sqlx::query_as(
        "select coalesce(after->>'time_left', after->>'state'), count(*) from events
         where kind in ('escalation.time_runs_out', 'escalation.time_over') and subject_label <> 'E-1' group by 1 order by 1",
    )
    .fetch_all(&mut sql)
    .await
    .unwrap();
    let many = i64::try_from(MANY).unwrap();
    let expected = [("over", many), ("with_committee", many), ("with_lead", many)];
    assert_eq!(events, expected.map(|(what, count)| (what.to_owned(), count)));
    let ways: Vec<String> = sqlx::query_scalar(
        "select distinct string_agg(step || ' ' || to_char(entered_at at time zone 'Asia/Shanghai', 'MM-DD HH24:MI'), ', ' order by entered_at)
         from escalation_steps s join escalations e on e.project_id = s.project_id and e.id = s.escalation_id where e.number > 1
         group by s.escalation_id",
    )
    .fetch_all(&mut sql)
    .await
    .unwrap();
    assert_eq!(ways, ["liaisons 03-02 10:00, lead 03-04 10:00, committee 03-06 10:00"]);
}

#[tokio::test]
async fn a_job_exists_exactly_when_its_change_does() {
    let app = TestApp::organisation().await;
    let mut lease = app.state.db.begin().await.unwrap();
    let name = "departments.calendar_changed";
    tutti::platform::jobs::enqueue(&mut lease, name, serde_json::json!({}), None).await.unwrap();
    drop(lease);
    let waiting = async || -> i64 {
        sqlx::query_scalar("select count(*) from graphile_worker._private_jobs")
            .fetch_one(&mut app.sql().await)
            .await
            .unwrap()
    };
    assert_eq!(waiting().await, 0, "rolled back");
    let mut lease = app.state.db.begin().await.unwrap();
    tutti::platform::jobs::enqueue(&mut lease, name, serde_json::json!({}), None).await.unwrap();
    lease.commit().await.unwrap();
    assert_eq!(waiting().await, 1);
    let worker = tutti::jobs::worker(&app.state).await.unwrap();
    worker.run_once().await.unwrap();
    assert_eq!(waiting().await, 0, "done");
}

#[tokio::test]
async fn what_comes_by_itself_runs_with_the_payload_it_comes_with() {
    let app = TestApp::organisation().await;
    let mut sql = app.sql().await;
    let jobs = tutti::jobs::by_themselves();
    assert_eq!(jobs.len(), 9);
    for job in &jobs {
        sqlx::query("select enqueue_job($1, $2, now())")
            .bind(&job.task_identifier)
            .bind(job.payload.clone().unwrap_or_default())
            .execute(&mut sql)
            .await
            .unwrap();
    }
    tutti::jobs::worker(&app.state).await.unwrap().run_once().await.unwrap();
    let failed: Vec<String> =
        sqlx::query_scalar("select last_error from graphile_worker._private_jobs").fetch_all(&mut sql).await.unwrap();
    assert_eq!(failed, [""; 0]);
}

#[tokio::test]
async fn an_archived_project_gets_the_time_back_and_a_draft_has_no_clocks() {
    let (app, geo) = TestApp::with_project().await;
    raised(&app, geo).await;
    let mut lead = app.sign_in("lead").await;
    assert_eq!(app.at("2026-11-18T12:00").await, 0);
    lead.post("/p/GEO/settings/archive", &[]).await.expect(303);
    assert_eq!(app.at("2026-11-25T12:00").await, 0);
    lead.post("/p/GEO/settings/restore", &[]).await.expect(303);
    lead.post("/p/GEO/settings/restore", &[]).await.expect(303);
    assert_eq!(app.at("2026-11-25T12:01").await, 0, "nothing is due at once");
    assert_eq!(app.steps().await, ["liaisons 11-18 10:00 due 11-27 10:00"]);
    assert_eq!(app.at("2026-11-26T10:00").await, 1, "half is left");
    sqlx::query("update projects set state = 'draft', published_at = null where id = $1")
        .bind(geo)
        .execute(&mut app.sql().await)
        .await
        .unwrap();
    for path in ["/p/GEO/escalations/new", "/p/GEO/requests/new"] {
        lead.get(path).await.expect(403);
    }
}

#[tokio::test]
async fn shorter_hours_leave_a_limit_its_days() {
    let (app, geo) = TestApp::with_project().await;
    raised(&app, geo).await;
    assert_eq!(app.steps().await, ["liaisons 11-18 10:00 due 11-20 10:00"]);
    let short = [
        ("version", "1"),
        ("working_day", "1"),
        ("working_day", "2"),
        ("working_day", "3"),
        ("working_day", "4"),
        ("working_day", "5"),
        ("day_starts", "10:00"),
        ("day_ends", "16:00"),
    ];
    app.sign_in("admin").await.submit("/admin/calendar/hours", &short).await.expect(200);
    clock::recalculate(&app.state).await.unwrap();
    assert_eq!(
        app.steps().await,
        ["liaisons 11-18 10:00 due 11-19 16:00"],
        "two days, not eight hours more than there are"
    );
}
