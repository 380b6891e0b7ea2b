//! The daily letters of ten thousand people: composed and queued by the job, in this process, against a real database.

use super::{DATABASE, database, option};
use jiff::Timestamp;
use sqlx::{AssertSqlSafe, Connection, Executor, PgConnection};
use std::{
    sync::atomic::{AtomicU64, Ordering},
    time::Instant,
};
use tracing::{Event, Metadata, Subscriber, span};
use tutti::{
    notices::letters,
    platform::{clock::Clock, config::Config, db::Database},
    web::AppState,
};

/// A Wednesday, past everybody's hour.
const MORNING: &str = "2026-11-18T04:00:00Z";

static STATEMENTS: AtomicU64 = AtomicU64::new(0);

/// Counts what sqlx says of each statement.
struct Counter;

impl Subscriber for Counter {
    fn enabled(&self, metadata: &Metadata<'_>) -> bool {
        metadata.target() == "sqlx::query"
    }
    fn new_span(&self, _: &span::Attributes<'_>) -> span::Id {
        span::Id::from_u64(1)
    }
    fn record(&self, _: &span::Id, _: &span::Record<'_>) {}
    fn record_follows_from(&self, _: &span::Id, _: &span::Id) {}
    fn event(&self, _: &Event<'_>) {
        STATEMENTS.fetch_add(1, Ordering::Relaxed);
    }
    fn enter(&self, _: &span::Id) {}
    fn exit(&self, _: &span::Id) {}
}

/// Prints how long the letters to `--people` people (10000) with `--lines` unread lines each (5) take.
pub async fn measure(arguments: &[String]) {
    tracing::subscriber::set_global_default(Counter).unwrap();
    let (people, lines) = (option(arguments, "--people", 10_000), option(arguments, "--lines", 5));
    let (base, cluster) = database().await;
    let mut admin = PgConnection::connect_with(&base.clone().database("postgres")).await.unwrap();
    admin.execute(AssertSqlSafe(format!("drop database if exists {DATABASE} with (force)"))).await.unwrap();
    admin.execute(AssertSqlSafe(format!("create database {DATABASE}"))).await.unwrap();
    admin.close().await.unwrap();
    let options = base.database(DATABASE);
    let db = Database::open(options.clone(), 8);
    db.migrate().await.unwrap();
    let mut sql = PgConnection::connect_with(&options).await.unwrap();
    fill(&mut sql, people, lines).await;

    let config = Config { smtp_url: Some("smtp://127.0.0.1:9".to_owned()), ..Config::plain() };
    let clock = Clock::held(MORNING.parse::<Timestamp>().unwrap());
    let state = AppState::new(db, config, clock);
    println!("resident before: {} MB", resident());
    STATEMENTS.store(0, Ordering::Relaxed);
    let began = Instant::now();
    let queued = letters::digest(&state).await.unwrap();
    let took = began.elapsed().as_secs_f64();
    let statements = STATEMENTS.load(Ordering::Relaxed);
    let (letters, links): (i64, i64) =
        sqlx::query_as("select (select count(*) from outbox), (select count(*) from work_links)")
            .fetch_one(&mut sql)
            .await
            .unwrap();
    assert_eq!(u64::try_from(letters).unwrap(), people, "one letter a person");
    #[allow(clippy::cast_precision_loss, reason = "a figure to read")]
    let (queued, each) = (queued as f64, statements as f64 / people as f64);
    println!("{people} people with {lines} lines each: {took:.1} s, {:.0} letters per second", queued / took);
    println!("{each:.2} statements a person ({statements} in all), {links} links to tasks");
    println!("resident after: {} MB", resident());
    let again = Instant::now();
    assert_eq!(letters::digest(&state).await.unwrap(), 0, "nobody gets two");
    println!("a look when nothing is due: {:.0} ms", again.elapsed().as_secs_f64() * 1000.0);
    drop(state);
    sql.close().await.unwrap();
    if let Some(cluster) = cluster {
        cluster.stop().await.unwrap();
    }
}

/// Ten departments of a hundred projects with a liaison each, and everybody with unread news of tasks of one project.
async fn fill(sql: &mut PgConnection, people: u64, lines: u64) {
    super::fill::organisation(sql).await;
    super::fill::grow(sql, super::fill::Size { projects: 100, tasks: 2_000, people: 0, events: 0 }).await;
    sql.execute(AssertSqlSafe(format!(
        "insert into people (id, email, name, role, created_at)
           select gen_random_uuid(), 'reader' || n || '@bench.example', 'Reader ' || n, 'member', now()
           from generate_series((select count(*) from people) + 1, {people}) n;
         update people set role = 'member';
         update projects set visibility = 'organisation';
         insert into seats (project_id, id, person_id, part_id, role, created_at)
           select parts.project_id, gen_random_uuid(), readers.id, parts.id, 'liaison', now()
           from (select parts.*, row_number() over (order by project_id, position) as n from parts) parts
           join (select people.*, row_number() over (order by id) as n from people where email like 'reader%') readers using (n);
         insert into events (id, at, project_id, actor_name, kind, subject_kind, subject_id, subject_label, subject_title, before, after)
           select gen_random_uuid(), '2026-11-17T08:00:00Z', tasks.project_id, 'Lin Yue', 'task.moved', 'task', tasks.id,
                  projects.key || '-' || tasks.number, tasks.title, '{{\"due_on\": \"2026-11-20\"}}', '{{\"due_on\": \"2026-11-27\"}}'
           from tasks join projects on projects.id = tasks.project_id;
         insert into notices (person_id, project_id, subject_id, event_id, topic, at)
           select readers.id, told.project_id, told.subject_id, told.id, 'tasks', told.at
           from (select people.*, row_number() over (order by id) as n from people) readers
           cross join generate_series(1, {lines}) line
           join (select events.*, row_number() over (order by id) as n, count(*) over () as events from events) told
             on told.n = 1 + (readers.n * 7 + line) % told.events"
    )))
    .await
    .unwrap();
    sql.execute("vacuum analyze").await.unwrap();
}

/// Resident memory of this process in MB, as Linux counts it.
fn resident() -> u64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:"));
    line.and_then(|rest| rest.split_whitespace().next())
        .and_then(|text| text.parse::<u64>().ok())
        .map_or(0, |kb| kb / 1024)
}
