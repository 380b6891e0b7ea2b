//! What happened: append-only, one line for each thing changed, none without, read by keyset.

use crate::support::TestApp;
use sqlx::Executor;
use tutti::{
    events::{
        Change, CommitError, Event, Kind, Subject, SubjectKind,
        store::{Filter, read},
    },
    platform::ids::{self, PersonId, ProjectId},
};
use uuid::Uuid;

fn event(kind: Kind, id: Uuid) -> Event {
    Event::new(kind, Subject::new(SubjectKind::Task, id, "GEO-1", "Price list"))
}

#[tokio::test]
async fn events_are_never_changed() {
    let app = TestApp::organisation().await;
    let mut change = Change::by(&app.state, None, "", "r1").await.unwrap();
    change.record(event(Kind::TaskCreated, ids::new_uuid()));
    change.commit().await.unwrap();
    for statement in ["update events set actor_name = 'nobody'", "delete from events", "truncate events"] {
        let refusal = app.sql().await.execute(statement).await.unwrap_err();
        assert!(refusal.to_string().contains("rows of events are never changed"), "{statement}: {refusal}");
    }
}

#[tokio::test]
async fn a_change_without_an_event_does_not_commit() {
    let app = TestApp::organisation().await;
    let mut change = Change::by(&app.state, None, "", "").await.unwrap();
    sqlx::query("update organisations set name = 'Changed'").execute(change.conn()).await.unwrap();
    assert!(matches!(change.commit().await, Err(CommitError::NothingRecorded)));
    let name: String =
        sqlx::query_scalar("select name from organisations").fetch_one(&mut app.sql().await).await.unwrap();
    assert_eq!(name, "Qiming");
}

#[tokio::test]
async fn each_thing_has_its_own_line_with_the_same_moment_and_request() {
    let app = TestApp::organisation().await;
    let admin = PersonId(app.id_of("admin").await);
    let mut change = Change::by(&app.state, Some(admin), "admin", "r7").await.unwrap();
    let (first, second) = (ids::new_uuid(), ids::new_uuid());
    change.record(event(Kind::TaskCreated, first));
    change.record(event(Kind::TaskStatusChanged, second).field("status", "todo", "done"));
    change.commit().await.unwrap();
    let mut lease = app.state.db.lease().await.unwrap();
    let lines = read(&mut lease, &Filter { actor: Some(admin), ..Filter::default() }, 10).await.unwrap();
    assert_eq!(lines.iter().map(|line| line.subject_id).collect::<Vec<_>>(), [second, first]);
    assert!(lines.iter().all(|line| line.request_id == "r7" && line.at == app.state.clock.now()));
    assert_eq!(lines[0].after["status"], "done");
}

/// Two hundred thousand lines of other projects, people and kinds stand in front of what is looked for.
async fn crowd(app: &TestApp) -> (Uuid, Uuid) {
    let (project, person) = (ids::new_uuid(), ids::new_uuid());
    let mut sql = app.sql().await;
    sqlx::query(
        "insert into events (id, at, project_id, actor_id, kind, subject_kind, subject_id)
         select (lpad(to_hex(n), 8, '0') || repeat('0', 24))::uuid, '2026-01-01T00:00:00Z'::timestamptz + n * interval '1 minute',
                case when n % 50000 = 7 then $1 else md5((n % 50)::text)::uuid end,
                case when n % 50000 = 7 then $2 else md5((n % 90)::text)::uuid end,
                case when n % 50000 = 7 then 'organisation.changed' else 'task.changed' end, 'task', md5(n::text)::uuid
         from generate_series(1, 200000) as series (n)",
    )
    .bind(project)
    .bind(person)
    .execute(&mut sql)
    .await
    .unwrap();
    sqlx::query("analyze events").execute(&mut sql).await.unwrap();
    (project, person)
}

#[tokio::test]
async fn a_page_of_a_long_history_reads_few_lines() {
    let app = TestApp::organisation().await;
    let (project, person) = crowd(&app).await;
    let (project, person) = (ProjectId(project), PersonId(person));
    let day = |text: &str| Some(text.parse().unwrap());
    let plain = Filter::default;
    let newest = {
        let mut lease = app.state.db.lease().await.unwrap();
        read(&mut lease, &plain(), 50).await.unwrap()
    };
    assert_eq!(newest.len(), 50);
    for (name, filter, lines) in [
        ("newest", plain(), 50),
        ("older", Filter { older_than: Some(newest[49].id), ..plain() }, 50),
        ("project", Filter { project: Some(project), ..plain() }, 4),
        ("actor", Filter { actor: Some(person), ..plain() }, 4),
        ("people", Filter { people: vec![person], ..plain() }, 4),
        ("kind", Filter { kinds: vec![Kind::OrganisationChanged, Kind::SignedIn], ..plain() }, 4),
        ("subject", Filter { subject: Some(newest[3].subject_id), ..plain() }, 1),
        ("long ago", Filter { until: day("2026-02-01T00:00:00Z"), ..plain() }, 50),
        ("one hour", Filter { since: day("2026-02-01T00:00:00Z"), until: day("2026-02-01T00:10:00Z"), ..plain() }, 10),
        ("never", Filter { since: day("2030-01-01T00:00:00Z"), ..plain() }, 0),
        ("before all", Filter { until: day("2020-01-01T00:00:00Z"), ..plain() }, 0),
    ] {
        let mut lease = app.state.db.lease().await.unwrap();
        // The same prepared statement, often enough that a generic plan would be used if it looked cheaper.
        for _ in 0..8 {
            assert_eq!(read(&mut lease, &filter, 50).await.unwrap().len(), lines, "{name}");
        }
        let before = fetched(&mut lease).await;
        read(&mut lease, &filter, 50).await.unwrap();
        let after = fetched(&mut lease).await;
        assert!(after - before <= 500, "{name} looked at {} lines", after - before);
    }
}

/// How many lines of `events` all statements have looked at so far, by index or not.
pub async fn fetched(conn: &mut sqlx::PgConnection) -> i64 {
    sqlx::query("select pg_stat_force_next_flush()").execute(&mut *conn).await.unwrap();
    sqlx::query("select pg_stat_clear_snapshot()").execute(&mut *conn).await.unwrap();
    sqlx::query_scalar(
        "select seq_tup_read + (select sum(idx_tup_read)::bigint from pg_stat_user_indexes where relname = 'events')
         from pg_stat_user_tables where relname = 'events'",
    )
    .fetch_one(conn)
    .await
    .unwrap()
}
