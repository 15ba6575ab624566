//! `cargo xtask differential`: the same requests to our server and to others.
//!
//! ```text
//! values of the oracle, conformance table ──chosen──▶ Request ─┬─oracle────▶ Opinion ──┐
//!                                                              └─peer─────▶ Outcome s ─┴─classes─▶ page
//! ```
//!
//! What the other servers need is installed and built by the xtask. Each listens on a free port, and is stopped by its id.

#![expect(clippy::print_stdout, reason = "a command-line tool talks through its standard streams")]

mod chosen;
mod classes;
mod conformance;
mod exchange;
mod ours;
mod outcome;
mod page;
mod peer;
mod process;
mod request;
mod resource;

use anyhow::{Context as _, Result};
use classes::Observation;

const PAGE: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../../docs/differences.md");

fn main() -> Result<()> {
    let requests = chosen::requests();
    let peers = peer::start(&requests)?;
    let mut observations = Vec::new();
    for (number, request) in requests.into_iter().enumerate() {
        let answers: Result<Vec<_>> = peers.iter().map(|peer| peer.answer(number, &request)).collect();
        let answers = answers.with_context(|| format!("{request:?}"))?;
        observations.push(Observation { opinion: outcome::opinion(&request), request, answers });
    }
    let classes = classes::of(&observations);
    std::fs::write(PAGE, page::write(&peers, &observations, &classes)).context("the page could not be written")?;
    println!("{} requests, {} classes of difference: docs/differences.md", observations.len(), classes.len());
    Ok(())
}
