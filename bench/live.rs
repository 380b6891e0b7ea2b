//! Live pages: what open streams weigh, and how long after a commit at one process those at another hear of it.

use super::{DATABASE, SERVER, database, fill, load::Load, option, resident, start_server_on};
use sqlx::{AssertSqlSafe, Connection, Executor, PgConnection};
use std::time::{Duration, Instant};
use tokio::{
    io::{AsyncBufReadExt, AsyncWriteExt, BufReader},
    net::TcpStream,
    sync::mpsc::{self, UnboundedSender},
};
use tutti::{accounts::session::token_hash, platform::ids};

/// The process whose streams are open; changes are made at the other one.
const WATCHED: u16 = SERVER + 2;
/// Streams that a person may hold.
const OF_PERSON: u64 = 12;

/// Prints memory and delay with `--streams` open streams (2000), measured over `--changes` changes (40).
pub async fn measure(arguments: &[String]) {
    let streams = option(arguments, "--streams", 2_000);
    let changes = option(arguments, "--changes", 40);
    open_files();
    let (base, cluster) = database().await;
    let mut admin = PgConnection::connect_with(&base.clone().database("postgres")).await.unwrap();
    admin.execute(AssertSqlSafe(format!("drop database if exists {DATABASE} with (force)"))).await.unwrap();
    admin.execute(AssertSqlSafe(format!("create database {DATABASE}"))).await.unwrap();
    let url = match &cluster {
        Some(cluster) => cluster.url(DATABASE),
        None => std::env::var("TUTTI_BENCH_DATABASE_URL").unwrap().replace("/postgres", &format!("/{DATABASE}")),
    };
    let (changed, _) = start_server_on(&url, SERVER).await;
    let (watched, _) = start_server_on(&url, WATCHED).await;
    let mut sql = PgConnection::connect_with(&base.clone().database(DATABASE)).await.unwrap();
    let cookie = fill::organisation(&mut sql).await;
    let people = streams.div_ceil(OF_PERSON) + 100;
    fill::grow(&mut sql, fill::Size { projects: 20, tasks: 2_000, people, events: 20_000 }).await;
    let cookies = sessions(&mut sql, streams.div_ceil(OF_PERSON)).await;

    let page = Load { port: WATCHED, path: "/p/GEO/work".to_owned(), cookie: cookie.clone(), connections: 8 };
    page.run(Duration::from_secs(2)).await;
    println!("resident with no stream: {} MB", resident(&watched));
    let (heard, mut hears) = mpsc::unbounded_channel();
    let began = Instant::now();
    for number in 0..streams {
        let cookie = cookies[usize::try_from(number / OF_PERSON).unwrap()].clone();
        open(cookie, heard.clone()).await;
    }
    println!("{streams} streams opened in {:?}", began.elapsed());
    println!("resident with {streams} streams: {} MB (budget 80 MB)", resident(&watched));

    let mut delays = Vec::new();
    for turn in 0..changes {
        // At another moment of the second each time.
        tokio::time::sleep(Duration::from_millis(1_300 + turn * 37 % 900)).await;
        let committed = change(&cookie, if turn % 2 == 0 { "watch" } else { "unwatch" }).await;
        for _ in 0..streams {
            let at = tokio::time::timeout(Duration::from_secs(20), hears.recv()).await.expect("a stream hears nothing");
            delays.push(at.unwrap().saturating_duration_since(committed));
        }
    }
    delays.sort();
    let at = |share: usize| delays[(delays.len() * share / 100).min(delays.len() - 1)].as_secs_f64() * 1000.0;
    println!("from the answer of one process to the streams of another: p50 {:.0} ms, p99 {:.0} ms", at(50), at(99));
    println!("board while {streams} streams are open: {}", page.run(Duration::from_secs(5)).await);
    println!("resident at the end: {} MB", resident(&watched));
    drop((changed, watched));
    sql.close().await.unwrap();
    if let Some(cluster) = cluster {
        cluster.stop().await.unwrap();
    }
}

/// As many files as the system allows; the servers inherit it.
fn open_files() {
    use rustix::process::{Resource, Rlimit, getrlimit, setrlimit};
    let limit = getrlimit(Resource::Nofile);
    setrlimit(Resource::Nofile, Rlimit { current: limit.maximum, maximum: limit.maximum }).unwrap();
}

/// So many people who are signed in.
async fn sessions(sql: &mut PgConnection, people: u64) -> Vec<String> {
    let secrets: Vec<String> = (0..people).map(|_| ids::new_secret().unwrap()).collect();
    let hashes: Vec<Vec<u8>> = secrets.iter().map(|secret| token_hash(secret)).collect();
    sqlx::query(
        "insert into sessions (id, person_id, token_hash, created_at, seen_at, expires_at)
         select gen_random_uuid(), one.id, hash, now(), now(), now() + interval '1 day'
         from unnest($1::bytea[]) with ordinality as h (hash, n)
         join (select id, row_number() over (order by id) as n from people) one using (n)",
    )
    .bind(&hashes)
    .execute(sql)
    .await
    .unwrap();
    secrets
}

/// Opens a stream and says when it hears of something.
async fn open(cookie: String, heard: UnboundedSender<Instant>) {
    let mut stream = TcpStream::connect(("127.0.0.1", WATCHED)).await.unwrap();
    let request = format!("GET /p/GEO/live HTTP/1.1\r\nHost: 127.0.0.1:{WATCHED}\r\nCookie: tutti={cookie}\r\n\r\n");
    stream.write_all(request.as_bytes()).await.unwrap();
    let mut lines = BufReader::with_capacity(1024, stream).lines();
    let status = lines.next_line().await.unwrap().unwrap();
    assert!(status.contains(" 200 "), "{status}");
    while !lines.next_line().await.unwrap().unwrap().starts_with("id: ") {}
    tokio::spawn(async move {
        while let Ok(Some(line)) = lines.next_line().await {
            if line.starts_with("data: ") {
                let _measured = heard.send(Instant::now());
            }
        }
    });
}

/// Changes something at the other process, and says when that was answered.
async fn change(cookie: &str, what: &str) -> Instant {
    let mut stream = TcpStream::connect(("127.0.0.1", SERVER)).await.unwrap();
    let request = format!(
        "POST /p/GEO/tasks/1/{what} HTTP/1.1\r\nHost: 127.0.0.1:{SERVER}\r\nCookie: tutti={cookie}\r\nSec-Fetch-Site: same-origin\r\n\
         Content-Type: application/x-www-form-urlencoded\r\nContent-Length: 0\r\n\r\n"
    );
    stream.write_all(request.as_bytes()).await.unwrap();
    let status = BufReader::new(stream).lines().next_line().await.unwrap().unwrap();
    assert!(status.contains(" 303 "), "{status}");
    Instant::now()
}
