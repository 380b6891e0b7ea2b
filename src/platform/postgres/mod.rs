//! The embedded PostgreSQL: a private cluster in the data folder, run from the programs installed on this machine,
//! for whoever gives no `DATABASE_URL`.
//!
//! It owns the life of that server (first start, adoption, restart, stop) and says where it listens. It never
//! creates tables, never opens a TCP port and never touches a server that it was not asked to run.
//!
//! ```text
//! data folder
//!   pgdata/        the cluster
//!   sock/          mode 0700, the only way in
//!   start.lock     held while starting or stopping
//!   users.lock     held shared by every handle: who gets it alone is the last to leave
//!   postgres.log   what the server says
//! ```
//!
//! The server has its own process group and outlives an app that crashed; the next start adopts it.

mod cluster;
mod owner;
mod programs;
mod server;

use std::{io, path::PathBuf, process::ExitStatus};

pub use cluster::{Cluster, DATABASE};
pub use programs::Places;

/// What an acknowledged commit means.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Durability {
    /// Acknowledged means on disk (ARCHITECTURE §8).
    Full,
    /// Nothing waits for the disk: for tests, whose data nobody misses after a power cut.
    None,
}

/// Why the embedded PostgreSQL cannot be used; each sentence is meant for the person who started the program.
#[derive(Debug, thiserror::Error)]
pub enum PostgresError {
    /// No programs in any of the usual places.
    #[error(
        "PostgreSQL is not installed on this machine. Run script/setup, or install PostgreSQL 15 or newer yourself, \
         or set DATABASE_URL to a database elsewhere."
    )]
    NotInstalled,
    /// The folder chosen by hand holds no programs.
    #[error(
        "TUTTI_PG_BIN names {}, which does not hold working PostgreSQL programs (postgres, initdb, pg_ctl). \
         Name the folder that does, or unset it.", .0.display()
    )]
    NotInChosenFolder(PathBuf),
    /// Installed, but older than what the migrations need.
    #[error("PostgreSQL {0} is too old for Tutti. Install PostgreSQL 15 or newer.")]
    TooOld(u32),
    /// The data folder belongs to a major version whose programs are not here.
    #[error(
        "The data in {} was made by PostgreSQL {made_by}, and only these versions are installed here: {installed}. \
         Install PostgreSQL {made_by}, or choose another data folder with TUTTI_DATA.", data.display()
    )]
    OtherVersion {
        /// The cluster's folder.
        data: PathBuf,
        /// The content of its `PG_VERSION`.
        made_by: String,
        /// Major versions found, for reading.
        installed: String,
    },
    /// As root the server runs as somebody else, who has to reach the data folder.
    #[error(
        "PostgreSQL refuses to run as root, so it runs as the user {user}, who may not enter {}. \
         Choose a data folder that {user} can reach with TUTTI_DATA (such as /var/lib/tutti), \
         or set DATABASE_URL to a database elsewhere.", closed.display()
    )]
    ClosedFolder {
        /// Name of the user, or the number where it has no name.
        user: String,
        /// The first folder on the way that this user may not enter.
        closed: PathBuf,
    },
    /// As root, and nobody is there to run the server as.
    #[error(
        "PostgreSQL refuses to run as root, and this machine has neither a user postgres nor a user nobody. \
         Create one of them, or start Tutti as another user."
    )]
    NoUnprivilegedUser,
    /// The folder is used by another user of this machine.
    #[error(
        "{} belongs to another user of this machine. Start Tutti as that user, \
         or choose another data folder with TUTTI_DATA.", .0.display()
    )]
    OtherOwner(PathBuf),
    /// Something else lies where the cluster should be made.
    #[error(
        "{} is not empty and holds no PostgreSQL data. Move it away, or choose another data folder with TUTTI_DATA.",
        .0.display()
    )]
    NotACluster(PathBuf),
    /// A file or folder could not be used.
    #[error("{doing} {}: {source}. Choose another data folder with TUTTI_DATA if this one cannot be used.", path.display())]
    Folder {
        /// What was tried, such as "could not create".
        doing: &'static str,
        /// On which file or folder.
        path: PathBuf,
        /// What the system answered.
        source: io::Error,
    },
    /// One of PostgreSQL's programs failed.
    #[error("{program} failed: {said}")]
    Program {
        /// Name of the program.
        program: &'static str,
        /// What it said, or why it could not be run.
        said: String,
    },
    /// The server ended again and again while it was starting.
    #[error("PostgreSQL ended while it was starting ({status}). Its last words: {said} (more in {}).", log.display())]
    Ended {
        /// How the process ended.
        status: ExitStatus,
        /// The end of its log.
        said: String,
        /// The whole log.
        log: PathBuf,
    },
    /// The server runs but does not answer.
    #[error("PostgreSQL did not answer within {seconds} seconds; see {}.", log.display())]
    NoAnswer {
        /// How long was waited.
        seconds: u64,
        /// The log that may say why.
        log: PathBuf,
    },
    /// The server answers, but not as our own server should.
    #[error("PostgreSQL refused: {0}")]
    Refused(#[from] sqlx::Error),
    /// A helper thread was lost, which happens only while the program ends.
    #[error("PostgreSQL could not be looked after, because the program is ending.")]
    Ending(#[from] tokio::task::JoinError),
}

impl PostgresError {
    fn folder(doing: &'static str, path: impl Into<PathBuf>) -> impl FnOnce(io::Error) -> Self {
        let path = path.into();
        move |source| Self::Folder { doing, path, source }
    }
}

/// Runs what may wait for a disk, a lock or a program away from the async threads.
async fn blocking<T: Send + 'static>(
    work: impl FnOnce() -> Result<T, PostgresError> + Send + 'static,
) -> Result<T, PostgresError> {
    tokio::task::spawn_blocking(work).await?
}
