//! A private Redis, which ends with its test, however that ends.

use std::env;
use std::fs;
use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::os::unix::net::UnixStream;
use std::os::unix::process::CommandExt as _;
use std::path::PathBuf;
use std::process::{Child, ChildStdin, Command, Stdio};
use std::thread::sleep;
use std::time::{Duration, Instant};

use rustix::process::{Pid, Signal, kill_process};
use tempfile::TempDir;

/// How long a start may take.
const PATIENCE: Duration = Duration::from_secs(30);

/// `$0` is the folder to remove if nobody else is there to. The end of standard input is that of the test, in whatever way it ends.
const SCRIPT: &str = r#"
"$@" </dev/null >>"$0/log" 2>&1 &
echo $!
exec >&-
if read -r _
then kill -s KILL $!; wait
else kill -s KILL $!; wait; rm -rf "$0"
fi
"#;

pub(crate) struct Server {
    /// `None` while it is stopped.
    running: Option<Running>,
    folder: TempDir,
}

struct Running {
    shell: Child,
    orders: ChildStdin,
    pid: Pid,
}

impl Server {
    pub(crate) fn start() -> Server {
        let mut server = Server::stopped();
        server.restart();
        server
    }

    /// One that is yet to be started.
    pub(crate) fn stopped() -> Server {
        let folder = tempfile::Builder::new().prefix("etag-redis-").tempdir().unwrap();
        Server { running: None, folder }
    }

    pub(crate) fn url(&self) -> String {
        format!("unix://{}", self.socket().display())
    }

    /// Starts it again, empty, at the same address.
    pub(crate) fn restart(&mut self) {
        assert!(self.running.is_none());
        let mut shell = Command::new("/bin/sh");
        shell.arg("-c").arg(SCRIPT).arg(self.folder.path()).arg(program());
        shell.args(["--port", "0", "--save", "", "--appendonly", "no", "--daemonize", "no"]);
        shell.arg("--dir").arg(self.folder.path()).arg("--unixsocket").arg(self.socket());
        // In a group of its own: Ctrl-C is for the tests, after which there is this shell to clean up.
        shell.process_group(0).stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::null());
        let mut shell = shell.spawn().expect("every Unix has a shell");
        let orders = shell.stdin.take().unwrap();
        let mut line = String::new();
        BufReader::new(shell.stdout.take().unwrap()).read_line(&mut line).unwrap();
        let pid = line.trim_end().parse().ok().and_then(Pid::from_raw).expect("the shell prints a process id");
        self.running = Some(Running { shell, orders, pid });
        let begin = Instant::now();
        while !self.answers() {
            let log = || fs::read_to_string(self.folder.path().join("log")).unwrap_or_default();
            assert!(begin.elapsed() < PATIENCE, "Redis does not start:\n{}", log());
            sleep(Duration::from_millis(5));
        }
    }

    /// Ends it as a crash does.
    pub(crate) fn kill(&mut self) {
        if let Some(mut running) = self.running.take() {
            // The shell has not waited for it, so that its process id is nobody else's.
            let _ = writeln!(running.orders);
            let _ = running.shell.wait();
        }
    }

    /// Has it do nothing, while connections to it stay.
    pub(crate) fn pause(&self) {
        self.signal(Signal::STOP);
    }

    pub(crate) fn resume(&self) {
        self.signal(Signal::CONT);
    }

    fn signal(&self, signal: Signal) {
        kill_process(self.running.as_ref().expect("it runs").pid, signal).unwrap();
    }

    fn socket(&self) -> PathBuf {
        self.folder.path().join("socket")
    }

    fn answers(&self) -> bool {
        let Ok(mut stream) = UnixStream::connect(self.socket()) else { return false };
        stream.set_read_timeout(Some(Duration::from_secs(1))).unwrap();
        let mut answer = [0; 5];
        stream.write_all(b"PING\r\n").and_then(|()| stream.read_exact(&mut answer)).is_ok() && answer == *b"+PONG"
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        self.kill();
    }
}

fn program() -> PathBuf {
    let path = env::var_os("PATH").unwrap_or_default();
    let mut programs = env::split_paths(&path).map(|folder| folder.join("redis-server"));
    programs
        .find(|program| program.is_file())
        .expect("Redis is not installed: PATH has no `redis-server`; `cargo xtask test` installs it")
}
