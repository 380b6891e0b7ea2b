//! Who the server runs as, and the folders that belong to it.

use std::{
    fs, io,
    os::unix::fs::{DirBuilderExt, MetadataExt, PermissionsExt, chown},
    os::unix::process::CommandExt,
    path::{Path, PathBuf},
    process::{Command, Stdio},
};

use sha2::{Digest, Sha256};

use super::PostgresError;

/// The user that root steps down to, since PostgreSQL refuses to run as root.
#[derive(Clone, Debug)]
pub(super) struct Owner {
    uid: u32,
    gid: u32,
    name: String,
}

impl Owner {
    /// `None` when the server runs as whoever we are. Root runs it as the owner of existing data, else as `postgres`,
    /// else as `nobody`.
    pub(super) fn of(data: &Path) -> Result<Option<Self>, PostgresError> {
        if !rustix::process::geteuid().is_root() {
            return match fs::metadata(data) {
                Ok(there) if there.uid() != our_uid() => Err(PostgresError::OtherOwner(data.to_owned())),
                _ => Ok(None),
            };
        }
        let passwd = fs::read_to_string("/etc/passwd").unwrap_or_default();
        let known: Vec<Self> = passwd.lines().filter_map(Self::from_passwd).collect();
        let owner = match fs::metadata(data) {
            Ok(there) if there.uid() != 0 => Some(Self {
                uid: there.uid(),
                gid: there.gid(),
                name: known
                    .iter()
                    .find(|user| user.uid == there.uid())
                    .map_or_else(|| there.uid().to_string(), |user| user.name.clone()),
            }),
            _ => ["postgres", "nobody"].iter().find_map(|name| known.iter().find(|user| user.name == *name).cloned()),
        };
        owner.map(Some).ok_or(PostgresError::NoUnprivilegedUser)
    }

    fn from_passwd(line: &str) -> Option<Self> {
        let mut fields = line.split(':');
        let name = fields.next()?.to_owned();
        let uid = fields.nth(1)?.parse().ok().filter(|uid| *uid != 0)?;
        let gid = fields.next()?.parse().ok()?;
        Some(Self { uid, gid, name })
    }

    /// Makes a program run as this user; the standard library drops root's other groups with it.
    pub(super) fn apply(&self, command: &mut Command) {
        command.uid(self.uid).gid(self.gid);
    }

    /// Refuses a folder that this user cannot reach, and names the first closed folder on the way.
    pub(super) fn must_enter(&self, folder: &Path) -> Result<(), PostgresError> {
        if self.may_enter(folder)? {
            return Ok(());
        }
        let mut way: Vec<&Path> = folder.ancestors().collect();
        way.reverse();
        for closed in way {
            if !self.may_enter(closed)? {
                return Err(PostgresError::ClosedFolder { user: self.name.clone(), closed: closed.to_owned() });
            }
        }
        Ok(())
    }

    /// Asks the system by becoming the user, because mode bits alone know nothing of access lists.
    fn may_enter(&self, folder: &Path) -> Result<bool, PostgresError> {
        let mut ask = Command::new("test");
        ask.arg("-x").arg(folder).current_dir("/").stdin(Stdio::null());
        self.apply(&mut ask);
        ask.status().map(|status| status.success()).map_err(|error| PostgresError::Program {
            program: "test",
            said: format!("could not act as the user {}: {error}", self.name),
        })
    }
}

fn our_uid() -> u32 {
    rustix::process::geteuid().as_raw()
}

/// Makes the data folder. One that root makes here can be entered by others whatever the umask says: the server needs it.
pub(super) fn make_root(root: &Path) -> Result<PathBuf, PostgresError> {
    if !root.exists() {
        fs::create_dir_all(root).map_err(PostgresError::folder("could not create", root))?;
        if rustix::process::geteuid().is_root() {
            fs::set_permissions(root, fs::Permissions::from_mode(0o711))
                .map_err(PostgresError::folder("could not open", root))?;
        }
    }
    root.canonicalize().map_err(PostgresError::folder("could not use", root))
}

/// Makes a folder that only the server's user may enter. One that is there already must be that user's own, and no
/// link: under /tmp anybody could have put it there.
pub(super) fn make_private(folder: &Path, owner: Option<&Owner>) -> Result<(), PostgresError> {
    match fs::DirBuilder::new().mode(0o700).create(folder) {
        Ok(()) => {}
        Err(error) if error.kind() == io::ErrorKind::AlreadyExists => {
            let there = fs::symlink_metadata(folder).map_err(PostgresError::folder("could not use", folder))?;
            let ours = there.uid() == our_uid() || owner.is_some_and(|owner| owner.uid == there.uid());
            if !ours || !there.is_dir() {
                return Err(PostgresError::OtherOwner(folder.to_owned()));
            }
        }
        Err(error) => return Err(PostgresError::folder("could not create", folder)(error)),
    }
    give_to(folder, owner)?;
    fs::set_permissions(folder, fs::Permissions::from_mode(0o700))
        .map_err(PostgresError::folder("could not close to others", folder))
}

/// Hands a file or folder that root made to the server's user.
pub(super) fn give_to(path: &Path, owner: Option<&Owner>) -> Result<(), PostgresError> {
    match owner {
        Some(owner) => {
            chown(path, Some(owner.uid), Some(owner.gid)).map_err(PostgresError::folder("could not hand over", path))
        }
        None => Ok(()),
    }
}

/// The folder of the server's socket. A socket's path may have 103 bytes on macOS and 107 on Linux, so a deep data
/// folder gets a short one under /tmp, the same for every process (`TMPDIR` may differ between them).
pub(super) fn socket_folder(root: &Path, owner: Option<&Owner>) -> Result<PathBuf, PostgresError> {
    const LONGEST: usize = 85;
    let near = root.join("sock");
    let folder = if near.as_os_str().len() <= LONGEST {
        near
    } else {
        let digest = Sha256::digest(root.as_os_str().as_encoded_bytes());
        let short: String = digest.iter().take(8).map(|byte| format!("{byte:02x}")).collect();
        Path::new("/tmp").join(format!("tutti-{short}"))
    };
    make_private(&folder, owner)?;
    Ok(folder)
}

#[cfg(test)]
mod tests {
    use super::Owner;

    #[test]
    fn root_is_never_chosen_to_run_the_server() {
        assert!(Owner::from_passwd("root:x:0:0:root:/root:/bin/bash").is_none());
        assert!(Owner::from_passwd("").is_none());
        let user = Owner::from_passwd("postgres:x:101:104:PostgreSQL:/var/lib/postgresql:/bin/bash");
        assert!(user.is_some_and(|user| user.uid == 101 && user.gid == 104 && user.name == "postgres"));
    }
}
