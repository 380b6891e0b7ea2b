//! The embedded PostgreSQL: first start, sharing, adoption, recovery, and what it says when it cannot.
//!
//! Each test has a folder of its own under the system's temporary folder, works as root and as anybody else, and
//! stops its server.

use std::{
    env,
    error::Error,
    fs,
    io::{BufRead, BufReader},
    os::unix::fs::PermissionsExt,
    path::{Path, PathBuf},
    process::{Child, Command, Stdio},
    sync::atomic::{AtomicU32, Ordering},
    time::{Duration, Instant},
};

use rustix::process::{Pid, Signal, kill_process, test_kill_process};
use sqlx::{Connection, PgConnection};
use tutti::platform::postgres::{Cluster, DATABASE, Durability, Places, PostgresError};

type Outcome = Result<(), Box<dyn Error>>;

/// A data folder of one test. Whatever happens in the test, its server ends and the folder goes.
struct Folder {
    base: PathBuf,
    data: PathBuf,
    durability: Durability,
}

impl Folder {
    fn new() -> Result<Self, Box<dyn Error>> {
        static NEXT: AtomicU32 = AtomicU32::new(0);
        let name = format!("tutti-it-{}-{}", std::process::id(), NEXT.fetch_add(1, Ordering::Relaxed));
        let path = env::temp_dir().join(name);
        fs::create_dir_all(&path)?;
        // Like any folder that people make, whatever umask the tests run under.
        fs::set_permissions(&path, fs::Permissions::from_mode(0o755))?;
        Ok(Self { data: path.join("data"), base: path, durability: Durability::None })
    }

    /// For tests that kill the server and ask for what it had acknowledged.
    fn durable() -> Result<Self, Box<dyn Error>> {
        let mut folder = Self::new()?;
        folder.durability = Durability::Full;
        Ok(folder)
    }

    async fn start(&self) -> Result<Cluster, PostgresError> {
        Cluster::start(&self.data, self.durability).await
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        if let Some(pid) = server_pid(&self.data) {
            let _ = kill_process(pid, Signal::QUIT);
            let _ = wait_for(Duration::from_secs(5), || test_kill_process(pid).is_err());
        }
        let _ = fs::remove_dir_all(&self.base);
    }
}

fn server_pid(data: &Path) -> Option<Pid> {
    let text = fs::read_to_string(data.join("pgdata/postmaster.pid")).ok()?;
    Pid::from_raw(text.lines().next()?.trim().parse().ok()?)
}

fn pid_of(data: &Path) -> Result<Pid, Box<dyn Error>> {
    server_pid(data).ok_or_else(|| "no server is running".into())
}

fn wait_for(limit: Duration, mut reached: impl FnMut() -> bool) -> Outcome {
    let begun = Instant::now();
    while !reached() {
        if begun.elapsed() > limit {
            return Err(format!("not reached within {limit:?}").into());
        }
        std::thread::sleep(Duration::from_millis(10));
    }
    Ok(())
}

async fn count(cluster: &Cluster, sql: &'static str) -> Result<i64, sqlx::Error> {
    let mut connection = PgConnection::connect_with(&cluster.options(DATABASE)).await?;
    let count = sqlx::query_scalar(sql).fetch_one(&mut connection).await?;
    connection.close().await?;
    Ok(count)
}

async fn run(cluster: &Cluster, sql: &'static str) -> Result<(), sqlx::Error> {
    let mut connection = PgConnection::connect_with(&cluster.options(DATABASE)).await?;
    sqlx::raw_sql(sql).execute(&mut connection).await?;
    connection.close().await
}

#[tokio::test]
async fn two_users_share_a_server_and_the_last_to_leave_stops_it() -> Outcome {
    let folder = Folder::new()?;
    let first = folder.start().await?;
    let pid = pid_of(&folder.data)?;
    let second = folder.start().await?;
    assert_eq!(pid_of(&folder.data)?, pid, "the second start joined the same server");

    run(&first, "create table kept (n int); insert into kept values (1)").await?;
    first.stop().await?;
    assert_eq!(count(&second, "select count(*) from kept").await?, 1, "still served to the second");

    let mut by_address = PgConnection::connect(&second.url(DATABASE)).await?;
    by_address.ping().await?;
    by_address.close().await?;
    second.stop().await?;
    assert!(server_pid(&folder.data).is_none(), "the last to leave stopped it");
    assert!(test_kill_process(pid).is_err(), "and its process is gone");

    let again = folder.start().await?;
    assert_eq!(count(&again, "select count(*) from kept").await?, 1, "the data is there after a restart");
    Ok(again.stop().await?)
}

#[tokio::test]
async fn only_its_own_user_and_no_network_reaches_it() -> Outcome {
    let folder = Folder::new()?;
    let cluster = folder.start().await?;
    for private in ["pgdata", "sock"] {
        let mode = fs::metadata(folder.data.join(private))?.permissions().mode();
        assert_eq!(mode & 0o777, 0o700, "{private}");
    }
    let mode = fs::metadata(folder.data.join("postgres.log"))?.permissions().mode();
    assert_eq!(mode & 0o777, 0o600, "its log may quote what people typed");
    let mut connection = PgConnection::connect_with(&cluster.options("postgres")).await?;
    let addresses: String =
        sqlx::query_scalar("select current_setting('listen_addresses')").fetch_one(&mut connection).await?;
    assert_eq!(addresses, "");
    connection.close().await?;
    Ok(cluster.stop().await?)
}

#[tokio::test]
async fn several_first_starts_at_once_make_one_cluster() -> Outcome {
    let folder = Folder::new()?;
    let (one, two, three) = tokio::join!(folder.start(), folder.start(), folder.start());
    let (one, two, three) = (one?, two?, three?);
    assert_eq!(count(&three, "select 1::bigint").await?, 1);
    one.stop().await?;
    two.stop().await?;
    assert!(server_pid(&folder.data).is_some());
    three.stop().await?;
    assert!(server_pid(&folder.data).is_none());
    Ok(())
}

/// The real program, ready, on a port of its own.
fn app_to_be_killed(data: &Path) -> Result<Child, Box<dyn Error>> {
    let mut app = Command::new(env!("CARGO_BIN_EXE_tutti"))
        .arg("serve")
        .env_remove("DATABASE_URL")
        .env("TUTTI_DATA", data)
        .env("TUTTI_LISTEN", "127.0.0.1:0")
        .env("TUTTI_LOG", "error")
        .stdout(Stdio::piped())
        .spawn()?;
    let mut said = BufReader::new(app.stdout.take().ok_or("no output")?);
    let mut line = String::new();
    while !line.contains("is ready") {
        line.clear();
        if said.read_line(&mut line)? == 0 {
            return Err(format!("ended before it was ready: {}", app.wait()?).into());
        }
    }
    app.stdout = Some(said.into_inner());
    Ok(app)
}

#[tokio::test]
async fn a_killed_app_leaves_a_server_that_the_next_start_adopts() -> Outcome {
    let folder = Folder::new()?;
    let mut app = app_to_be_killed(&folder.data)?;
    let pid = pid_of(&folder.data)?;
    app.kill()?;
    app.wait()?;
    assert!(test_kill_process(pid).is_ok(), "the server outlives the app");

    let cluster = folder.start().await?;
    assert_eq!(pid_of(&folder.data)?, pid, "adopted, not started anew");
    cluster.stop().await?;
    assert!(server_pid(&folder.data).is_none(), "the dead app does not count as a user");
    Ok(())
}

#[tokio::test]
async fn a_start_recovers_after_app_and_server_were_killed() -> Outcome {
    let folder = Folder::durable()?;
    let mut app = app_to_be_killed(&folder.data)?;
    let cluster = folder.start().await?;
    run(&cluster, "create table kept (n int); insert into kept select generate_series(1, 1000)").await?;
    drop(cluster);
    let pid = pid_of(&folder.data)?;
    kill_process(pid, Signal::KILL)?;
    app.kill()?;
    app.wait()?;

    let cluster = folder.start().await?;
    assert_ne!(pid_of(&folder.data)?, pid);
    assert_eq!(count(&cluster, "select count(*) from kept").await?, 1000);
    Ok(cluster.stop().await?)
}

#[tokio::test]
async fn the_supervisor_restarts_a_server_that_dies_and_lets_a_stop_be() -> Outcome {
    let folder = Folder::durable()?;
    let cluster = folder.start().await?;
    let other = folder.start().await?;
    let supervisors = [tokio::spawn(cluster.supervise()), tokio::spawn(other.supervise())];
    run(&cluster, "create table kept (n int); insert into kept values (1)").await?;

    let pid = pid_of(&folder.data)?;
    kill_process(pid, Signal::KILL)?;
    let begun = Instant::now();
    while count(&other, "select count(*) from kept").await.ok() != Some(1) {
        assert!(begun.elapsed() < Duration::from_secs(20), "not restarted");
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
    let restarted = pid_of(&folder.data)?;
    assert_ne!(restarted, pid);
    tokio::time::sleep(Duration::from_millis(1200)).await;
    assert_eq!(pid_of(&folder.data)?, restarted, "started once, though two supervise");

    cluster.stop().await?;
    other.stop().await?;
    for supervisor in supervisors {
        tokio::time::timeout(Duration::from_secs(1), supervisor).await??;
    }
    assert!(server_pid(&folder.data).is_none(), "stopped for good");
    Ok(())
}

#[tokio::test]
async fn a_deep_folder_gets_a_short_socket() -> Outcome {
    let mut folder = Folder::new()?;
    folder.data = folder.base.join("d".repeat(60)).join("a folder with spaces & é").join("e".repeat(30));
    let cluster = folder.start().await?;
    let socket = cluster.options(DATABASE).get_socket().cloned().ok_or("no socket")?;
    assert!(socket.as_os_str().len() < 85 && !socket.starts_with(&folder.base));
    let mut connection = PgConnection::connect(&cluster.url(DATABASE)).await?;
    connection.ping().await?;
    connection.close().await?;
    cluster.stop().await?;
    Ok(fs::remove_dir_all(socket)?)
}

#[tokio::test]
async fn what_is_missing_is_said_with_the_next_step() -> Outcome {
    let folder = Folder::new()?;
    let start = |places| Cluster::start_from(&folder.data, Durability::None, places);

    let error = start(Places::among([])).await.err().ok_or("started without programs")?;
    assert!(matches!(error, PostgresError::NotInstalled));
    assert!(error.to_string().contains("script/setup") && error.to_string().contains("DATABASE_URL"), "{error}");

    let error = start(Places::only(&folder.base)).await.err().ok_or("started without programs")?;
    assert!(
        error.to_string().contains("TUTTI_PG_BIN") && error.to_string().contains(&*folder.base.to_string_lossy()),
        "{error}"
    );

    fs::create_dir(folder.data.join("pgdata"))?;
    fs::write(folder.data.join("pgdata/PG_VERSION"), "99\n")?;
    let error = folder.start().await.err().ok_or("opened data of a newer version")?;
    assert!(error.to_string().contains("made by PostgreSQL 99"), "{error}");

    fs::remove_file(folder.data.join("pgdata/PG_VERSION"))?;
    fs::write(folder.data.join("pgdata/diary.txt"), "mine")?;
    let error = folder.start().await.err().ok_or("overwrote somebody's files")?;
    assert!(error.to_string().contains("holds no PostgreSQL data"), "{error}");
    assert!(folder.data.join("pgdata/diary.txt").exists());
    Ok(())
}

#[tokio::test]
async fn root_is_told_which_folder_is_closed_to_the_server() -> Outcome {
    if !rustix::process::geteuid().is_root() {
        return Ok(()); // only root runs the server as somebody else
    }
    let folder = Folder::new()?;
    fs::set_permissions(&folder.base, fs::Permissions::from_mode(0o700))?;
    let error = folder.start().await.err().ok_or("entered a closed folder")?;
    let sentence = error.to_string();
    assert!(
        sentence.contains(&*folder.base.canonicalize()?.to_string_lossy()) && sentence.contains("TUTTI_DATA"),
        "{sentence}"
    );
    Ok(())
}
