//! A server of one thread, as a program of its own.

use std::env;
use std::fs;
use std::io::{self, BufRead as _, BufReader, Read as _};
use std::net::Ipv4Addr;
use std::process::{Child, Command, Stdio};
use std::thread;
use std::time::Duration;

use anyhow::{Context as _, Result};
use axum::Router;
use tokio::net::TcpListener;
use tokio::runtime::Builder;

use crate::requests::Scenario;

/// One that runs until it is dropped.
pub(super) struct Server {
    child: Child,
    /// `HOST:PORT`
    pub(super) address: String,
}

impl Server {
    pub(super) fn start() -> Result<Server> {
        let mut command = Command::new(env::current_exe()?);
        let mut child = command.arg("serve").stdin(Stdio::piped()).stdout(Stdio::piped()).spawn()?;
        let mut address = String::new();
        BufReader::new(child.stdout.take().context("its output")?).read_line(&mut address)?;
        Ok(Server { child, address: address.trim_end().to_owned() })
    }

    /// How long its processor has worked.
    pub(super) fn busy(&self) -> Result<Duration> {
        let path = format!("/proc/{}/schedstat", self.child.id());
        let times = fs::read_to_string(&path).with_context(|| path.clone())?;
        let nanoseconds = times.split(' ').next().unwrap_or_default().parse().with_context(|| path)?;
        Ok(Duration::from_nanos(nanoseconds))
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        // It ends by itself too, as nobody holds its input any more.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// Serves on a free port, which it prints, until its input ends.
pub(crate) fn run() -> Result<()> {
    thread::spawn(|| {
        let _ = io::stdin().read_to_end(&mut Vec::new());
        std::process::exit(0);
    });
    Builder::new_current_thread().enable_io().build()?.block_on(async {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).await?;
        println!("{}", listener.local_addr()?);
        Ok(axum::serve(listener, router()).await?)
    })
}

/// All entrants of all scenarios.
pub(super) fn router() -> Router {
    let mut router = Router::new();
    for scenario in Scenario::ALL {
        for entrant in scenario.over_loopback() {
            router = router.route(&format!("{}/{{id}}", path(scenario, entrant.key)), entrant.route);
        }
    }
    router
}

/// Below which its articles are.
pub(super) fn path(scenario: Scenario, entrant: &str) -> String {
    format!("/{}/{entrant}", scenario.key())
}
