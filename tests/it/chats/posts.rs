//! What robots are told: every event once and in order, folded, at least once whatever breaks, and nothing that only some see.

use super::{PAGE, added, inside};
use crate::support::{
    TestApp,
    disputes::{raised_as, value},
    webhook::{Reply, Told, Webhook},
};
use jiff::SignedDuration;
use sqlx::ConnectOptions;
use std::{
    process::{Child, Command, Stdio},
    time::{Duration, Instant},
};
use tutti::{
    chats::posts,
    events::{Change, Event, Kind, Subject, SubjectKind},
    notices,
    platform::ids::{ProjectId, new_uuid},
};
use uuid::Uuid;

struct Stage {
    app: TestApp,
    geo: Uuid,
    webhook: Webhook,
    /// The robot's page.
    path: String,
}

impl Stage {
    /// A robot that is told of everything.
    async fn new(replies: impl IntoIterator<Item = Reply>) -> Self {
        let (app, geo) = TestApp::with_project_and(inside).await;
        let webhook = Webhook::start(replies).await;
        let url = webhook.url();
        let all = [("address", url.as_str()), ("topic_requests", "1"), ("topic_gates", "1"), ("topic_blocked", "1")];
        let path = added(&mut app.sign_in("lead").await, &all).await;
        Self { app, geo, webhook, path }
    }

    async fn record(&self, kind: Kind, subject: SubjectKind, label: &str, title: &str) {
        let mut change = Change::by(&self.app.state, None, "Lin Yue", "r").await.unwrap();
        let event = Event::new(kind, Subject::new(subject, new_uuid(), label, title)).of(ProjectId(self.geo));
        change.record(event.field("status", "doing", "blocked"));
        change.commit().await.unwrap();
    }

    /// Milestones that were reached, by their names.
    async fn reached(&self, names: &[&str]) {
        for name in names {
            self.record(Kind::MilestoneReached, SubjectKind::Milestone, "", name).await;
        }
    }

    /// Lets what is due be told: how many posts were sent.
    async fn run(&self) -> usize {
        self.app.settled().await;
        posts::run(&self.app.state, &self.app.state.outgoing).await.unwrap()
    }

    fn later(&self, seconds: i64) {
        let now = self.app.state.clock.now();
        self.app.state.clock.set(now.checked_add(SignedDuration::from_secs(seconds)).unwrap());
    }

    /// Asks the queue for the job until the chat was told so often.
    async fn is_told_by_job(&self, times: usize) {
        let mut sql = self.app.sql().await;
        let began = Instant::now();
        while self.webhook.told().len() < times {
            assert!(began.elapsed() < Duration::from_secs(40), "told {:?}", self.names());
            sqlx::query("select enqueue_job('chats.post', '{}', now())").execute(&mut sql).await.unwrap();
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
    }

    /// The names of the milestones in what was told, a list each.
    fn names(&self) -> Vec<Vec<String>> {
        self.webhook.told().iter().map(names).collect()
    }

    async fn states(&self) -> String {
        value(&self.app, "select coalesce(string_agg(state || ' ' || tries || coalesce(' ' || trouble, ''), ', ' order by id), '') from chat_posts").await
    }
}

fn names(told: &Told) -> Vec<String> {
    let lines = told.lines();
    let told = lines.iter().filter_map(|line| line.split_once("the milestone <")?.1.split_once('|')?.1.split_once('>'));
    told.map(|(name, _)| name.to_owned()).collect()
}

#[tokio::test]
async fn what_happened_since_the_last_time_is_one_message_in_order() {
    let stage = Stage::new([]).await;
    assert_eq!(stage.run().await, 0, "its own set-up is no news");
    stage.reached(&["One", "Two", "Three"]).await;
    assert_eq!(stage.run().await, 1);
    assert_eq!(stage.run().await, 0, "told once");
    let told = stage.webhook.told();
    assert_eq!(told[0].lines()[0], "GEO Monitor");
    let line = "Lin Yue marked the milestone <http://127.0.0.1:3000/p/GEO/milestones|One> as reached";
    assert_eq!(told[0].lines()[1], line);
    assert_eq!(stage.names(), [["One", "Two", "Three"]]);
    for _ in 0..18 {
        stage.reached(&["More"]).await;
    }
    stage.reached(&["Last"]).await;
    assert_eq!(stage.run().await, 1);
    let told = stage.webhook.told();
    assert_eq!(names(&told[1]), ["More"; 15]);
    let lines = told[1].lines();
    assert_eq!(
        lines[lines.len() - 2..],
        ["and 4 more changes", "<http://127.0.0.1:3000/p/GEO/history|See everything in Tutti>"]
    );
    assert_ne!(told[0].key, told[1].key);
    let ids = value(&stage.app, "select string_agg(id::text, ' ' order by id) from chat_posts").await;
    assert_eq!(ids, format!("{} {}", told[0].key, told[1].key), "the id that the log names");
    stage.app.sign_in("lead").await.get(PAGE).await.expect(200).says("Last post Wed 18 Nov, 10:00");
}

#[tokio::test]
async fn a_robot_hears_of_what_it_is_for_in_its_language() {
    let stage = Stage::new([]).await;
    let second = Webhook::start([]).await;
    let url = second.url();
    let mut lead = stage.app.sign_in("lead").await;
    let path = added(&mut lead, &[("address", &url), ("language", "zh-CN")]).await;
    stage
        .record(Kind::TaskStatusChanged, SubjectKind::Task, "GEO-7", "Price <!channel> [list](http://evil) @all")
        .await;
    stage.record(Kind::StageStarted, SubjectKind::Stage, "A2", "Launch").await;
    stage.record(Kind::EscalationRaised, SubjectKind::Escalation, "E-1", "What price?").await;
    for kind in [Kind::BallotCast, Kind::PositionWritten, Kind::SteppedAside, Kind::GuestAsked, Kind::PackKept] {
        stage.record(kind, SubjectKind::Escalation, "E-1", "What price?").await;
    }
    stage.record(Kind::SeatGiven, SubjectKind::Seat, "", "He Jing").await;
    assert_eq!(stage.run().await, 2);
    let told = stage.webhook.told();
    let lines = told[0].lines();
    assert_eq!(lines.len(), 5, "{lines:?}");
    assert_eq!(
        lines[1],
        "Lin Yue marked <http://127.0.0.1:3000/p/GEO/tasks/7|GEO-7 Price ＜!channel＞ ［list］(http：//evil) ＠all> as blocked"
    );
    let lines = second.told()[0].lines();
    assert_eq!(lines[1], "Lin Yue 发起了上报 <http://127.0.0.1:3000/p/GEO/escalations/1|E-1“What price?”>");
    assert_eq!(lines.len(), 3, "neither gates nor tasks: {lines:?}");
    // What happens while it is paused is not told later.
    lead.post(&format!("{path}/pause"), &[]).await.expect(303);
    stage.record(Kind::EscalationRaised, SubjectKind::Escalation, "E-2", "Which city?").await;
    assert_eq!(stage.run().await, 1);
    lead.post(&format!("{path}/resume"), &[]).await.expect(303);
    stage.record(Kind::EscalationRaised, SubjectKind::Escalation, "E-3", "Which day?").await;
    assert_eq!(stage.run().await, 2);
    let told = second.told();
    assert_eq!(told.len(), 2);
    assert!(told[1].lines()[1].contains("E-3") && told[1].lines().len() == 3, "{:?}", told[1].lines());
}

#[tokio::test]
async fn a_disagreement_brought_up_through_the_pages_is_told() {
    let stage = Stage::new([]).await;
    raised_as(&stage.app, stage.geo, "lead_quality", ("SAL", "MKT"), "other").await;
    assert_eq!(stage.run().await, 1);
    let lines = stage.webhook.told()[0].lines();
    assert_eq!(lines.len(), 3, "raised, and neither evidence nor position: {lines:?}");
    assert!(
        lines[1].starts_with("other raised <http://127.0.0.1:3000/p/GEO/escalations/1|E-1 “What should"),
        "{lines:?}"
    );
}

/// A promise slips when its task is moved beyond the day: that, and no other move of a task.
#[tokio::test]
async fn a_promise_that_slips_is_told() {
    let stage = Stage::new([]).await;
    let app = &stage.app;
    for title in ["Promised", "Another"] {
        app.task(stage.geo, "MKT", title, Some("liaison"), "2026-12-01").await;
    }
    sqlx::raw_sql(sqlx::AssertSqlSafe(format!(
        "insert into requests (project_id, id, number, title, from_part_id, to_part_id, wanted_on, asked_by, asked_at, answer_due_at, state, promised_on, promised_task_id)
           select '{geo}', '{id}', 1, 'Price book', sal.id, mkt.id, '2026-12-01', people.id, '2026-11-17T00:00:00Z', null, 'accepted', '2026-12-01', tasks.id
           from people, parts mkt, parts sal, tasks where people.name = 'other' and mkt.project_id = '{geo}' and mkt.code = 'MKT' and sal.project_id = '{geo}' and sal.code = 'SAL' and tasks.title = 'Promised';
         insert into request_moves (project_id, id, request_id, position, kind, by_id, day, at)
           select '{geo}', gen_random_uuid(), '{id}', 1, 'accepted', id, '2026-12-01', '2026-11-17T00:00:00Z' from people where name = 'other'",
        geo = stage.geo,
        id = new_uuid(),
    )))
    .execute(&mut app.sql().await)
    .await
    .unwrap();
    for (title, due) in [("Promised", "2026-11-30"), ("Another", "2026-12-09"), ("Promised", "2026-12-08")] {
        let id: Uuid = sqlx::query_scalar("select id from tasks where title = $1")
            .bind(title)
            .fetch_one(&mut app.sql().await)
            .await
            .unwrap();
        stage.later(60);
        let mut change = Change::by(&app.state, None, "Lin Yue", "r").await.unwrap();
        let subject = Subject::new(SubjectKind::Task, id, "GEO-1", title);
        change.record(Event::new(Kind::TaskMoved, subject).of(ProjectId(stage.geo)).field("due_on", "2026-12-01", due));
        change.commit().await.unwrap();
    }
    assert_eq!(stage.run().await, 1);
    let lines = stage.webhook.told()[0].lines();
    assert_eq!(lines.len(), 3, "{lines:?}");
    assert!(lines[1].contains("Promised") && lines[1].ends_with("(1 Dec 2026 → 8 Dec 2026)"), "{lines:?}");
}

#[tokio::test]
async fn whatever_breaks_nothing_is_lost_and_the_order_stays() {
    let stage = Stage::new([
        Reply::Say(500, "", ""),
        Reply::Hang,
        Reply::SlowBody,
        Reply::HugeBody,
        Reply::Say(429, "Retry-After: 900\r\n", ""),
    ])
    .await;
    stage.reached(&["One"]).await;
    assert_eq!(stage.run().await, 0);
    assert_eq!(stage.states().await, "waiting 1 busy");
    for (wait, trouble) in [(30, "too_slow"), (60, "too_slow"), (120, "unreadable"), (240, "busy")] {
        let told = stage.webhook.told().len();
        stage.later(wait - 1);
        assert_eq!(stage.run().await, 0);
        assert_eq!(stage.webhook.told().len(), told, "not yet");
        stage.later(1);
        stage.reached(&["Meanwhile"]).await;
        assert_eq!(stage.run().await, 0);
        assert_eq!(stage.webhook.told().len(), told + 1);
        assert!(stage.states().await.ends_with(trouble), "{}", stage.states().await);
    }
    stage.app.sign_in("lead").await.get(PAGE).await.expect(200).says("could not be sent").says("Waits");
    stage.later(899);
    assert_eq!(stage.run().await, 0, "the service asked for a quarter of an hour");
    stage.later(1);
    assert_eq!(stage.run().await, 1);
    assert_eq!(stage.run().await, 1, "and then what happened meanwhile");
    let all = stage.webhook.told();
    assert_eq!(all.len(), 7);
    assert!(all[..6].iter().all(|told| told.key == all[0].key && names(told) == ["One"]), "the same post each time");
    assert_eq!(names(&all[6]), ["Meanwhile"; 4]);
    assert_eq!(stage.states().await, "sent 6, sent 1");
}

#[tokio::test]
async fn a_robot_that_is_refused_is_paused_and_the_lead_told() {
    let stage = Stage::new([Reply::Say(404, "", "no_service verysecrettoken0123")]).await;
    stage.reached(&["One"]).await;
    assert_eq!(stage.run().await, 0);
    stage.reached(&["Two"]).await;
    assert_eq!(stage.run().await, 0);
    assert_eq!(stage.webhook.told().len(), 1, "asked no more");
    notices::tell(&stage.app.state).await.unwrap();
    let mut lead = stage.app.sign_in("lead").await;
    let inbox = lead.get("/inbox").await.expect(200);
    let inbox = inbox.says("The chat robot Launch group cannot post any more and is paused");
    let line = "select '/inbox/' || notices.id from notices join events on events.id = event_id where events.kind = 'robot.failed'";
    let action = value(&stage.app, line).await;
    assert!(inbox.body.contains(&action));
    assert_eq!(lead.post(&action, &[]).await.expect(303).location(), PAGE);
    let page = lead.get(PAGE).await.expect(200).says("Paused after a failure").says("Code 404.");
    assert!(!page.body.contains("verysecret"));
    let told = value(&stage.app, "select string_agg(after::text, ' ') from events where kind = 'robot.failed'").await;
    assert_eq!(told, r#"{"pause": "refused"}"#);
    assert_eq!(stage.states().await, "given_up 1");
    let mut viewer = stage.app.sign_in("viewer").await;
    let history = viewer.get("/p/GEO/history").await.expect(200).says("cannot post any more");
    assert!(!history.body.contains("settings/chat"), "a link that the reader may not follow");
    // Mended: of what happens from now on.
    lead.post(&format!("{}/resume", stage.path), &[]).await.expect(303);
    stage.reached(&["Three"]).await;
    assert_eq!(stage.run().await, 1);
    assert_eq!(stage.names()[1], ["Three"]);
}

#[tokio::test]
async fn who_is_silent_for_a_day_is_paused() {
    let stage = Stage::new(vec![Reply::Say(503, "", ""); 20]).await;
    stage.reached(&["One"]).await;
    for _ in 0..20 {
        stage.run().await;
        stage.later(6 * 3600);
    }
    assert_eq!(stage.webhook.told().len(), 12);
    stage.app.sign_in("lead").await.get(PAGE).await.expect(200).says("No message got through for a day");
    assert_eq!(stage.states().await, "given_up 12");
}

#[tokio::test]
async fn two_workers_send_each_post_once() {
    let stage = Stage::new([]).await;
    let beside = stage.app.beside();
    for round in 0..5 {
        stage.reached(&["One", "Two"]).await;
        stage.app.settled().await;
        let (one, two) = tokio::join!(
            posts::run(&stage.app.state, &stage.app.state.outgoing),
            posts::run(&beside.state, &beside.state.outgoing)
        );
        one.unwrap();
        two.unwrap();
        stage.run().await;
        assert_eq!(stage.names().len(), round + 1);
    }
    assert!(stage.names().iter().all(|names| names == &["One", "Two"]), "{:?}", stage.names());
}

/// Who began first may end last: what a slow transaction did is told after it has committed, once.
#[tokio::test]
async fn what_commits_late_is_not_passed_over() {
    let stage = Stage::new([]).await;
    let mut slow = Change::by(&stage.app.state, None, "Lin Yue", "r").await.unwrap();
    let subject = Subject::new(SubjectKind::Milestone, new_uuid(), "", "Slow");
    sqlx::query("select pg_current_xact_id()").execute(slow.conn()).await.unwrap();
    stage.reached(&["Quick"]).await;
    let early = posts::run(&stage.app.state, &stage.app.state.outgoing).await.unwrap();
    assert_eq!(early, 0, "below a transaction under way");
    slow.record(Event::new(Kind::MilestoneReached, subject).of(ProjectId(stage.geo)));
    slow.commit().await.unwrap();
    assert_eq!(stage.run().await, 1);
    assert_eq!(stage.names(), [["Slow", "Quick"]]);
}

#[tokio::test]
async fn nothing_is_told_of_drafts_and_archived_projects() {
    let stage = Stage::new([Reply::Say(500, "", "")]).await;
    let mut sql = stage.app.sql().await;
    stage.reached(&["One"]).await;
    stage.run().await;
    assert_eq!(stage.states().await, "waiting 1 busy");
    for state in ["archived", "draft"] {
        sqlx::query("update projects set state = $1 where key = 'GEO'").bind(state).execute(&mut sql).await.unwrap();
        stage.reached(&["Quiet"]).await;
        stage.later(3600);
        assert_eq!(stage.run().await, 0);
    }
    assert_eq!(stage.states().await, "dropped 1 busy");
    sqlx::query("update projects set state = 'active' where key = 'GEO'").execute(&mut sql).await.unwrap();
    stage.reached(&["Again"]).await;
    assert_eq!(stage.run().await, 1);
    assert_eq!(stage.names()[1], ["Again"]);
}

/// The real program on the test's database; it may reach loopback.
struct Worker(Child);

impl Worker {
    fn start(app: &TestApp) -> Self {
        let program = Command::new(env!("CARGO_BIN_EXE_tutti"))
            .arg("serve")
            .env("DATABASE_URL", app.options().to_url_lossy().to_string())
            .env("TUTTI_LISTEN", "127.0.0.1:0")
            .env("TUTTI_OUTGOING_ALLOW", "127.0.0.1")
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

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_server_killed_while_it_posts_makes_one_double_at_most() {
    let stage = Stage::new([Reply::Hang]).await;
    stage.reached(&["One", "Two"]).await;
    stage.app.settled().await;
    let mut sql = stage.app.sql().await;
    let worker = Worker::start(&stage.app);
    stage.is_told_by_job(1).await;
    drop(worker);
    stage.reached(&["Three"]).await;
    let _worker = Worker::start(&stage.app);
    // As if the two minutes were over for which it had taken the post.
    sqlx::query("update chat_posts set next_try_at = '2026-01-01T00:00:00Z'").execute(&mut sql).await.unwrap();
    stage.is_told_by_job(3).await;
    let told = stage.webhook.told();
    assert_eq!(stage.names(), [vec!["One", "Two"], vec!["One", "Two"], vec!["Three"]]);
    assert_eq!(told[0].key, told[1].key, "the double has the id of the first");
    assert_ne!(told[1].key, told[2].key);
}
