//! An intermediary in front of the server: a program, run with a configuration that stands in `docs/intermediaries.md`.

use std::ffi::OsString;
use std::fs;
use std::path::Path;
use std::process::Command;
use std::time::{Duration, Instant};

use http::StatusCode;
use tempfile::TempDir;

use crate::client::{Ask, Client, Http};
use crate::page::PAGE;
use crate::port::free_port;
use crate::process::Process;
use crate::server::{PATIENCE, Server, program};
use crate::tag::state;

/// A program, and how it is started in the foreground, without anything of the machine's own configuration.
pub(crate) struct Intermediary {
    /// The command that prints its version.
    pub(crate) version: [&'static str; 2],
    /// `None` if it is on the command line that it is said where to listen.
    pub(crate) listens: Option<Listens>,
    /// The name of the file of its configuration.
    pub(crate) file: &'static str,
    /// What the lines of the page are a part of.
    pub(crate) around: fn(folder: &Path, lines: &str) -> String,
    /// The command line that starts it in this folder, which has the file.
    pub(crate) command: fn(folder: &Path, address: &str) -> Vec<OsString>,
}

/// How the page says that it listens on port 80, and the same for an address.
type Listens = (&'static str, fn(address: &str) -> String);

/// The server, and an intermediary in front of it.
pub(crate) struct Front {
    // In this order they are dropped: the folder is the last one to go.
    _process: Process,
    pub(crate) server: Server,
    /// Of the intermediary.
    pub(crate) address: String,
    _folder: TempDir,
}

/// How often another port is tried.
const ATTEMPTS: u32 = 5;

/// What is used for nothing but to see whether the intermediary is there, so that no other article is in its cache.
const PROBE: &str = "/api/articles/3";

impl Front {
    /// The intermediary with the configuration of this name in front of a server with these arguments, when both are ready.
    pub(crate) async fn start(intermediary: &Intermediary, configuration: &str, arguments: &[&str]) -> Front {
        let mut command = program();
        command.args(["--listen", "127.0.0.1:0", "--database", "sqlite::memory:"]).args(arguments);
        let server = Server::spawn(&mut command).await;
        let upstream = server.address.clone();
        Front::start_before(intermediary, configuration, server, &upstream).await
    }

    /// The same, in front of a server that is reached at this address.
    pub(crate) async fn start_before(
        intermediary: &Intermediary,
        configuration: &str,
        server: Server,
        upstream: &str,
    ) -> Front {
        let lines = PAGE.block(configuration);
        let mut log = String::new();
        for _ in 0..ATTEMPTS {
            let folder = tempfile::Builder::new().prefix("etag-intermediary-").tempdir().unwrap();
            let address = format!("127.0.0.1:{}", free_port());
            let lines = placed(&lines, intermediary, &address, upstream, folder.path());
            fs::write(folder.path().join(intermediary.file), (intermediary.around)(folder.path(), &lines)).unwrap();
            let path = folder.path().join("log");
            let mut process = Process::start(&(intermediary.command)(folder.path(), &address), &path);
            if is_ready(&mut process, &address, &server).await {
                return Front { _process: process, server, address, _folder: folder };
            }
            // The port may have been taken since it was seen free.
            drop(process);
            log = fs::read_to_string(path).unwrap_or_default();
        }
        panic!("{configuration} does not start; `cargo xtask test` installs what is missing:\n{log}");
    }

    /// A client of the intermediary.
    pub(crate) fn client(&self) -> Client {
        Client::new(&self.address, Http::One)
    }

    /// A client of the server behind it.
    pub(crate) fn direct(&self) -> Client {
        self.server.client(Http::One)
    }

    /// Stops both. The answer is what the server was asked about this path, as `GET 200`.
    pub(crate) async fn asked(self, path: &str) -> Vec<String> {
        let log = self.server.stop().await;
        let requests = log.lines().filter_map(|line| line.split_once("INFO ").map(|(_, request)| request));
        let words = requests.map(|request| request.split(' ').collect::<Vec<_>>());
        words.filter(|words| words.get(1) == Some(&path)).map(|words| format!("{} {}", words[0], words[2])).collect()
    }
}

/// The lines of the page, with the addresses and paths of this test.
fn placed(lines: &str, intermediary: &Intermediary, address: &str, upstream: &str, folder: &Path) -> String {
    let (_, port) = upstream.split_once(':').unwrap();
    assert!(lines.contains("3000"), "the port of the server is not in\n{lines}");
    let lines = match intermediary.listens {
        None => lines.to_owned(),
        Some((listen, listens)) => {
            assert!(lines.contains(listen), "`{listen}` is not in\n{lines}");
            lines.replace(listen, &listens(address))
        }
    };
    let folder = folder.display().to_string();
    lines.replace("3000", port).replace("/var/cache/nginx", &folder).replace("/run/", &format!("{folder}/"))
}

/// Waits until this server answers through it: somebody else may be at the address. `false` if it has ended instead.
async fn is_ready(process: &mut Process, address: &str, server: &Server) -> bool {
    let expected = state(&server.client(Http::One).tag(PROBE).await);
    let begin = Instant::now();
    while begin.elapsed() < PATIENCE {
        if process.has_ended() {
            return false;
        }
        let answer = Client::new(address, Http::One).try_send(Ask::get(PROBE)).await;
        if answer.is_ok_and(|answer| answer.status == StatusCode::OK && state(&answer.field("etag")) == expected) {
            return true;
        }
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
    false
}

/// The version that is installed, as it prints it.
pub(crate) fn version(intermediary: &Intermediary) -> String {
    let script = r#"PATH="$PATH:/usr/sbin"; "$@" 2>&1"#;
    let output = Command::new("sh").args(["-c", script, "sh"]).args(intermediary.version).output().unwrap();
    let printed = String::from_utf8_lossy(&output.stdout).into_owned();
    let is_version = |word: &str| word.starts_with(|c: char| c.is_ascii_digit()) && word.contains('.');
    let version = printed.split([' ', '/', '-', '\n']).find(|word| is_version(word));
    version.unwrap_or_else(|| panic!("no version in {printed}")).to_owned()
}
