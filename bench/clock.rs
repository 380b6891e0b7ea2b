//! The clock of escalations: how many steps one process passes on in a second while very many are open.

use super::{DATABASE, SERVER, database, fill, option, resident, start_server_on};
use sqlx::{AssertSqlSafe, Connection, Executor, PgConnection};
use std::time::{Duration, Instant};

/// Prints the rate with `--open` open escalations (100000) of which `--due` are due (5000), and the time that one look takes
/// when none is.
pub async fn measure(arguments: &[String]) {
    let (open, due) = (option(arguments, "--open", 100_000), option(arguments, "--due", 5_000));
    let (base, cluster) = database().await;
    let mut admin = PgConnection::connect_with(&base.clone().database("postgres")).await.unwrap();
    admin.execute(AssertSqlSafe(format!("drop database if exists {DATABASE} with (force)"))).await.unwrap();
    admin.execute(AssertSqlSafe(format!("create database {DATABASE}"))).await.unwrap();
    let url = match &cluster {
        Some(cluster) => cluster.url(DATABASE),
        None => std::env::var("TUTTI_BENCH_DATABASE_URL").unwrap().replace("/postgres", &format!("/{DATABASE}")),
    };
    let (server, _) = start_server_on(&url, SERVER).await;
    let mut sql = PgConnection::connect_with(&base.clone().database(DATABASE)).await.unwrap();
    fill::organisation(&mut sql).await;
    fill::grow(&mut sql, fill::Size { projects: 200, tasks: 20_000, people: 500, events: 20_000 }).await;
    escalations(&mut sql, open, due).await;

    let waits = until(&mut sql, due, |left| left < due).await;
    println!("the clock looked after {waits:?}");
    let began = Instant::now();
    until(&mut sql, due, |left| left == 0).await;
    let took = began.elapsed();
    let moved = count(&mut sql, "select count(*) from escalation_steps where left_at is not null").await;
    let told = count(&mut sql, "select count(*) from events where kind like 'escalation.time%'").await;
    println!(
        "{moved} steps passed on, {told} events, in {took:?}: {:.0} steps a second with {open} open",
        moved as f64 / took.as_secs_f64()
    );
    println!("resident: {} MB", resident(&server));
    drop(server);
    sql.close().await.unwrap();
    if let Some(cluster) = cluster {
        cluster.stop().await.unwrap();
    }
}

/// Open escalations in all projects. Those that are due have been with the lead for longer than a working day; the others
/// have a year.
async fn escalations(sql: &mut PgConnection, open: u64, due: u64) {
    sql.execute("begin").await.unwrap();
    sql.execute(AssertSqlSafe(format!(
        "create temporary table made on commit drop as
           select gen_random_uuid() as id, n, n <= {due} as is_due, p.ids[1 + n % array_length(p.ids, 1)] as project_id
           from generate_series(1, {open}) n, (select array_agg(id) as ids from projects) p;
         insert into escalations (project_id, id, number, question, kind, category, raised_by, from_part_id, to_part_id, state, due_at, wake_at, raised_at)
           select made.project_id, made.id, made.n, 'What should the plan cost at launch, in case ' || made.n || '?', 'price_too_high', 'price',
                  (select id from people order by id limit 1), pair.ids[1], pair.ids[2], 'with_lead', moments.due, moments.due, now() - interval '4 days'
           from made
           join (select project_id, array_agg(id order by position) as ids from parts group by project_id) pair using (project_id)
           cross join lateral (select case when is_due then now() - interval '1 hour' else now() + interval '300 days' end as due) moments;
         insert into escalation_steps (project_id, escalation_id, step, entered_at, due_at, limit_minutes, warned)
           select project_id, id, 'lead', now() - interval '4 days', now(), case when is_due then 480 else 100000 end, 'quarter' from made;
         commit;
         analyze escalations, escalation_steps"
    )))
    .await
    .unwrap();
}

async fn count(sql: &mut PgConnection, question: &'static str) -> i64 {
    sqlx::query_scalar(question).fetch_one(sql).await.unwrap()
}

/// Waits until what is left to do is as wanted; how long that took.
async fn until(sql: &mut PgConnection, most: u64, wanted: impl Fn(u64) -> bool) -> Duration {
    let began = Instant::now();
    loop {
        let left = count(sql, "select count(*) from escalations where wake_at <= now()").await;
        let left = u64::try_from(left).unwrap();
        if left <= most && wanted(left) {
            return began.elapsed();
        }
        assert!(began.elapsed() < Duration::from_secs(600), "the clock stands: {left} left");
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
}
