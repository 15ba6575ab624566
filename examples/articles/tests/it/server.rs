//! The program, started on a free port.

use std::process::{ExitStatus, Output, Stdio};
use std::time::Duration;

use rustix::process::{Pid, Signal, kill_process};
use tokio::io::{AsyncBufReadExt, AsyncReadExt, BufReader};
use tokio::process::{Child, ChildStdout, Command};
use tokio::task::JoinHandle;
use tokio::time::timeout;

use crate::client::{Client, Http};
use crate::database::Database;

/// How long anything may take before a test gives up on it.
pub(crate) const PATIENCE: Duration = Duration::from_secs(30);

/// A running server. A test that ends without [`stop`](Server::stop) kills it.
pub(crate) struct Server {
    process: Child,
    stdout: BufReader<ChildStdout>,
    /// Read all the time: a server whose log nobody reads stops when the pipe is full.
    log: JoinHandle<String>,
    /// Host and port.
    pub(crate) address: String,
}

impl Server {
    /// On this database.
    pub(crate) async fn start(database: &Database) -> Server {
        Server::spawn(program().args(["--listen", "127.0.0.1:0", "--database", &database.url])).await
    }

    /// Waits until it says where it listens.
    pub(crate) async fn spawn(command: &mut Command) -> Server {
        let mut process = command.spawn().unwrap();
        let mut stdout = BufReader::new(process.stdout.take().unwrap());
        let mut stderr = process.stderr.take().unwrap();
        let log = tokio::spawn(async move {
            let mut log = String::new();
            stderr.read_to_string(&mut log).await.unwrap();
            log
        });
        let mut line = String::new();
        timeout(PATIENCE, stdout.read_line(&mut line)).await.expect("the server says nothing").unwrap();
        let address = line.trim_end().strip_prefix("articles: listening on http://");
        let address = address.unwrap_or_else(|| panic!("not an address: {line:?}")).to_owned();
        Server { process, stdout, log, address }
    }

    pub(crate) fn client(&self, version: Http) -> Client {
        Client::new(&self.address, version)
    }

    /// Everything it prints from here up to a line with `end`.
    pub(crate) async fn printed_until(&mut self, end: &str) -> String {
        let mut text = String::new();
        while !text.contains(end) {
            let read =
                timeout(PATIENCE, self.stdout.read_line(&mut text)).await.expect("the server is silent").unwrap();
            assert_ne!(read, 0, "the server printed only {text:?}");
        }
        text
    }

    pub(crate) fn signal(&self, signal: Signal) {
        let pid = i32::try_from(self.process.id().expect("it runs")).unwrap();
        kill_process(Pid::from_raw(pid).unwrap(), signal).unwrap();
    }

    /// As a lack of memory does it: it learns nothing of it.
    pub(crate) async fn kill(&mut self) {
        self.process.kill().await.unwrap();
    }

    /// Waits for its end. Its log is in the answer.
    pub(crate) async fn ended(mut self) -> (ExitStatus, String) {
        let end = async { (self.process.wait().await.unwrap(), self.log.await.unwrap()) };
        timeout(PATIENCE, end).await.expect("the server does not stop")
    }

    /// As a supervisor does it: SIGTERM, after which it has to end without complaint. Answers its log.
    pub(crate) async fn stop(self) -> String {
        self.signal(Signal::TERM);
        let (status, log) = self.ended().await;
        assert_eq!(status.code(), Some(0), "{log}");
        assert!(!log.contains("panicked"), "{log}");
        log
    }
}

/// The program, without arguments, and with nothing of the environment that could be meant for it.
pub(crate) fn program() -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_articles"));
    for name in ["LISTEN", "DATABASE_URL", "ACCEPT_WEAKENED", "RUST_LOG"] {
        command.env_remove(name);
    }
    command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped()).kill_on_drop(true);
    command
}

/// What the program says when it is not to start.
pub(crate) async fn refusal(arguments: &[&str]) -> Output {
    timeout(PATIENCE, program().args(arguments).output()).await.expect("it did start").unwrap()
}
