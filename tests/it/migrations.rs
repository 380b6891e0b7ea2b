//! Every migration after the first release replays over sample rows, and names its constraints and indexes.

use crate::support::database::bare_database;
use sqlx::{AssertSqlSafe, Connection, Executor, PgConnection};
use tutti::platform::db::MIGRATIONS;

/// The last migration of the first release; `samples.sql` fits the tables as it leaves them.
const FIRST_RELEASE: i64 = 202_611_220_150;

#[tokio::test]
async fn later_migrations_replay_over_sample_rows() {
    let database = bare_database("replay").await;
    let mut sql = PgConnection::connect_with(&database.options).await.unwrap();
    for migration in MIGRATIONS.iter().filter(|migration| migration.version <= FIRST_RELEASE) {
        sql.execute(AssertSqlSafe(migration.sql.as_str().to_owned())).await.unwrap();
    }
    sql.execute(AssertSqlSafe(include_str!("samples.sql").to_owned())).await.unwrap();
    let empty: Vec<String> = empty_tables(&mut sql).await;
    assert!(empty.is_empty(), "samples.sql has no row for {empty:?}");
    for migration in MIGRATIONS.iter().filter(|migration| migration.version > FIRST_RELEASE) {
        sql.execute(AssertSqlSafe(migration.sql.as_str().to_owned()))
            .await
            .unwrap_or_else(|problem| panic!("{} does not replay: {problem}", migration.description));
    }
    sql.close().await.unwrap();
    database.drop().await;
}

async fn empty_tables(sql: &mut PgConnection) -> Vec<String> {
    let tables: Vec<String> =
        sqlx::query_scalar("select tablename::text from pg_tables where schemaname = 'public' order by 1")
            .fetch_all(&mut *sql)
            .await
            .unwrap();
    let mut empty = Vec::new();
    for table in tables {
        let has_row: bool = sqlx::query_scalar(AssertSqlSafe(format!("select exists(select from {table})")))
            .fetch_one(&mut *sql)
            .await
            .unwrap();
        if !has_row {
            empty.push(table);
        }
    }
    empty
}

#[tokio::test]
async fn constraints_have_names_of_ours() {
    let app = crate::support::TestApp::empty().await;
    let unnamed: Vec<String> = sqlx::query_scalar(
        "select conrelid::regclass || ': ' || conname from pg_constraint
         join pg_class on pg_class.oid = conrelid join pg_namespace on pg_namespace.oid = pg_class.relnamespace
         where nspname = 'public' and relname not like '\\_sqlx%' and contype in ('c', 'f', 'u', 'x') and conname ~ '(_key|_check|_fkey)[0-9]*$'
           and conname = conrelid::regclass || '_' || coalesce((select string_agg(attname, '_' order by position)
               from unnest(conkey) with ordinality as k (attnum, position)
               join pg_attribute on attrelid = conrelid and pg_attribute.attnum = k.attnum), '') ||
               case contype when 'c' then '_check' when 'u' then '_key' else '_fkey' end",
    )
    .fetch_all(&mut app.sql().await)
    .await
    .unwrap();
    assert!(unnamed.is_empty(), "constraints that PostgreSQL named: {unnamed:#?}");
}
