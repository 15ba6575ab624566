//! The same requests over loopback: a server on one processor, and wrk on another.
//!
//! ```text
//! wrk ──each entrant in turns──▶ server ──▶ requests in a second of its processor, and latencies
//! ```
//!
//! The time of the processor, and not that of the clock, since other programs may want it as well. Latencies are by the clock, and are
//! those of a server that is never idle: what a request waits for is the others.

mod generator;
mod server;

use anyhow::{Result, ensure};
use rustix::thread::{CpuSet, sched_getaffinity, sched_setaffinity};

use self::generator::Figures;
pub(crate) use self::server::run as serve;
use self::server::{Server, router};
use crate::figures::{self, Load};
use crate::harness::median;
use crate::requests::{Exchange, Scenario};

const ROUNDS: usize = 11;

/// Measures, prints and writes down.
pub(crate) fn run() -> Result<()> {
    let processors = sched_getaffinity(None)?;
    let mut processors = (0..CpuSet::MAX_CPU).filter(|number| processors.is_set(*number));
    let (of_server, of_client) = (processors.next(), processors.next());
    ensure!(of_client.is_some(), "a server and its clients need a processor each, and there is only one");
    stay_on(of_server)?;
    let server = Server::start()?;
    // wrk runs where this program does.
    stay_on(of_client)?;
    println!("{:<48} {:>10} {:>8} {:>9} {:>9}", "over loopback", "requests/s", "ratio", "p50 in ms", "p99 in ms");
    let scenarios = Scenario::ALL.into_iter().filter(|scenario| *scenario != Scenario::ShortOk);
    let mut all = Vec::new();
    for scenario in scenarios {
        println!("\n{}", scenario.title());
        for load in measure(scenario, &server)? {
            let Load { name, requests, ratio, median, percentile_99, .. } = &load;
            println!("  {name:<46} {requests:>10.0} {ratio:>8.2} {median:>9.2} {percentile_99:>9.2}");
            all.push(load);
        }
    }
    println!("\nRequests are those of a second of the server's processor.");
    figures::save("load", &all)
}

/// The entrants in turns, of which the constant answers are what the others are compared with.
fn measure(scenario: Scenario, server: &Server) -> Result<Vec<Load>> {
    let router = router();
    let entrants = scenario.over_loopback();
    let exchanges: Vec<Exchange> =
        entrants.iter().map(|entrant| Exchange::of(scenario, &router, &server::path(scenario, entrant.key))).collect();
    let mut turns: Vec<Vec<Figures>> = exchanges.iter().map(|_| Vec::new()).collect();
    for _ in 0..ROUNDS {
        for (exchange, turns) in exchanges.iter().zip(&mut turns) {
            turns.push(generator::load(exchange, server)?);
        }
    }
    let floor = entrants.iter().position(|entrant| entrant.key == "constant").unwrap_or_default();
    let floor: Vec<f64> = turns[floor].iter().map(|turn| turn.requests).collect();
    let loads = entrants.into_iter().zip(turns).map(|(entrant, turns)| Load {
        scenario: scenario.key().into(),
        title: scenario.title().into(),
        key: entrant.key.into(),
        name: entrant.name.into(),
        requests: median(turns.iter().map(|turn| turn.requests).collect()),
        ratio: median(turns.iter().zip(&floor).map(|(turn, floor)| turn.requests / floor).collect()),
        median: median(turns.iter().map(|turn| turn.median).collect()),
        percentile_99: median(turns.iter().map(|turn| turn.percentile_99).collect()),
    });
    Ok(loads.collect())
}

/// Has this program, and what it starts from now on, run on this processor.
fn stay_on(processor: Option<usize>) -> Result<()> {
    let mut processors = CpuSet::new();
    if let Some(number) = processor {
        processors.set(number);
    }
    Ok(sched_setaffinity(None, &processors)?)
}
