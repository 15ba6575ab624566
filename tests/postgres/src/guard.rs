//! The shell that PostgreSQL is a child of, and two pipes between it and the test process.
//!
//! The shell reads one of them, and so learns of the end of the test process: a destructor does not run for a static,
//! nor in a process that is killed, but the end of a pipe comes in every case. The shell is there before PostgreSQL is,
//! so there is no moment at which PostgreSQL could be left alone.
//!
//! PostgreSQL and its own children hold the other one, whose end says that the last of them is gone.

use std::fs;
use std::io::{BufRead, BufReader, Write};
use std::os::unix::process::CommandExt;
use std::path::{Path, PathBuf};
use std::process::{Child, ChildStdin, ChildStdout, Command, Stdio};
use std::thread::sleep;
use std::time::{Duration, Instant};

use rustix::event::{PollFd, PollFlags, Timespec, poll};
use rustix::process::{Pid, Signal, kill_process};

/// `$0` is the folder to remove if nobody else is there to, and the arguments are PostgreSQL's command line.
///
/// QUIT is what PostgreSQL obeys within seconds, whatever its connections are doing.
const SCRIPT: &str = r#"
"$@" </dev/null 3>&1 >>"$0/log" 2>&1 &
echo $!
exec >&-
if read -r signal
then kill -s "$signal" $!; wait
else kill -s QUIT $!; wait; rm -rf "$0"
fi
"#;

/// A running PostgreSQL, and the shell that guards it. Dropping it ends both.
#[derive(Debug)]
pub(crate) struct Guard {
    shell: Child,
    orders: ChildStdin,
    alive: BufReader<ChildStdout>,
    pid: i32,
}

impl Guard {
    /// Starts the server by the shell that `shell` is the command of.
    pub(crate) fn start(mut shell: Command, server: &[PathBuf], folder: &Path) -> Guard {
        shell.arg("-c").arg(SCRIPT).arg(folder).args(server);
        // In a group of its own: Ctrl-C is for the tests, after which there is this shell to clean up.
        shell.process_group(0).stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::null());
        let mut shell = shell.spawn().expect("every Unix has a shell");
        let orders = shell.stdin.take().expect("it is a pipe");
        let mut alive = BufReader::new(shell.stdout.take().expect("it is a pipe"));
        let mut line = String::new();
        let pid = alive.read_line(&mut line).ok().and_then(|_| line.trim_end().parse().ok());
        Guard { shell, orders, alive, pid: pid.expect("the shell prints a process id") }
    }

    pub(crate) fn pid(&self) -> i32 {
        self.pid
    }

    /// Waits until PostgreSQL takes connections. `false` if it has ended instead.
    pub(crate) fn wait_until_ready(&self, data: &Path, patience: Duration) -> bool {
        let begin = Instant::now();
        while begin.elapsed() < patience {
            // The first line is a process id, which may be one from before a crash, and the eighth is the state.
            let file = fs::read_to_string(data.join("postmaster.pid")).unwrap_or_default();
            let is_mine = file.lines().next().and_then(|line| line.parse().ok()) == Some(self.pid);
            if is_mine && file.lines().nth(7).is_some_and(|state| state.trim() == "ready") {
                return true;
            }
            if self.has_ended_within(Duration::ZERO) {
                return false;
            }
            sleep(Duration::from_millis(10));
        }
        false
    }

    /// Sends a signal, and waits for the end. Whatever does not end is killed when the patience is over.
    pub(crate) fn end(&mut self, signal: &str, patience: Duration) {
        // This fails only if the shell is gone, in which case there is nothing to tell it.
        let _ = writeln!(self.orders, "{signal}");
        if !self.has_ended_within(patience) {
            // It is there, so its process id is nobody else's.
            let _ = Pid::from_raw(self.pid).map(|pid| kill_process(pid, Signal::KILL));
            self.has_ended_within(patience);
        }
        let _ = self.shell.wait();
    }

    /// Whether PostgreSQL and all its children are gone, or are so before the time is over.
    fn has_ended_within(&self, time: Duration) -> bool {
        let mut pipes = [PollFd::new(self.alive.get_ref(), PollFlags::IN)];
        let time = Timespec::try_from(time).expect("patience ends within a lifetime");
        poll(&mut pipes, Some(&time)).is_ok_and(|ended| ended > 0)
    }
}

impl Drop for Guard {
    fn drop(&mut self) {
        self.end("QUIT", Duration::from_secs(10));
    }
}
