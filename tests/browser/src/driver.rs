//! chromedriver, and the shell that it is a child of, with two pipes between that and the test process.
//!
//! The shell reads one of them, and so learns of the end of the test process, however it ends. The other one is held by
//! chromedriver and by every process of Chromium: its end says that the last of them is gone.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::os::unix::process::CommandExt;
use std::process::{Child, ChildStdin, ChildStdout, Command, Stdio};
use std::time::{Duration, Instant};

use rustix::event::{PollFd, PollFlags, Timespec, poll};
use tempfile::TempDir;

/// How long a start or a stop may take.
const PATIENCE: Duration = Duration::from_secs(60);

/// `$0` is the folder to live in, which is also the home: Chromium leaves things there, whatever its profile is.
///
/// `setsid` makes a group of all processes, which the shell is not in, and can end. They may still be writing when the folder
/// is removed for the first time.
const SCRIPT: &str = r#"
HOME="$0" TMPDIR="$0" setsid chromedriver --port=0 </dev/null 2>>"$0/log" &
exec >&-
read -r _
kill -s KILL -- -$! 2>>"$0/log"
wait
for _ in 1 2 3 4 5; do rm -rf "$0" 2>/dev/null && break; sleep 1; done
"#;

/// A running chromedriver. Dropping it ends it, and every browser of its.
#[derive(Debug)]
pub(crate) struct Driver {
    shell: Child,
    /// `None` once the shell has been told to end what is left.
    orders: Option<ChildStdin>,
    alive: BufReader<ChildStdout>,
    port: u16,
    folder: TempDir,
}

impl Driver {
    /// Starts it on a port that it takes itself, so that it is a free one.
    pub(crate) fn start() -> Driver {
        let folder = tempfile::Builder::new().prefix("etag-browser-").tempdir().expect("a temporary folder");
        let mut shell = Command::new("/bin/sh");
        shell.arg("-c").arg(SCRIPT).arg(folder.path());
        // In a group of its own: Ctrl-C is for the tests, after which there is this shell to clean up.
        shell.process_group(0).stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::null());
        let mut shell = shell.spawn().expect("every Unix has a shell");
        let orders = shell.stdin.take();
        let mut alive = BufReader::new(shell.stdout.take().expect("it is a pipe"));
        let port = port(&mut alive);
        // In this order, so that what has been started ends whatever has been found.
        let mut driver = Driver { shell, orders, alive, port: 0, folder };
        driver.port = port.unwrap_or_else(|| {
            let log = std::fs::read_to_string(driver.folder.path().join("log")).unwrap_or_default();
            panic!("chromedriver does not start; `cargo xtask test` installs it:\n{log}")
        });
        driver
    }

    pub(crate) fn url(&self) -> String {
        // Not by name: some machines resolve it to an address that chromedriver does not listen on.
        format!("http://127.0.0.1:{}", self.port)
    }

    /// A folder for a profile.
    pub(crate) fn profile(&self) -> String {
        self.folder.path().join("profile").display().to_string()
    }

    /// Whether all processes are gone, or are so before the time is over.
    fn has_ended_within(&mut self, time: Duration) -> bool {
        let begin = Instant::now();
        while let Some(left) = time.checked_sub(begin.elapsed()) {
            let mut pipes = [PollFd::new(self.alive.get_ref(), PollFlags::IN)];
            let left = Timespec::try_from(left).expect("patience ends within a lifetime");
            if poll(&mut pipes, Some(&left)).is_ok_and(|ready| ready > 0)
                && self.alive.get_mut().read(&mut [0; 4096]).is_ok_and(|read| read == 0)
            {
                return true;
            }
        }
        false
    }

    /// Asks chromedriver to end its browsers and itself.
    fn ask_to_end(&self) -> std::io::Result<()> {
        let mut stream = TcpStream::connect(("127.0.0.1", self.port))?;
        stream.set_read_timeout(Some(Duration::from_secs(10)))?;
        write!(stream, "GET /shutdown HTTP/1.1\r\nHost: 127.0.0.1:{}\r\nConnection: close\r\n\r\n", self.port)?;
        stream.read(&mut [0; 1]).map(drop)
    }
}

impl Drop for Driver {
    fn drop(&mut self) {
        // If it is asked, every process is waited for by the one that has started it. What then is left is killed.
        let has_ended = self.ask_to_end().is_ok() && self.has_ended_within(Duration::from_secs(10));
        drop(self.orders.take());
        if !has_ended {
            self.has_ended_within(PATIENCE);
        }
        let _ = self.shell.wait();
    }
}

/// The port that chromedriver says it listens on, or `None` if it ends without saying so.
fn port(lines: &mut impl BufRead) -> Option<u16> {
    let mut line = String::new();
    while lines.read_line(&mut line).ok()? > 0 {
        let end = line.trim_end().trim_end_matches('.').rsplit_once("started successfully on port ");
        if let Some((_, port)) = end {
            return port.parse().ok();
        }
        line.clear();
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_port_is_in_what_chromedriver_says() {
        let said = "Starting ChromeDriver 1.2.3 (f00-refs/heads/1@{#1}) on port 0\nOnly local connections are allowed.\n\
                    ChromeDriver was started successfully on port 41234.\n";
        assert_eq!(port(&mut said.as_bytes()), Some(41234));
        assert_eq!(port(&mut "sh: setsid: not found\n".as_bytes()), None);
    }
}
