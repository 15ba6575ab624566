//! wrk, which sends one request again and again over some connections.

use std::io::Write as _;
use std::process::Command;

use anyhow::{Context as _, Result, ensure};
use http::header::CONTENT_LENGTH;
use serde::Deserialize;

use super::server::Server;
use crate::requests::Exchange;

const CONNECTIONS: u32 = 16;
const SECONDS: u32 = 1;

/// What wrk is told, and what it tells.
const SCRIPT: &str = include_str!("generator.lua");

/// Of one turn.
pub(super) struct Figures {
    /// In a second of the server's processor.
    pub(super) requests: f64,
    /// Milliseconds.
    pub(super) median: f64,
    /// Milliseconds.
    pub(super) percentile_99: f64,
}

/// What the script prints.
#[derive(Deserialize)]
struct Summary {
    requests: f64,
    /// Answers with another status than the expected one, and connections that broke.
    mistakes: u64,
    median: f64,
    percentile_99: f64,
}

/// Keeps the server busy with this request.
pub(super) fn load(exchange: &Exchange, server: &Server) -> Result<Figures> {
    let mut script = tempfile::Builder::new().suffix(".lua").tempfile()?;
    script.write_all(SCRIPT.as_bytes())?;
    let mut body = tempfile::NamedTempFile::new()?;
    body.write_all(&exchange.body)?;
    let mut command = Command::new("wrk");
    command.args(["--threads=1", &format!("--connections={CONNECTIONS}"), &format!("--duration={SECONDS}s")]);
    // wrk writes the length of the body by itself.
    for (name, value) in exchange.fields.iter().filter(|(name, _)| *name != CONTENT_LENGTH) {
        command.arg(format!("--header={name}: {}", value.to_str()?));
    }
    command.arg("--script").arg(script.path()).arg(format!("http://{}{}", server.address, exchange.target));
    command.args(["--", exchange.method.as_str(), exchange.status.as_str()]).arg(body.path());
    let before = server.busy()?;
    let output = command.output().context("wrk sends the requests; it is a package of every distribution")?;
    let busy = server.busy()?.saturating_sub(before);
    let printed = String::from_utf8_lossy(&output.stdout);
    ensure!(output.status.success(), "{printed}{}", String::from_utf8_lossy(&output.stderr));
    let summary = printed.lines().last().unwrap_or_default();
    let summary: Summary = serde_json::from_str(summary).with_context(|| format!("no summary in {printed}"))?;
    ensure!(
        summary.mistakes == 0,
        "{} {} was not answered with {}: {printed}",
        exchange.method,
        exchange.target,
        exchange.status
    );
    let requests = summary.requests / busy.as_secs_f64();
    Ok(Figures { requests, median: summary.median, percentile_99: summary.percentile_99 })
}
