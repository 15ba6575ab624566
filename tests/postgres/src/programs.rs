//! Where PostgreSQL is installed.

use std::env;
use std::path::{Path, PathBuf};

/// The programs of one installation.
#[derive(Debug, Clone)]
pub(crate) struct Programs {
    pub(crate) initdb: PathBuf,
    pub(crate) postgres: PathBuf,
    pub(crate) psql: PathBuf,
}

impl Programs {
    /// Those on the PATH, or else the newest where Debian puts them, which is on nobody's PATH.
    pub(crate) fn find() -> Programs {
        let path = env::var_os("PATH").unwrap_or_default();
        let folders = env::split_paths(&path).chain(newest_first(Path::new("/usr/lib/postgresql")));
        let found = folders.into_iter().find_map(|folder| Programs::of(&folder));
        found.expect(
            "PostgreSQL is not installed: neither PATH nor /usr/lib/postgresql has it; `cargo xtask test` installs it",
        )
    }

    /// Those beside the `initdb` of this folder, which may be a link to where the others are.
    fn of(folder: &Path) -> Option<Programs> {
        let initdb = folder.join("initdb").canonicalize().ok()?;
        let [postgres, psql] = ["postgres", "psql"].map(|name| initdb.with_file_name(name));
        (postgres.is_file() && psql.is_file()).then_some(Programs { initdb, postgres, psql })
    }
}

/// The folders of programs under one that has a folder for each version.
fn newest_first(versions: &Path) -> Vec<PathBuf> {
    let entries = std::fs::read_dir(versions).into_iter().flatten().flatten();
    let mut numbered: Vec<(u32, PathBuf)> = entries
        .filter_map(|entry| Some((entry.file_name().to_str()?.parse().ok()?, entry.path().join("bin"))))
        .collect();
    numbered.sort();
    numbered.into_iter().rev().map(|(_, folder)| folder).collect()
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::*;

    #[test]
    fn newest_version_comes_first() {
        let folder = tempfile::tempdir().unwrap();
        for name in ["9", "15", "16", "common"] {
            fs::create_dir(folder.path().join(name)).unwrap();
        }
        let found = newest_first(folder.path());
        assert_eq!(found, ["16/bin", "15/bin", "9/bin"].map(|name| folder.path().join(name)));
        assert!(newest_first(&folder.path().join("missing")).is_empty());
    }

    #[test]
    fn a_link_leads_to_all_programs() {
        let folder = tempfile::tempdir().unwrap();
        let [real, linked] = ["real", "linked"].map(|name| folder.path().join(name));
        fs::create_dir(&real).unwrap();
        fs::create_dir(&linked).unwrap();
        fs::write(real.join("initdb"), "").unwrap();
        std::os::unix::fs::symlink(real.join("initdb"), linked.join("initdb")).unwrap();
        assert!(Programs::of(&linked).is_none(), "a client's installation");
        fs::write(real.join("postgres"), "").unwrap();
        fs::write(real.join("psql"), "").unwrap();
        assert_eq!(Programs::of(&linked).unwrap().psql, real.canonicalize().unwrap().join("psql"));
    }
}
