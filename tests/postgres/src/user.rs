//! Who runs PostgreSQL: it refuses root.

use std::os::unix::fs::chown;
use std::os::unix::process::CommandExt;
use std::path::Path;
use std::process::Command;

/// The user who runs PostgreSQL.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) enum User {
    /// Whoever runs the tests.
    Myself,
    /// The one that the Debian package brings, since root runs the tests.
    Other { uid: u32, gid: u32 },
}

impl User {
    pub(crate) fn find() -> User {
        if !rustix::process::geteuid().is_root() {
            return User::Myself;
        }
        let users = std::fs::read_to_string("/etc/passwd").unwrap_or_default();
        User::named("postgres", &users).expect(
            "PostgreSQL does not run as root, and there is no user `postgres` to run it instead; `cargo xtask test` \
             installs the package that brings one",
        )
    }

    /// The user of this name in a table of users: `name:password:uid:gid:…`.
    fn named(name: &str, users: &str) -> Option<User> {
        let mut fields = users.lines().map(|line| line.split(':')).find_map(|mut fields| {
            let is_it = fields.next() == Some(name);
            is_it.then_some(fields.skip(1))
        })?;
        Some(User::Other { uid: fields.next()?.parse().ok()?, gid: fields.next()?.parse().ok()? })
    }

    /// Gives this folder to the user.
    pub(crate) fn own(self, folder: &Path) {
        if let User::Other { uid, gid } = self {
            chown(folder, Some(uid), Some(gid)).expect("root may give a folder away");
        }
    }

    /// Makes the command run as the user.
    pub(crate) fn run(self, command: &mut Command) {
        if let User::Other { uid, gid } = self {
            command.uid(uid).gid(gid);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn users_by_name() {
        let users = "root:x:0:0:root:/root:/bin/bash\npostgres2:x:7:8::/:/bin/sh\npostgres:x:101:104:,,,:/:/bin/sh\n";
        assert_eq!(User::named("postgres", users), Some(User::Other { uid: 101, gid: 104 }));
        assert_eq!(User::named("nobody", users), None);
        assert_eq!(User::named("postgres", "postgres:x:"), None);
    }
}
