//! A program that never outlives the test that has started it.
//!
//! It is the child of a shell that reads a pipe from the test process. The end of that pipe is the order to stop, and comes in every
//! case: when the value is dropped, also by a panic, and when the test process is killed.

use std::ffi::OsString;
use std::fs::File;
use std::os::unix::process::CommandExt;
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::thread::sleep;
use std::time::{Duration, Instant};

use rustix::process::{Pid, Signal, kill_process_group};

/// The arguments are the command line of the program. The shell ends as soon as the program does, and with its status.
///
/// Debian's daemons are on the PATH of root only.
const SCRIPT: &str = r#"
PATH="$PATH:/usr/sbin"
exec 3<&0
"$@" 3<&- </dev/null &
program=$!
{ read -r _ <&3; kill -s TERM $program; } &
wait $program; status=$?
kill $! 2>/dev/null
exit $status
"#;

/// How long a program may take to stop before it is killed.
const PATIENCE: Duration = Duration::from_secs(10);

/// A running program. Dropping it stops it, and waits for its end.
pub(crate) struct Process(Child);

impl Process {
    /// Runs the command line. What the program prints goes to `log`.
    pub(crate) fn start(command: &[OsString], log: &Path) -> Process {
        let log = File::options().create(true).append(true).open(log).unwrap();
        let mut shell = Command::new("sh");
        shell.args(["-c", SCRIPT, "sh"]).args(command);
        shell.stdin(Stdio::piped()).stdout(log.try_clone().unwrap()).stderr(log);
        // A group of its own: Ctrl-C is for the tests, and whatever does not stop can be killed as a whole.
        Process(shell.process_group(0).spawn().expect("every Unix has a shell"))
    }

    /// Whether the program has ended by itself.
    pub(crate) fn has_ended(&mut self) -> bool {
        self.0.try_wait().unwrap().is_some()
    }
}

impl Drop for Process {
    fn drop(&mut self) {
        let group = i32::try_from(self.0.id()).ok().and_then(Pid::from_raw);
        drop(self.0.stdin.take());
        let begin = Instant::now();
        while matches!(self.0.try_wait(), Ok(None)) {
            if begin.elapsed() > PATIENCE {
                // The shell is there, so its process id is nobody else's, and neither is its group.
                let _ = group.map(|group| kill_process_group(group, Signal::KILL));
                let _ = self.0.wait();
                return;
            }
            sleep(Duration::from_millis(5));
        }
    }
}
