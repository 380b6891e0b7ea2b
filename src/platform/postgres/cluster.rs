//! A handle on the embedded server, shared with every other process that uses the same data folder.

use std::{
    fs::{File, TryLockError},
    io,
    path::Path,
    sync::Arc,
    time::Duration,
};

use sqlx::{Connection, PgConnection, postgres::PgConnectOptions};
use tokio::{
    sync::watch,
    time::{sleep, timeout},
};

use super::{
    Durability, Places, PostgresError, blocking, owner,
    server::{Server, State, state_of},
};

/// The database that [`Cluster::start`] makes sure exists.
pub const DATABASE: &str = "tutti";

const LOOK_EVERY: Duration = Duration::from_secs(1);
const LONGEST_PAUSE: Duration = Duration::from_secs(30);

/// One user of the embedded PostgreSQL of a data folder.
///
/// Dropping it without [`Cluster::stop`] leaves the server running, as a crash would; the next start adopts it.
#[derive(Debug)]
pub struct Cluster {
    inner: Arc<Inner>,
}

#[derive(Debug)]
struct Inner {
    server: Server,
    users: File,
    leaving: watch::Sender<bool>,
}

impl Cluster {
    /// Starts the server of the data folder `root`, or joins the one that already runs there, and makes sure that
    /// the database [`DATABASE`] exists. The folder is created when missing. A server that already runs keeps the
    /// durability it was started with.
    ///
    /// # Errors
    /// When PostgreSQL is not installed, does not fit the data, cannot reach the folder or does not start.
    pub async fn start(root: &Path, durability: Durability) -> Result<Self, PostgresError> {
        let places = blocking(|| Ok(Places::from_env())).await?;
        Self::start_from(root, durability, places).await
    }

    /// As [`Cluster::start`], with the programs looked for in `places`.
    ///
    /// # Errors
    /// As [`Cluster::start`].
    pub async fn start_from(root: &Path, durability: Durability, places: Places) -> Result<Self, PostgresError> {
        let root = root.to_owned();
        let root = blocking(move || owner::make_root(&root)).await?;
        let starting = Held::take(&root).await?;
        let users_path = root.join("users.lock");
        let users = open_lock(&users_path)?;
        wait_for(|| users.try_lock_shared()).await.map_err(PostgresError::folder("could not lock", users_path))?;
        let server = blocking(move || Server::prepare(&root, durability, &places)).await?;
        if server.state().await? == State::Ready {
            tracing::info!("joined the PostgreSQL that already runs here");
        }
        server.bring_up().await?;
        server.ensure_database(DATABASE).await?;
        drop(starting);
        Ok(Self { inner: Arc::new(Inner { server, users, leaving: watch::Sender::new(false) }) })
    }

    /// How to connect to a database of this server, as its superuser.
    pub fn options(&self, database: &str) -> PgConnectOptions {
        self.inner.server.options(database)
    }

    /// The same as an address, for other programs.
    pub fn url(&self, database: &str) -> String {
        self.inner.server.url(database)
    }

    /// Leaves the server; the last to leave stops it. Ends [`Cluster::supervise`].
    ///
    /// # Errors
    /// When the server does not stop within a minute.
    pub async fn stop(self) -> Result<(), PostgresError> {
        // Before the lock: whoever supervises must not start again what we are about to stop.
        self.inner.leaving.send_replace(true);
        let stopping = Held::take(self.inner.server.root()).await?;
        let inner = Arc::clone(&self.inner);
        let last = inner.users.unlock().map_err(TryLockError::Error).and_then(|()| inner.users.try_lock());
        let result = match last {
            Err(TryLockError::WouldBlock) => {
                tracing::info!("PostgreSQL is left running for another process that uses it");
                Ok(())
            }
            Err(TryLockError::Error(source)) => Err(PostgresError::Folder {
                doing: "could not lock",
                path: inner.server.root().join("users.lock"),
                source,
            }),
            Ok(()) if matches!(inner.server.state().await, Ok(State::Gone)) => Ok(()),
            Ok(()) => {
                let halting = Arc::clone(&inner);
                blocking(move || halting.server.halt()).await.inspect(|()| tracing::info!("PostgreSQL stopped"))
            }
        };
        // In this order: whoever gets the start lock next expects nobody to hold the other one alone.
        let _ = inner.users.unlock();
        drop(stopping);
        result
    }

    /// Restarts the server when it dies under the running app, until [`Cluster::stop`] or the end of the handle.
    /// It is to be spawned once: `tokio::spawn(cluster.supervise())`. Any number of processes may do so; the start
    /// lock lets one of them act.
    pub fn supervise(&self) -> impl Future<Output = ()> + Send + use<> {
        let cluster = Arc::downgrade(&self.inner);
        let ended = Arc::clone(&self.inner.server.ended);
        let mut leaving = self.inner.leaving.subscribe();
        async move {
            let mut line = None;
            let mut pause = LOOK_EVERY;
            loop {
                tokio::select! {
                    _ = leaving.wait_for(|leaving| *leaving) => return,
                    () = ended.notified() => {}
                    () = sleep(pause) => {}
                }
                let Some(inner) = cluster.upgrade() else { return };
                pause = match inner.look_after(&mut line).await {
                    Ok(()) => LOOK_EVERY,
                    Err(error) => {
                        tracing::error!(%error, "PostgreSQL could not be started again; trying on");
                        (pause * 2).min(LONGEST_PAUSE)
                    }
                };
            }
        }
    }
}

impl Inner {
    /// Asks over a line that stays open, since each new connection costs the server a process.
    async fn look_after(&self, line: &mut Option<PgConnection>) -> Result<(), PostgresError> {
        if let Some(open) = line
            && let Ok(Ok(())) = timeout(Duration::from_secs(2), open.ping()).await
        {
            return Ok(());
        }
        *line = None;
        match self.server.connect().await {
            Ok(open) => {
                *line = Some(open);
                Ok(())
            }
            Err(error) => match state_of(error)? {
                State::Ready | State::Busy => Ok(()),
                State::Gone => self.revive().await,
            },
        }
    }

    async fn revive(&self) -> Result<(), PostgresError> {
        let _starting = Held::take(self.server.root()).await?;
        // While this waited for the lock, we may have left, or another process may have started the server.
        if *self.leaving.borrow() || self.server.state().await? != State::Gone {
            return Ok(());
        }
        tracing::warn!("PostgreSQL died under the running app; starting it again");
        // Not until it is ready: recovery may take long, and a stop in the meantime needs the lock.
        self.server.launch().await
    }
}

/// The start lock, held until dropped. Each holder opens the file anew, because a lock belongs to the open file: so
/// the supervisor and `stop` of one handle exclude each other as two processes do.
struct Held {
    _file: File,
}

impl Held {
    async fn take(root: &Path) -> Result<Self, PostgresError> {
        let path = root.join("start.lock");
        let file = open_lock(&path)?;
        wait_for(|| file.try_lock()).await.map_err(PostgresError::folder("could not lock", path))?;
        Ok(Self { _file: file })
    }
}

fn open_lock(path: &Path) -> Result<File, PostgresError> {
    let opened = File::options().create(true).truncate(false).write(true).open(path);
    opened.map_err(PostgresError::folder("could not open", path))
}

/// Asks again and again instead of blocking, so that a start that waits can be given up with Ctrl-C.
async fn wait_for(lock: impl Fn() -> Result<(), TryLockError>) -> io::Result<()> {
    let mut told = false;
    loop {
        match lock() {
            Ok(()) => return Ok(()),
            Err(TryLockError::Error(error)) => return Err(error),
            Err(TryLockError::WouldBlock) => {}
        }
        if !told {
            tracing::info!("waiting for another process that starts or stops PostgreSQL here");
            told = true;
        }
        sleep(Duration::from_millis(20)).await;
    }
}
