//! Where PostgreSQL's programs are, and which of them fit the data.

use std::{
    env, fs,
    path::{Path, PathBuf},
    process::{Command, Stdio},
};

use super::PostgresError;

/// The oldest version that the migrations are tested with (ARCHITECTURE §7).
const OLDEST: u32 = 15;

/// Where packages put their versions: `<base>/<version>/bin`.
const VERSIONED: [&str; 5] = [
    "/usr/lib/postgresql",
    "/usr/local/lib/postgresql",
    "/opt/homebrew/opt",
    "/usr/local/opt",
    "/Applications/Postgres.app/Contents/Versions",
];

/// The folders in which PostgreSQL's programs are looked for.
#[derive(Clone, Debug)]
pub struct Places {
    chosen: Option<PathBuf>,
    others: Vec<PathBuf>,
}

impl Places {
    /// `TUTTI_PG_BIN` alone when it is set; else `PATH`, what `pg_config` names, and the usual folders of packages.
    pub fn from_env() -> Self {
        match env::var_os("TUTTI_PG_BIN").filter(|dir| !dir.is_empty()) {
            Some(dir) => Self::only(dir),
            None => Self { chosen: None, others: usual_folders() },
        }
    }

    /// One folder and no other, as `TUTTI_PG_BIN` does.
    pub fn only(dir: impl Into<PathBuf>) -> Self {
        Self { chosen: Some(dir.into()), others: Vec::new() }
    }

    /// These folders, in place of all the usual ones.
    pub fn among(dirs: impl IntoIterator<Item = PathBuf>) -> Self {
        Self { chosen: None, others: dirs.into_iter().collect() }
    }

    /// The folder whose programs fit: of the major version that made `data`, else the newest.
    /// It runs programs and so may take some milliseconds.
    pub(super) fn find(&self, data: &Path) -> Result<PathBuf, PostgresError> {
        let mut found: Vec<(u32, &PathBuf)> = Vec::new();
        for dir in self.chosen.iter().chain(&self.others) {
            if found.iter().any(|(_, known)| *known == dir) {
                continue;
            }
            if let Some(major) = major_version(dir) {
                found.push((major, dir));
            }
        }
        let made_by = fs::read_to_string(data.join("PG_VERSION")).ok().map(|text| text.trim().to_owned());
        let fitting =
            found.iter().filter(|(major, _)| made_by.as_ref().is_none_or(|made_by| major.to_string() == *made_by));
        match (fitting.max_by_key(|(major, _)| *major), made_by) {
            (Some((major, _)), _) if *major < OLDEST => Err(PostgresError::TooOld(*major)),
            (Some((_, dir)), _) => Ok((*dir).clone()),
            (None, Some(made_by)) if !found.is_empty() => Err(PostgresError::OtherVersion {
                data: data.to_owned(),
                made_by,
                installed: found.iter().map(|(major, _)| major.to_string()).collect::<Vec<_>>().join(", "),
            }),
            (None, _) => Err(match &self.chosen {
                Some(dir) => PostgresError::NotInChosenFolder(dir.clone()),
                None => PostgresError::NotInstalled,
            }),
        }
    }
}

fn usual_folders() -> Vec<PathBuf> {
    let mut dirs: Vec<PathBuf> = env::var_os("PATH").map(|path| env::split_paths(&path).collect()).unwrap_or_default();
    if let Ok(answer) = Command::new("pg_config").arg("--bindir").stdin(Stdio::null()).output() {
        dirs.push(String::from_utf8_lossy(&answer.stdout).trim().into());
    }
    for base in VERSIONED {
        dirs.extend(children(base).map(|dir| dir.join("bin")));
    }
    // Packages of postgresql.org for Red Hat and its relatives: /usr/pgsql-17/bin. Alpine: /usr/libexec/postgresql17.
    for (base, prefix) in [("/usr", "pgsql-"), ("/usr/libexec", "postgresql")] {
        for dir in children(base) {
            if dir.file_name().is_some_and(|name| name.to_string_lossy().starts_with(prefix)) {
                dirs.push(dir.join("bin"));
                dirs.push(dir);
            }
        }
    }
    dirs
}

fn children(base: &str) -> impl Iterator<Item = PathBuf> {
    fs::read_dir(base).into_iter().flatten().flatten().map(|entry| entry.path())
}

/// The major version of the programs in `dir`, when all that we run are there and answer.
fn major_version(dir: &Path) -> Option<u32> {
    if !["postgres", "initdb", "pg_ctl"].iter().all(|program| dir.join(program).is_file()) {
        return None;
    }
    let answer = Command::new(dir.join("postgres")).arg("--version").stdin(Stdio::null()).output().ok()?;
    parse_major(&String::from_utf8_lossy(&answer.stdout))
}

/// Reads `postgres (PostgreSQL) 15.18 (Debian 15.18-0+deb12u1)`, and `18beta1` as 18.
fn parse_major(answer: &str) -> Option<u32> {
    let version = answer.split_whitespace().nth(2)?;
    version.split(|c: char| !c.is_ascii_digit()).next()?.parse().ok()
}

#[cfg(test)]
mod tests {
    use super::parse_major;

    #[test]
    fn reads_the_major_version_of_what_the_server_says() {
        let table = [
            ("postgres (PostgreSQL) 15.18 (Debian 15.18-0+deb12u1)\n", Some(15)),
            ("postgres (PostgreSQL) 17.2\n", Some(17)),
            ("postgres (PostgreSQL) 18beta1\n", Some(18)),
            ("postgres\n", None),
            ("", None),
        ];
        for (answer, major) in table {
            assert_eq!(parse_major(answer), major, "{answer:?}");
        }
    }
}
