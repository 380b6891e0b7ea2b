//! Acknowledged means durable: the server and the database are killed while writes stream in, and nothing that was
//! acknowledged is lost (ARCHITECTURE §8).

use crate::{
    faults::Folder,
    support::{TestApp, statements},
};
use std::{
    net::TcpListener,
    process::{Child, Command, Stdio},
    sync::{
        Arc, Mutex,
        atomic::{AtomicBool, AtomicUsize, Ordering},
    },
    time::{Duration, Instant},
};
use tutti::platform::{
    ids::{self, TaskId},
    postgres::{Cluster, Durability},
};

/// Writers; each asks for 25 writes a second, 200 in all.
const WRITERS: usize = 8;
const PACE: Duration = Duration::from_millis(40);

/// The real program, killed when dropped.
struct Server {
    process: Child,
    address: String,
}

impl Server {
    fn start(folder: &Folder, port: u16) -> Self {
        let address = format!("127.0.0.1:{port}");
        let process = Command::new(env!("CARGO_BIN_EXE_tutti"))
            .arg("serve")
            .env_remove("DATABASE_URL")
            .env("TUTTI_DATA", &folder.0)
            .env("TUTTI_LISTEN", &address)
            .env("TUTTI_LOG", "error")
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        Self { process, address }
    }

    async fn is_ready(&self) {
        let began = Instant::now();
        let ready = format!("http://{}/readyz", self.address);
        while !reqwest::get(&ready).await.is_ok_and(|answer| answer.status().is_success()) {
            assert!(began.elapsed() < Duration::from_secs(30), "not ready");
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
    }

    /// `kill -9`.
    fn kill(&mut self) {
        self.process.kill().unwrap();
        self.process.wait().unwrap();
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        let _ended = self.process.kill();
        let _reaped = self.process.wait();
    }
}

/// What the writers saw.
#[derive(Default)]
struct Seen {
    acknowledged: Mutex<Vec<TaskId>>,
    refused: AtomicUsize,
    stop: AtomicBool,
}

async fn write(address: String, cookie: String, part: String, seen: Arc<Seen>) {
    let client = reqwest::Client::builder()
        .redirect(reqwest::redirect::Policy::none())
        .timeout(Duration::from_secs(8))
        .build()
        .unwrap();
    while !seen.stop.load(Ordering::Relaxed) {
        let began = Instant::now();
        let id = TaskId::new();
        let body = url::form_urlencoded::Serializer::new(String::new())
            .append_pair("id", &id.to_string())
            .append_pair("title", "Survives what comes")
            .append_pair("part", &part)
            .finish();
        let answer = client
            .post(format!("http://{address}/p/GEO/tasks"))
            .header("cookie", format!("tutti={cookie}"))
            .header("content-type", "application/x-www-form-urlencoded")
            .header("sec-fetch-site", "same-origin")
            .body(body)
            .send()
            .await;
        match answer {
            Ok(answer) if answer.status().as_u16() == 303 => seen.acknowledged.lock().unwrap().push(id),
            Ok(answer) if answer.status().as_u16() != 503 => {
                panic!("status {}: {}", answer.status(), answer.text().await.unwrap())
            }
            _ => {
                seen.refused.fetch_add(1, Ordering::Relaxed);
            }
        }
        tokio::time::sleep(PACE.saturating_sub(began.elapsed())).await;
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn nothing_acknowledged_is_lost_when_server_and_database_are_killed() {
    statements::listen();
    let folder = Folder::new();
    let port = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port();
    let mut server = Server::start(&folder, port);
    server.is_ready().await;
    // A second process on the same folder: joins the server that runs there.
    let cluster = Cluster::start(&folder.0, Durability::Full).await.unwrap();
    let (cookie, part) = company(&cluster).await;

    let seen = Arc::new(Seen::default());
    let writers: Vec<_> = (0..WRITERS)
        .map(|_| tokio::spawn(write(server.address.clone(), cookie.clone(), part.clone(), Arc::clone(&seen))))
        .collect();
    let count = || seen.acknowledged.lock().unwrap().len();
    reach(&count, 200).await;
    server.kill();
    server = Server::start(&folder, port);
    server.is_ready().await;
    let after_server = count();
    reach(&count, after_server + 200).await;
    kill_postmaster(&folder);
    let after_database = count();
    // Without a restart of the server: it brings its database back and goes on.
    reach(&count, after_database + 200).await;
    seen.stop.store(true, Ordering::Relaxed);
    for writer in writers {
        writer.await.unwrap();
    }

    let acknowledged: Vec<uuid::Uuid> = seen.acknowledged.lock().unwrap().iter().map(|id| id.uuid()).collect();
    let app = TestApp::attached(cluster.options("tutti"));
    let kept: i64 = sqlx::query_scalar("select count(*) from tasks where id = any($1)")
        .bind(&acknowledged)
        .fetch_one(&mut app.sql().await)
        .await
        .unwrap();
    let with_event: i64 =
        sqlx::query_scalar("select count(distinct subject_id) from events where subject_id = any($1)")
            .bind(&acknowledged)
            .fetch_one(&mut app.sql().await)
            .await
            .unwrap();
    assert!(acknowledged.len() >= 600);
    assert!(seen.refused.load(Ordering::Relaxed) > 0, "nothing was in flight when they were killed");
    assert_eq!(usize::try_from(kept).unwrap(), acknowledged.len(), "acknowledged and lost");
    assert_eq!(with_event, kept, "a change without its event");
    server.kill();
    cluster.stop().await.unwrap();
}

/// The test company in the server's database; answers the lead's cookie and the id of the marketing part.
async fn company(cluster: &Cluster) -> (String, String) {
    let app = TestApp::attached(cluster.options("tutti"));
    app.found_organisation().await;
    app.person("lead", "member").await;
    let geo = app.project("GEO", "GEO Monitor", "organisation").await;
    app.seat(geo, "lead", "gtm_lead", None).await;
    let secret = ids::new_secret().unwrap();
    let mut sql = app.sql().await;
    sqlx::query(
        "insert into sessions (id, person_id, token_hash, created_at, seen_at, expires_at)
         select $1, id, $2, now(), now(), now() + interval '1 hour' from people where name = 'lead'",
    )
    .bind(ids::new_uuid())
    .bind(tutti::accounts::session::token_hash(&secret))
    .execute(&mut sql)
    .await
    .unwrap();
    let part: uuid::Uuid = sqlx::query_scalar("select id from parts where project_id = $1 and code = 'MKT'")
        .bind(geo)
        .fetch_one(&mut sql)
        .await
        .unwrap();
    (secret, part.to_string())
}

async fn reach(count: &impl Fn() -> usize, goal: usize) {
    let began = Instant::now();
    while count() < goal {
        assert!(began.elapsed() < Duration::from_secs(40), "stuck at {} of {goal}", count());
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
}

fn kill_postmaster(folder: &Folder) {
    let file = std::fs::read_to_string(folder.0.join("pgdata/postmaster.pid")).unwrap();
    let pid: i32 = file.lines().next().unwrap().trim().parse().unwrap();
    rustix::process::kill_process(rustix::process::Pid::from_raw(pid).unwrap(), rustix::process::Signal::KILL).unwrap();
}
