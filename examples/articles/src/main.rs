//! A server of articles that two people may edit at once: every conditional request, from the browser's cache to the
//! database.
//!
//! ```text
//! main ──serve──▶ app ──handlers──▶ store (SQL)
//!                  │       │
//!               assets   etag_runtime: may this request go on, and what is it answered
//!         (the page at /)
//! ```
//!
//! `RUST_LOG=info,etag_runtime=debug` logs each decision, and `/metrics` counts them.

mod app;
mod assets;
mod connection;
mod error;
mod handlers;
mod input;
mod log;
mod metrics;
mod model;
mod openapi;
mod problem;
mod reference;
mod serve;
mod store;
mod welcome;

use std::fmt;
use std::io::{IsTerminal, Write};
use std::process::ExitCode;

use clap::Parser;
use clap::builder::BoolishValueParser;
use etag_runtime::Policy;
use tokio::net::TcpListener;
use tracing::level_filters::LevelFilter;
use tracing_subscriber::EnvFilter;

use crate::metrics::Counters;
use crate::serve::Stop;
use crate::store::{DatabaseUrl, Store};

/// Serves articles over HTTP/1.1 and HTTP/2, and answers conditional requests by RFC 9110.
#[derive(Debug, Parser)]
#[command(version)]
struct Arguments {
    /// The address to listen on; port 0 takes one that is free
    #[arg(long, env = "LISTEN", default_value = "127.0.0.1:3000")]
    listen: String,
    /// The database: `sqlite::memory:`, `sqlite:PATH` for a file, which is created if it is missing, or
    /// `postgres://USER:PASSWORD@HOST/DATABASE`
    #[arg(long, env = "DATABASE_URL", hide_env_values = true, default_value = "sqlite::memory:", value_name = "URL")]
    database: String,
    /// Trust a proxy in front that turns `"x"` into `W/"x"`, since it compresses: a weakened tag counts for a write
    #[arg(long, env = "ACCEPT_WEAKENED", value_parser = BoolishValueParser::new())]
    accept_weakened: bool,
}

impl Arguments {
    /// Of all routes; what a write has to bring besides, its handler says.
    fn policy(&self) -> Policy {
        if self.accept_weakened { Policy::OPTIONAL.accept_weakened() } else { Policy::OPTIONAL }
    }
}

#[tokio::main]
async fn main() -> ExitCode {
    let arguments = Arguments::parse();
    let filter = EnvFilter::builder().with_default_directive(LevelFilter::INFO.into()).from_env_lossy();
    tracing_subscriber::fmt()
        .with_env_filter(filter)
        .with_target(false)
        .with_ansi(std::io::stderr().is_terminal())
        .with_writer(std::io::stderr)
        .init();

    match run(&arguments).await {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            // Nothing can be done if nobody reads it.
            let _ = writeln!(std::io::stderr(), "articles: {error}");
            ExitCode::FAILURE
        }
    }
}

/// From start to stop.
async fn run(arguments: &Arguments) -> Result<(), StartError> {
    // Before anything else, so that no signal is missed.
    let stop = Stop::listen().map_err(StartError::Signals)?;
    let Arguments { listen, database, .. } = arguments;
    let database: DatabaseUrl = database.parse().map_err(StartError::DatabaseUrl)?;
    let listener = TcpListener::bind(listen).await.map_err(|error| StartError::Listen(listen.clone(), error))?;
    let address = listener.local_addr().map_err(|error| StartError::Listen(listen.clone(), error))?;
    let store = Store::open(&database).await.map_err(|error| StartError::Database(database.to_string(), error))?;
    let counters = Counters::install().map_err(StartError::Counters)?;

    // Whoever started the server may have closed the pipe; that is no reason not to serve.
    let _ = writeln!(std::io::stdout(), "{}", welcome::text(address));
    serve::serve(listener, app::app(store.clone(), arguments.policy(), counters), stop).await;
    store.close().await;
    tracing::info!("stopped");
    Ok(())
}

/// Why the server did not start, in one sentence that names the value to change.
#[derive(Debug)]
enum StartError {
    Listen(String, std::io::Error),
    /// Without the value, which may hold a password.
    DatabaseUrl(String),
    Database(String, store::Error),
    Signals(std::io::Error),
    Counters(metrics::InstallError),
}

impl fmt::Display for StartError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            StartError::Listen(listen, error) => {
                write!(f, "cannot listen on `{listen}`: {error}; `--listen 127.0.0.1:0` takes a port that is free")
            }
            StartError::DatabaseUrl(error) => write!(f, "cannot use --database or DATABASE_URL: {error}"),
            StartError::Database(database, error) => write!(f, "cannot open the database `{database}`: {error}"),
            StartError::Signals(error) => write!(f, "cannot wait for the signal to stop: {error}"),
            StartError::Counters(error) => write!(f, "cannot count what is decided: {error}"),
        }
    }
}

impl std::error::Error for StartError {}
