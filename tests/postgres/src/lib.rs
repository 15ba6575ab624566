//! A private PostgreSQL for tests: started by them, and gone with them.
//!
//! ```text
//! Cluster ──programs──▶ initdb, postgres, psql
//!    └─────guard──────▶ a shell that ends PostgreSQL when the test process ends, however it does
//! ```
//!
//! A cluster lives in a temporary folder, and is reached through a socket in it: no port can be taken, and nobody else
//! on the machine can connect.

mod guard;
mod programs;
mod user;

use std::fmt::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::LazyLock;
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::Duration;

use tempfile::TempDir;

use crate::guard::Guard;
use crate::programs::Programs;
use crate::user::User;

/// How long a start or a stop may take before a test gives up on it.
const PATIENCE: Duration = Duration::from_secs(60);

/// What a crash may take with it.
#[derive(Debug, Clone, Copy, PartialEq)]
#[expect(clippy::exhaustive_enums, reason = "there is nothing between")]
pub enum Durability {
    /// Everything: nothing waits for the disk, so that tests are fast.
    Fast,
    /// Nothing that was committed, as PostgreSQL is without options.
    Durable,
}

/// A cluster of databases, with the superuser `postgres` who needs no password.
///
/// Dropping it stops PostgreSQL and removes the folder. So does the end of the process, for a cluster that is never
/// dropped.
#[derive(Debug)]
pub struct Cluster {
    programs: Programs,
    user: User,
    durability: Durability,
    /// `None` while it is stopped.
    guard: Option<Guard>,
    folder: TempDir,
}

impl Cluster {
    /// Starts a cluster, which takes one to two seconds.
    ///
    /// # Panics
    ///
    /// If PostgreSQL is not installed or does not start. The message says what to do, or holds its log.
    #[must_use]
    pub fn start(durability: Durability) -> Cluster {
        let user = User::find();
        let programs = Programs::find();
        let folder = tempfile::Builder::new().prefix("etag-postgres-").tempdir().expect("a temporary folder");
        user.own(folder.path());
        let mut cluster = Cluster { programs, user, durability, guard: None, folder };
        cluster.initialise();
        cluster.restart();
        cluster
    }

    /// A fast cluster that all tests of this process share. It is started by whoever asks first.
    ///
    /// # Panics
    ///
    /// As [`start`](Cluster::start) does.
    #[must_use]
    pub fn shared() -> &'static Cluster {
        static SHARED: LazyLock<Cluster> = LazyLock::new(|| Cluster::start(Durability::Fast));
        &SHARED
    }

    /// The URL of a database.
    #[must_use]
    pub fn url(&self, database: &str) -> String {
        format!("postgres://postgres@localhost/{database}?host={}", percent_encoded(self.folder.path()))
    }

    /// Creates an empty database, and answers its URL.
    ///
    /// # Panics
    ///
    /// If there is one of this name, or the cluster is stopped.
    #[must_use]
    pub fn create_database(&self, name: &str) -> String {
        self.execute("postgres", &format!("CREATE DATABASE \"{name}\""));
        self.url(name)
    }

    /// Creates an empty database with a name that no other has, and answers its URL.
    ///
    /// # Panics
    ///
    /// If the cluster is stopped.
    #[must_use]
    pub fn create_another_database(&self) -> String {
        static NUMBER: AtomicU32 = AtomicU32::new(1);
        self.create_database(&format!("test_{}", NUMBER.fetch_add(1, Ordering::Relaxed)))
    }

    /// Runs SQL as the superuser, and answers what it selects: a line for a row, with `|` between its columns.
    ///
    /// # Panics
    ///
    /// If PostgreSQL refuses it.
    #[expect(clippy::must_use_candidate, reason = "most SQL is run for what it does")]
    pub fn execute(&self, database: &str, sql: &str) -> String {
        let mut psql = self.command(&self.programs.psql);
        psql.args(["--no-psqlrc", "--quiet", "--tuples-only", "--no-align", "--set=ON_ERROR_STOP=1"]);
        psql.args(["--username=postgres", "--dbname", database, "--command", sql]);
        output(psql.arg("--host").arg(self.folder.path()))
    }

    /// The process id of PostgreSQL, or `None` while it is stopped.
    #[must_use]
    pub fn pid(&self) -> Option<i32> {
        self.guard.as_ref().map(Guard::pid)
    }

    /// Ends PostgreSQL as a supervisor does it: connections are cut, and what is committed is written.
    pub fn stop(&mut self) {
        if let Some(mut guard) = self.guard.take() {
            guard.end("INT", PATIENCE);
        }
    }

    /// Ends PostgreSQL as a crash does it: it is not asked, and writes nothing any more.
    pub fn kill9(&mut self) {
        if let Some(mut guard) = self.guard.take() {
            guard.end("KILL", PATIENCE);
        }
    }

    /// Starts PostgreSQL again on the same databases, at the same address. Stops it first if it runs.
    ///
    /// # Panics
    ///
    /// If it does not start. The message holds its log.
    pub fn restart(&mut self) {
        self.stop();
        let guard = Guard::start(self.command(Path::new("/bin/sh")), &self.server(), self.folder.path());
        if !guard.wait_until_ready(&self.data(), PATIENCE) {
            let log = std::fs::read_to_string(self.folder.path().join("log")).unwrap_or_default();
            panic!("PostgreSQL does not start:\n{log}");
        }
        self.guard = Some(guard);
    }

    fn initialise(&self) {
        let mut initdb = self.command(&self.programs.initdb);
        initdb.args(["--username=postgres", "--auth=trust", "--encoding=UTF8", "--no-locale"]);
        if self.durability == Durability::Fast {
            initdb.arg("--no-sync");
        }
        output(initdb.arg("--pgdata").arg(self.data()));
    }

    /// The command line of the server.
    fn server(&self) -> Vec<PathBuf> {
        let mut line = vec![self.programs.postgres.clone(), "-D".into(), self.data()];
        line.extend(["-k".into(), self.folder.path().to_owned()]);
        // Every test may have several servers, each with several connections.
        let mut settings = vec!["listen_addresses=", "max_connections=500", "shared_buffers=32MB"];
        if self.durability == Durability::Fast {
            settings.extend(["fsync=off", "synchronous_commit=off", "full_page_writes=off", "autovacuum=off"]);
        }
        line.extend(settings.into_iter().flat_map(|setting| ["-c".into(), setting.into()]));
        line
    }

    fn data(&self) -> PathBuf {
        self.folder.path().join("data")
    }

    /// A command that runs as the user who may, in a folder that this user may enter, and without settings of others.
    fn command(&self, program: &Path) -> Command {
        let mut command = Command::new(program);
        self.user.run(&mut command);
        command.current_dir(self.folder.path()).stdin(Stdio::null());
        for (name, _) in std::env::vars_os().filter(|(name, _)| name.to_string_lossy().starts_with("PG")) {
            command.env_remove(name);
        }
        command
    }
}

impl Drop for Cluster {
    fn drop(&mut self) {
        self.stop();
        // What is left of a crash: a segment of shared memory, which only a restart or this gives back to the system.
        let left = std::fs::read_to_string(self.data().join("postmaster.pid")).unwrap_or_default();
        if let Some(segment) = left.lines().nth(6).and_then(|line| line.split_whitespace().nth(1)) {
            let _ = self.command(Path::new("ipcrm")).args(["-m", segment]).output();
        }
    }
}

/// What the command prints.
fn output(command: &mut Command) -> String {
    let output = command.output().unwrap_or_else(|error| panic!("{command:?}: {error}"));
    let [out, err] = [output.stdout, output.stderr].map(|octets| String::from_utf8_lossy(&octets).into_owned());
    assert!(output.status.success(), "{command:?}: {}\n{out}{err}", output.status);
    out
}

/// The path as the value of a query parameter.
fn percent_encoded(path: &Path) -> String {
    let mut text = String::new();
    for octet in path.as_os_str().as_encoded_bytes() {
        match octet {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'/' | b'.' | b'-' | b'_' | b'~' => text.push(char::from(*octet)),
            other => {
                let _ = write!(text, "%{other:02X}");
            }
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_are_encoded() {
        assert_eq!(percent_encoded(Path::new("/tmp/a-b_c.d~9")), "/tmp/a-b_c.d~9");
        assert_eq!(percent_encoded(Path::new("/a b&c=ä%")), "/a%20b%26c%3D%C3%A4%25");
    }
}
