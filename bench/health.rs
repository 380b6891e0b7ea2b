//! The health of very many projects: computed by the job, in this process, against a real database.

use super::{DATABASE, database, fill, goals, option};
use sqlx::{AssertSqlSafe, Connection, Executor, PgConnection};
use std::time::{Duration, Instant};
use tutti::{
    lifecycle::health,
    platform::{clock::Clock, config::Config, db::Database},
    web::AppState,
};

/// Prints how long the job takes with `--projects` projects (1000) and `--tasks` tasks (100000): all of them on a new day, the
/// twenty in which something has happened, and none. Each has an objective with a key result of a year.
pub async fn measure(arguments: &[String]) {
    let (projects, tasks) = (option(arguments, "--projects", 1_000), option(arguments, "--tasks", 100_000));
    let (base, cluster) = database().await;
    let mut admin = PgConnection::connect_with(&base.clone().database("postgres")).await.unwrap();
    admin.execute(AssertSqlSafe(format!("drop database if exists {DATABASE} with (force)"))).await.unwrap();
    admin.execute(AssertSqlSafe(format!("create database {DATABASE}"))).await.unwrap();
    admin.close().await.unwrap();
    let options = base.database(DATABASE);
    let db = Database::open(options.clone(), 8);
    db.migrate().await.unwrap();
    let mut sql = PgConnection::connect_with(&options).await.unwrap();
    fill::organisation(&mut sql).await;
    fill::grow(&mut sql, fill::Size { projects, tasks, people: 500, events: 100_000 }).await;
    evidence(&mut sql).await;
    goals::fill(&mut sql, goals::Size { of: "true", each: 1, months: (12, 3) }).await;
    let state = AppState::new(db, Config::plain(), Clock::system());
    for (what, before) in [
        ("for the first time", "update project_health set is_stale = true"),
        ("on a new day", "update project_health set computed_on = computed_on - 1"),
        (
            "after something has happened in twenty",
            "insert into events (id, at, project_id, kind, subject_kind, subject_id)
             select gen_random_uuid(), now(), id, 'task.reviewed', 'task', gen_random_uuid() from projects order by id limit 20",
        ),
        ("when nothing has happened", "select 1"),
    ] {
        sql.execute(before).await.unwrap();
        let (computed, took) = run(&state).await;
        println!("{computed} projects computed {what}: {took:?}");
    }
    drop(state);
    sql.close().await.unwrap();
    if let Some(cluster) = cluster {
        cluster.stop().await.unwrap();
    }
}

async fn run(state: &AppState) -> (usize, Duration) {
    let began = Instant::now();
    (health::run(state).await.unwrap(), began.elapsed())
}

/// Every fifth task becomes evidence for the gate of its stage.
async fn evidence(sql: &mut PgConnection) {
    sql.execute(
        "begin;
         create temporary table made on commit drop as
           select project_id, id as task_id, stage_id, number, part_id, gen_random_uuid() as id from tasks where number % 5 = 0 and stage_id is not null;
         insert into duties (project_id, id, stage_id, position, code, title_en, title_zh, due_day, is_evidence)
           select project_id, id, stage_id, 1, 'evidence_' || number, 'Evidence', '依据', 5, true from made;
         insert into duty_letters (project_id, duty_id, part_id, letter)
           select project_id, id, part_id, letter from made, unnest(array['A', 'R']) letter;
         update tasks set duty_id = made.id from made where tasks.project_id = made.project_id and tasks.id = made.task_id;
         commit;
         analyze tasks, duties, duty_letters",
    )
    .await
    .unwrap();
}
