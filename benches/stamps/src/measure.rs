//! Measures contenders in turns, against the first of them: by the time of processors, of this process and of the database, which other
//! programs on the machine disturb little.

use std::time::Duration;

use anyhow::Result;
use rustix::thread::{CpuSet, sched_getcpu, sched_setaffinity};
use rustix::time::{ClockId, clock_gettime};

use crate::client::Client;
use crate::store::{Store, Usage};

/// How long one turn of one contender takes, about.
const TURN: Duration = Duration::from_millis(20);
const TURNS: usize = 51;

pub(crate) struct Contender<'a> {
    name: &'static str,
    client: Client<'a>,
    calls: u32,
    seconds: Vec<f64>,
}

pub(crate) struct Figures {
    pub(crate) name: &'static str,
    /// In a second of one processor.
    pub(crate) requests: f64,
    /// Times as many as the first contender: the median of the ratios of neighbouring turns.
    pub(crate) ratio: f64,
    /// By one request.
    pub(crate) usage: Usage,
}

impl<'a> Contender<'a> {
    pub(crate) fn new(name: &'static str, client: Client<'a>) -> Contender<'a> {
        Contender { name, client, calls: 1, seconds: Vec::with_capacity(TURNS) }
    }

    fn turn(&mut self, store: &impl Store) -> Result<Duration> {
        let start = busy(store)?;
        for _ in 0..self.calls {
            self.client.request()?;
        }
        Ok(busy(store)?.saturating_sub(start))
    }
}

/// Runs the contenders in turns, so that a drift of the machine's speed moves all of them.
pub(crate) fn compare(mut contenders: Vec<Contender<'_>>, store: &impl Store) -> Result<Vec<Figures>> {
    for contender in &mut contenders {
        while contender.turn(store)? < TURN {
            contender.calls *= 2;
        }
    }
    for _ in 0..TURNS {
        for contender in &mut contenders {
            let seconds = contender.turn(store)?.as_secs_f64() / f64::from(contender.calls);
            contender.seconds.push(seconds);
        }
    }
    let baseline = contenders[0].seconds.clone();
    contenders
        .into_iter()
        .map(|mut contender| {
            store.counter().take();
            contender.client.request()?;
            let ratios = baseline.iter().zip(&contender.seconds).map(|(first, seconds)| first / seconds).collect();
            let usage = store.counter().take();
            let requests = 1.0 / median(contender.seconds);
            Ok(Figures { name: contender.name, requests, ratio: median(ratios), usage })
        })
        .collect()
}

/// Has this process, and PostgreSQL, which it starts, run on one processor: otherwise most of what is measured is how threads wake
/// each other across processors.
pub(crate) fn stay_on_one_processor() -> Result<()> {
    let mut processors = CpuSet::new();
    processors.set(sched_getcpu());
    Ok(sched_setaffinity(None, &processors)?)
}

/// How long processors have worked, here and for the database.
fn busy(store: &impl Store) -> Result<Duration> {
    Ok(Duration::try_from(clock_gettime(ClockId::ProcessCPUTime))? + store.elsewhere()?)
}

fn median(mut values: Vec<f64>) -> f64 {
    values.sort_by(f64::total_cmp);
    values[values.len() / 2]
}
