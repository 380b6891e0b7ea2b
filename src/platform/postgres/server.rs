//! One PostgreSQL server over one cluster: make it, launch it, ask how it is, stop it.

use std::{
    env,
    ffi::OsStr,
    fs::{self, File},
    io::{self, Write},
    os::unix::{
        fs::{OpenOptionsExt, PermissionsExt},
        process::CommandExt,
    },
    path::{Path, PathBuf},
    process::{Command, ExitStatus, Stdio},
    sync::Arc,
    time::Duration,
};

use rustix::process::{Pid, Signal, kill_process};
use sqlx::{
    Connection, PgConnection,
    postgres::{PgConnectOptions, PgSslMode},
};
use tokio::{
    sync::{Notify, oneshot},
    time::{Instant, sleep, timeout},
};

use super::{
    Durability, Places, PostgresError,
    owner::{self, Owner},
};

const SUPERUSER: &str = "tutti";
/// The port is only a part of the socket's file name; nothing listens on it.
const PORT: u16 = 5432;
/// A server killed with -9 stays a zombie, and its children hold the shared memory, for a moment after.
const PREDECESSOR_GONE_WITHIN: Duration = Duration::from_secs(15);
const ANSWERS_WITHIN: Duration = Duration::from_secs(60);
/// Above this size the log is put aside at the next launch; one older log is kept.
const LOG_BYTES: u64 = 10 * 1024 * 1024;
const LOCALE: &str = if cfg!(target_os = "macos") { "en_US.UTF-8" } else { "C.UTF-8" };
/// Written into a new cluster's own configuration, where an administrator may change them.
const SETTINGS: &str = "\n# Written by Tutti when it made this cluster; change what you like.\n\
    max_connections = 100\nshared_buffers = 128MB\nlog_min_messages = warning\n";

/// How a server answers a connection.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum State {
    Ready,
    /// It lives, and takes no connection now: it recovers, shuts down or is full.
    Busy,
    Gone,
}

#[derive(Debug)]
pub(super) struct Server {
    programs: PathBuf,
    owner: Option<Owner>,
    root: PathBuf,
    socket: PathBuf,
    durability: Durability,
    /// Told when a server that this process launched has ended.
    pub(super) ended: Arc<Notify>,
}

impl Server {
    /// Finds the programs and the user to run as, and makes the cluster when there is none.
    /// To be called with the start lock held, off the async threads.
    pub(super) fn prepare(root: &Path, durability: Durability, places: &Places) -> Result<Self, PostgresError> {
        let data = root.join("pgdata");
        let programs = places.find(&data)?;
        let owner = Owner::of(&data)?;
        if let Some(owner) = &owner {
            owner.must_enter(root)?;
        }
        let socket = owner::socket_folder(root, owner.as_ref())?;
        let ended = Arc::new(Notify::new());
        let server = Self { programs, owner, root: root.to_owned(), socket, durability, ended };
        if !data.join("PG_VERSION").exists() {
            server.make_cluster(&data)?;
        }
        Ok(server)
    }

    pub(super) fn options(&self, database: &str) -> PgConnectOptions {
        PgConnectOptions::new_without_pgpass()
            .socket(&self.socket)
            .port(PORT)
            .ssl_mode(PgSslMode::Disable)
            .username(SUPERUSER)
            .database(database)
    }

    pub(super) fn url(&self, database: &str) -> String {
        let (database, socket) = (escape(OsStr::new(database)), escape(self.socket.as_os_str()));
        format!("postgres://{SUPERUSER}@localhost/{database}?host={socket}&port={PORT}&sslmode=disable")
    }

    pub(super) fn root(&self) -> &Path {
        &self.root
    }

    fn data(&self) -> PathBuf {
        self.root.join("pgdata")
    }

    fn log(&self) -> PathBuf {
        self.root.join("postgres.log")
    }

    fn command(&self, program: &str) -> Command {
        let mut command = Command::new(self.programs.join(program));
        command.current_dir("/").stdin(Stdio::null());
        // PGDATA, PGPORT and their kin in somebody's shell mean another server than this one.
        for (key, _) in env::vars_os() {
            if key.as_encoded_bytes().starts_with(b"PG") {
                command.env_remove(key);
            }
        }
        command.env("LC_ALL", LOCALE);
        if let Some(owner) = &self.owner {
            owner.apply(&mut command);
        }
        command
    }

    /// Made beside its place and moved there complete, so that a crash in the middle leaves nothing half made.
    fn make_cluster(&self, data: &Path) -> Result<(), PostgresError> {
        let occupied = fs::read_dir(data).is_ok_and(|mut entries| entries.next().is_some());
        if occupied {
            return Err(PostgresError::NotACluster(data.to_owned()));
        }
        self.sweep_unfinished()?;
        let unfinished = self.root.join(format!("pgdata.{}.new", std::process::id()));
        owner::make_private(&unfinished, self.owner.as_ref())?;
        let mut initdb = self.command("initdb");
        initdb.arg("-D").arg(&unfinished).args(["-U", SUPERUSER, "--encoding=UTF8", "--data-checksums"]);
        initdb.arg(format!("--locale={LOCALE}")).args(["--auth-local=trust", "--auth-host=reject"]);
        if self.durability == Durability::None {
            initdb.arg("--no-sync");
        }
        tracing::info!(data = %data.display(), "making a PostgreSQL cluster for the first start");
        run(&mut initdb, "initdb")?;
        let conf = unfinished.join("postgresql.conf");
        let append = |path: &Path| -> io::Result<()> {
            let mut file = File::options().append(true).open(path)?;
            file.write_all(SETTINGS.as_bytes())?;
            file.sync_all()
        };
        append(&conf).map_err(PostgresError::folder("could not write", &conf))?;
        fs::rename(&unfinished, data)
            .and_then(|()| File::open(&self.root)?.sync_all())
            .map_err(PostgresError::folder("could not create", data))
    }

    fn sweep_unfinished(&self) -> Result<(), PostgresError> {
        for entry in fs::read_dir(&self.root).map_err(PostgresError::folder("could not read", &self.root))?.flatten() {
            let name = entry.file_name().to_string_lossy().into_owned();
            if name.starts_with("pgdata.") && name.ends_with(".new") {
                fs::remove_dir_all(entry.path()).map_err(PostgresError::folder("could not remove", entry.path()))?;
            }
        }
        Ok(())
    }

    /// Brings the server up, whatever its state, and returns when it takes connections. Recovery after a crash may
    /// take as long as it takes, as long as the server answers. To be called with the start lock held.
    pub(super) async fn bring_up(&self) -> Result<(), PostgresError> {
        let mut said = Instant::now();
        loop {
            match self.state().await? {
                State::Ready => return Ok(()),
                State::Gone => self.launch().await?,
                State::Busy => {
                    if said.elapsed() > Duration::from_secs(10) {
                        tracing::info!("PostgreSQL is not ready yet; it may be recovering from a crash");
                        said = Instant::now();
                    }
                    sleep(Duration::from_millis(20)).await;
                }
            }
        }
    }

    /// Starts the server process and returns when it answers anything. To be called with the start lock held.
    pub(super) async fn launch(&self) -> Result<(), PostgresError> {
        let begun = Instant::now();
        loop {
            let (command, log) = (self.server_command()?, self.log());
            let ended = Arc::clone(&self.ended);
            let (pid, mut end) = super::blocking(move || spawn_reaped(command, ended)).await?;
            let status = loop {
                if self.state().await? != State::Gone {
                    tracing::info!(took_ms = begun.elapsed().as_millis(), "PostgreSQL started");
                    return Ok(());
                }
                if let Ok(status) = end.try_recv() {
                    break status;
                }
                if begun.elapsed() > ANSWERS_WITHIN {
                    if let Some(pid) = pid {
                        // Its failure means that the process is gone already, which is what is wanted.
                        let _ = kill_process(pid, Signal::QUIT);
                    }
                    return Err(PostgresError::NoAnswer { seconds: ANSWERS_WITHIN.as_secs(), log });
                }
                sleep(Duration::from_millis(20)).await;
            };
            if begun.elapsed() > PREDECESSOR_GONE_WITHIN || !self.predecessor_lingers() {
                return Err(PostgresError::Ended { status, said: last_words(&log), log });
            }
            sleep(Duration::from_millis(200)).await;
        }
    }

    /// Whether a failed launch is worth repeating: what the last server left may vanish by itself.
    fn predecessor_lingers(&self) -> bool {
        let said = tail(&self.log());
        ["postmaster.pid\" already exists", "shared memory block", ".lock\" already exists"]
            .iter()
            .any(|hint| said.contains(hint))
    }

    fn server_command(&self) -> Result<Command, PostgresError> {
        let mut command = self.command("postgres");
        command.arg("-D").arg(self.data()).arg("-k").arg(&self.socket);
        command.args(["-c", "listen_addresses=", "-c", "unix_socket_permissions=0700"]);
        command.args(["-c", &format!("port={PORT}"), "-c", "logging_collector=off"]);
        if self.durability == Durability::None {
            command.args(["-c", "fsync=off", "-c", "synchronous_commit=off", "-c", "full_page_writes=off"]);
        }
        // Ctrl-C in a terminal must not reach the server before the app has drained its requests.
        command.process_group(0);
        let path = self.log();
        if fs::metadata(&path).is_ok_and(|log| log.len() > LOG_BYTES) {
            fs::rename(&path, path.with_extension("log.1")).map_err(PostgresError::folder("could not move", &path))?;
        }
        // For its owner only: it may quote what people typed. One of an earlier release is closed to others as well.
        let open = || {
            let file = File::options().create(true).append(true).mode(0o600).open(&path)?;
            file.set_permissions(fs::Permissions::from_mode(0o600))?;
            Ok(file)
        };
        let (out, err) = open()
            .and_then(|file: File| Ok((file.try_clone()?, file)))
            .map_err(PostgresError::folder("could not write", &path))?;
        owner::give_to(&path, self.owner.as_ref())?;
        command.stdout(out).stderr(err);
        Ok(command)
    }

    /// Asks for a connection; an error is an answer that our own server would not give.
    pub(super) async fn state(&self) -> Result<State, PostgresError> {
        match self.connect().await {
            Ok(connection) => {
                // The answer has been given; how the goodbye goes changes nothing.
                let _ = connection.close().await;
                Ok(State::Ready)
            }
            Err(error) => state_of(error),
        }
    }

    /// A connection of our own to the maintenance database.
    pub(super) async fn connect(&self) -> Result<PgConnection, sqlx::Error> {
        let options = self.options("postgres");
        match timeout(Duration::from_secs(5), PgConnection::connect_with(&options)).await {
            Ok(result) => result,
            Err(_) => Err(io::Error::from(io::ErrorKind::TimedOut).into()),
        }
    }

    /// Creates the database unless it is there. To be called with the start lock held.
    pub(super) async fn ensure_database(&self, name: &'static str) -> Result<(), PostgresError> {
        let mut connection = self.connect().await?;
        let there: bool = sqlx::query_scalar("select exists (select from pg_database where datname = $1)")
            .bind(name)
            .fetch_one(&mut connection)
            .await?;
        if !there {
            sqlx::query(sqlx::AssertSqlSafe(format!("create database \"{name}\""))).execute(&mut connection).await?;
        }
        connection.close().await?;
        Ok(())
    }

    /// Stops the server and waits for its end. To be called with the start lock held, off the async threads.
    pub(super) fn halt(&self) -> Result<(), PostgresError> {
        let mut pg_ctl = self.command("pg_ctl");
        pg_ctl.args(["stop", "-m", "fast", "-w", "-t", "60", "-D"]).arg(self.data());
        match run(&mut pg_ctl, "pg_ctl") {
            // It may have ended by itself between the question and the command.
            Err(_) if !self.data().join("postmaster.pid").exists() => Ok(()),
            result => result,
        }
    }
}

/// What a failed connection says about the server.
pub(super) fn state_of(error: sqlx::Error) -> Result<State, PostgresError> {
    match &error {
        sqlx::Error::Io(io) => match io.kind() {
            io::ErrorKind::NotFound | io::ErrorKind::ConnectionRefused => Ok(State::Gone),
            io::ErrorKind::PermissionDenied => Err(error.into()),
            _ => Ok(State::Busy),
        },
        // 57P01–57P03: it shuts down or starts up; 53300: no connection is free.
        sqlx::Error::Database(answer) => match answer.code().as_deref() {
            Some("57P01" | "57P02" | "57P03" | "53300") => Ok(State::Busy),
            _ => Err(error.into()),
        },
        _ => Err(error.into()),
    }
}

/// Starts the process with a thread that waits for its end: unreaped it would stay a zombie, and its lock file would
/// count as live. A thread, because the server may outlive the async runtime that launched it.
fn spawn_reaped(
    mut command: Command,
    ended: Arc<Notify>,
) -> Result<(Option<Pid>, oneshot::Receiver<ExitStatus>), PostgresError> {
    let failed = |error: io::Error| PostgresError::Program { program: "postgres", said: error.to_string() };
    let mut child = command.spawn().map_err(failed)?;
    let pid = i32::try_from(child.id()).ok().and_then(Pid::from_raw);
    let (tell, end) = oneshot::channel();
    std::thread::Builder::new()
        .name("postgres".to_owned())
        .spawn(move || {
            if let Ok(status) = child.wait() {
                tracing::debug!(%status, "the PostgreSQL server process ended");
                // Nobody listens any more once the server has answered.
                let _ = tell.send(status);
            }
            ended.notify_one();
        })
        .map_err(failed)?;
    Ok((pid, end))
}

fn run(command: &mut Command, program: &'static str) -> Result<(), PostgresError> {
    let output = command.output().map_err(|error| PostgresError::Program { program, said: error.to_string() })?;
    if output.status.success() {
        return Ok(());
    }
    let said = String::from_utf8_lossy(&output.stderr).trim().to_owned();
    let said = if said.is_empty() { output.status.to_string() } else { said };
    Err(PostgresError::Program { program, said })
}

/// The last lines of the log, without reading all of it.
fn tail(log: &Path) -> String {
    use io::{Read, Seek, SeekFrom};
    const BYTES: u64 = 2048;
    let read = || -> io::Result<Vec<u8>> {
        let mut file = File::open(log)?;
        let length = file.metadata()?.len();
        file.seek(SeekFrom::Start(length.saturating_sub(BYTES)))?;
        let mut end = Vec::new();
        file.take(BYTES).read_to_end(&mut end)?;
        Ok(end)
    };
    String::from_utf8_lossy(&read().unwrap_or_default()).into_owned()
}

fn last_words(log: &Path) -> String {
    let tail = tail(log);
    let line = tail.lines().rev().find(|line| line.contains("FATAL") || line.contains("PANIC"));
    line.or(tail.lines().last()).unwrap_or("none").trim().to_owned()
}

/// Percent-encodes for a part of an address.
fn escape(text: &OsStr) -> String {
    text.as_encoded_bytes()
        .iter()
        .map(|byte| match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'-' | b'_' | b'.' | b'/' => char::from(*byte).to_string(),
            other => format!("%{other:02X}"),
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::escape;

    #[test]
    fn an_address_survives_odd_folder_names() {
        assert_eq!(escape("/tmp/a b/ü&c".as_ref()), "/tmp/a%20b/%C3%BC%26c");
    }
}
