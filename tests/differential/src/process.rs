//! Another server, as a process that ends with this one.

use std::net::{Ipv4Addr, SocketAddr, TcpListener, TcpStream};
use std::process::{Child, Command, Stdio};
use std::thread;
use std::time::{Duration, Instant};

use anyhow::{Context as _, Result, bail};
use rustix::process::{Pid, Signal, kill_process};

/// A server takes no longer to listen.
const PATIENCE: Duration = Duration::from_secs(60);
const PATIENCE_AT_THE_END: Duration = Duration::from_secs(5);
const PAUSE: Duration = Duration::from_millis(50);

/// A process, which is stopped by its id when this is dropped.
#[derive(Debug)]
pub(crate) struct Process(Child);

impl Process {
    /// Starts a server that is told its port, and waits until it listens.
    ///
    /// # Errors
    ///
    /// Why it does not: it is not there, it has ended, or its time is over. Since somebody else may take a port before
    /// the server does, a second one is tried.
    pub(crate) fn start(command: impl Fn(u16) -> Result<Command>) -> Result<(Process, SocketAddr)> {
        Self::try_to_start(&command).or_else(|_| Self::try_to_start(&command))
    }

    fn try_to_start(command: &impl Fn(u16) -> Result<Command>) -> Result<(Process, SocketAddr)> {
        let address = TcpListener::bind((Ipv4Addr::LOCALHOST, 0))?.local_addr()?;
        let mut command = command(address.port())?;
        command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
        let mut process = Process(command.spawn().with_context(|| format!("{command:?} could not be started"))?);
        let start = Instant::now();
        while TcpStream::connect_timeout(&address, PAUSE).is_err() {
            if let Some(status) = process.0.try_wait()? {
                bail!("{command:?} has ended: {status}");
            }
            if start.elapsed() > PATIENCE {
                bail!("{command:?} does not listen on {address}");
            }
            thread::sleep(PAUSE);
        }
        Ok((process, address))
    }
}

impl Drop for Process {
    /// Asks it to end, so that it can clean up, and ends it if it does not.
    fn drop(&mut self) {
        let _ = kill_process(Pid::from_child(&self.0), Signal::TERM);
        let start = Instant::now();
        while start.elapsed() < PATIENCE_AT_THE_END && matches!(self.0.try_wait(), Ok(None)) {
            thread::sleep(PAUSE);
        }
        // It may have ended by itself, and then there is nothing to stop.
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

/// A program of a server: Debian keeps them where only root looks.
pub(crate) fn server_program(name: &str) -> String {
    let path = format!("/usr/sbin/{name}");
    if std::path::Path::new(&path).exists() { path } else { name.to_owned() }
}

/// The first number of the form 1.2 or 1.2.3 in what a program prints.
///
/// # Errors
///
/// If the program is not there, or prints none.
pub(crate) fn version(command: &mut Command) -> Result<String> {
    let output = command.output().with_context(|| format!("{command:?} could not be started"))?;
    let printed = [output.stdout, output.stderr].concat();
    version_in(&String::from_utf8_lossy(&printed)).with_context(|| format!("{command:?} printed no version"))
}

fn version_in(printed: &str) -> Option<String> {
    let mut numbers = printed.split(|character: char| !character.is_ascii_digit() && character != '.');
    let is_version = |number: &&str| number.split('.').filter(|part| !part.is_empty()).count() > 1;
    numbers.find(is_version).map(|version| version.trim_matches('.').to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn versions_are_found() {
        assert_eq!(version_in("go version go1.19.8 linux/amd64\n").as_deref(), Some("1.19.8"));
        assert_eq!(version_in("nginx version: nginx/1.22.1\n").as_deref(), Some("1.22.1"));
        assert_eq!(version_in("Server version: Apache/2.4.62 (Debian)\n").as_deref(), Some("2.4.62"));
        assert_eq!(version_in("5.2\n").as_deref(), Some("5.2"));
        assert_eq!(version_in("no such option, 1 error."), None);
    }

    #[test]
    fn a_server_that_ends_at_once_is_an_error() {
        let error = Process::start(|_| Ok(Command::new("false"))).unwrap_err();
        assert!(error.to_string().contains("has ended"), "{error:#}");
    }
}
