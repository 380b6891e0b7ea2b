//! Measures the budgets of `docs/ARCHITECTURE.md` against the real server over loopback.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::print_stdout,
    reason = "a program that measures"
)]

mod bare;
mod clock;
mod digest;
mod fill;
mod goals;
mod health;
mod live;
mod load;

use fill::Size;
use load::Load;
use sqlx::{AssertSqlSafe, Connection, Executor, PgConnection, postgres::PgConnectOptions};
use std::{
    path::Path,
    process::{Child, Command, Stdio},
    str::FromStr,
    time::{Duration, Instant},
};
use tutti::platform::postgres::{Cluster, Durability};

const DATABASE: &str = "tutti_bench";
const SERVER: u16 = 3911;
const BARE: u16 = 3912;
const CONNECTIONS: usize = 8;
const ROUNDS: usize = 3;

fn main() {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build().unwrap();
    if arguments.first().is_some_and(|first| first == "bare") {
        runtime.block_on(bare::serve(&arguments[1], BARE));
        return;
    }
    if arguments.iter().any(|argument| argument == "live") {
        runtime.block_on(live::measure(&arguments));
        return;
    }
    if arguments.iter().any(|argument| argument == "digest") {
        runtime.block_on(digest::measure(&arguments));
        return;
    }
    if arguments.iter().any(|argument| argument == "clock") {
        runtime.block_on(clock::measure(&arguments));
        return;
    }
    if arguments.iter().any(|argument| argument == "health") {
        runtime.block_on(health::measure(&arguments));
        return;
    }
    runtime.block_on(measure(&arguments));
}

fn option(arguments: &[String], name: &str, default: u64) -> u64 {
    arguments
        .iter()
        .position(|argument| argument == name)
        .and_then(|index| arguments.get(index + 1))
        .map_or(default, |value| value.parse().expect("a number"))
}

/// The server under test; killed when dropped.
struct Running(Child);

impl Drop for Running {
    fn drop(&mut self) {
        let _ended = self.0.kill();
        let _reaped = self.0.wait();
    }
}

async fn measure(arguments: &[String]) {
    let seconds = Duration::from_secs(option(arguments, "--seconds", 8));
    let (base, cluster) = database().await;
    let mut admin = PgConnection::connect_with(&base.clone().database("postgres")).await.unwrap();
    admin.execute(AssertSqlSafe(format!("drop database if exists {DATABASE} with (force)"))).await.unwrap();
    admin.execute(AssertSqlSafe(format!("create database {DATABASE}"))).await.unwrap();
    let url = match &cluster {
        Some(cluster) => cluster.url(DATABASE),
        None => std::env::var("TUTTI_BENCH_DATABASE_URL").unwrap().replace("/postgres", &format!("/{DATABASE}")),
    };

    let (server, started) = start_server(&url).await;
    println!("start with a database at hand, migrations included: {started:?}");
    drop(server);
    let (server, started) = start_server(&url).await;
    println!("start with a database at hand: {started:?}");

    let mut sql = PgConnection::connect_with(&base.clone().database(DATABASE)).await.unwrap();
    let cookie = fill::organisation(&mut sql).await;
    fill::grow(&mut sql, Size { projects: 50, tasks: 5_000, people: 200, events: 20_000 }).await;
    let bare = start_bare(&url).await;

    let board = Load { port: SERVER, path: "/p/GEO/work".to_owned(), cookie: cookie.clone(), connections: CONNECTIONS };
    let plain = Load { port: BARE, path: "/p/GEO/work".to_owned(), cookie: cookie.clone(), connections: CONNECTIONS };
    let one = board.once().await;
    assert!(one.body_length > 10_000, "the board does not show its tasks: {}", one.head);
    println!(
        "board with 300 tasks: {} bytes gzip; bare page: {} bytes",
        one.body_length,
        plain.once().await.body_length
    );
    assets(&cookie).await;

    board.run(Duration::from_secs(2)).await;
    plain.run(Duration::from_secs(2)).await;
    let small = rounds(&board, &plain, seconds).await;
    println!("board against bare: {:.0} % (median; budget 100 %, never under 70 %)", small.against_bare * 100.0);
    println!("board while 20 tasks a second change: {}", while_changing(&board, &url, seconds).await);
    println!("resident after load: {} MB (budget 80 MB)", resident(&server));

    goals::measure(&mut sql, &cookie, seconds).await;

    let size = Size {
        projects: option(arguments, "--projects", 100),
        tasks: option(arguments, "--tasks", 100_000),
        people: option(arguments, "--people", 2_000),
        events: option(arguments, "--events", 1_000_000),
    };
    println!("growing to {size:?} …");
    let began = Instant::now();
    fill::grow(&mut sql, size).await;
    println!("grown in {:?}", began.elapsed());
    board.run(Duration::from_secs(2)).await;
    let large = rounds(&board, &plain, seconds).await;
    println!(
        "growth: the board takes {:.2} × the time (median; budget 1.3 ×), the bare page {:.2} ×",
        small.board / large.board,
        small.bare / large.bare
    );
    println!("resident at the end: {} MB", resident(&server));
    drop((server, bare));
    sql.close().await.unwrap();
    if let Some(cluster) = cluster {
        cluster.stop().await.unwrap();
    }
}

/// Answers a second, medians of rounds.
struct Rounds {
    board: f64,
    bare: f64,
    against_bare: f64,
}

/// The board and the bare page by turns.
async fn rounds(board: &Load, plain: &Load, seconds: Duration) -> Rounds {
    let (mut ours, mut theirs, mut ratios) = (Vec::new(), Vec::new(), Vec::new());
    for round in 1..=ROUNDS {
        let (board, bare) = (board.run(seconds).await, plain.run(seconds).await);
        println!("round {round}: board {board}; bare {bare}");
        ratios.push(board.per_second / bare.per_second);
        ours.push(board.per_second);
        theirs.push(bare.per_second);
    }
    Rounds { board: median(ours), bare: median(theirs), against_bare: median(ratios) }
}

fn median(mut figures: Vec<f64>) -> f64 {
    figures.sort_by(f64::total_cmp);
    figures[figures.len() / 2]
}

/// The board of a project in which somebody changes a task every 50 ms, so that what the server kept of it is of no use.
async fn while_changing(board: &Load, url: &str, time: Duration) -> load::Found {
    let mut sql = PgConnection::connect(url).await.unwrap();
    let changing = tokio::spawn(async move {
        for turn in 1.. {
            sqlx::query(
                "update tasks set version = version + 1 where number = $1 and project_id = (select id from projects where key = 'GEO')",
            )
            .bind(1 + turn % 300)
            .execute(&mut sql)
            .await
            .unwrap();
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
    });
    let found = board.run(time).await;
    changing.abort();
    found
}

async fn database() -> (PgConnectOptions, Option<Cluster>) {
    if let Ok(url) = std::env::var("TUTTI_BENCH_DATABASE_URL") {
        return (PgConnectOptions::from_str(&url).unwrap(), None);
    }
    let cluster = Cluster::start(Path::new("target/bench-postgres"), Durability::Full).await.unwrap();
    (cluster.options("postgres"), Some(cluster))
}

async fn start_server(url: &str) -> (Running, Duration) {
    start_server_on(url, SERVER).await
}

async fn start_server_on(url: &str, port: u16) -> (Running, Duration) {
    let began = Instant::now();
    let child = Command::new(env!("CARGO_BIN_EXE_tutti"))
        .arg("serve")
        .env("DATABASE_URL", url)
        .env("TUTTI_LISTEN", format!("127.0.0.1:{port}"))
        .env("TUTTI_LOG", "warn")
        .stdout(Stdio::null())
        .spawn()
        .unwrap();
    let running = Running(child);
    wait_for(port, "/readyz").await;
    (running, began.elapsed())
}

async fn start_bare(url: &str) -> Running {
    let child = Command::new(std::env::current_exe().unwrap()).args(["bare", url]).spawn().unwrap();
    let running = Running(child);
    wait_for(BARE, "/healthz").await;
    running
}

async fn wait_for(port: u16, path: &str) {
    let probe = Load { port, path: path.to_owned(), cookie: String::new(), connections: 1 };
    for _ in 0..1_000 {
        if let Some(answer) = probe.try_once().await
            && answer.head.contains(" 200 ")
        {
            return;
        }
        tokio::time::sleep(Duration::from_millis(5)).await;
    }
    panic!("nothing answers on {port}{path}");
}

/// What a first visit loads besides the page.
async fn assets(cookie: &str) {
    for name in ["tutti.css", "tutti.js", "swap.js", "controls.js", "board.js", "rows.js", "live.js", "icons.svg"] {
        let path = format!("/static/{name}");
        let load = Load { port: SERVER, path, cookie: cookie.to_owned(), connections: 1 };
        println!("{name}: {} bytes gzip", load.once().await.body_length);
    }
}

/// Resident memory of the server in MB, as Linux counts it.
fn resident(server: &Running) -> u64 {
    let status = std::fs::read_to_string(format!("/proc/{}/status", server.0.id())).unwrap_or_default();
    status
        .lines()
        .find_map(|line| line.strip_prefix("VmRSS:"))
        .and_then(|rest| rest.split_whitespace().next())
        .and_then(|kilobytes| kilobytes.parse::<u64>().ok())
        .map_or(0, |kilobytes| kilobytes / 1024)
}
