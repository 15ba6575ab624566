//! Times contenders in turns, against the first of them.

use std::time::{Duration, Instant};

use anyhow::Result;

use crate::client::Client;
use crate::store::{Counter, Usage};

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
    /// In a second, one after the other.
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

    fn turn(&mut self) -> Result<Duration> {
        let start = Instant::now();
        for _ in 0..self.calls {
            self.client.request()?;
        }
        Ok(start.elapsed())
    }
}

/// Runs the contenders in turns, so that a drift of the machine's speed moves all of them.
pub(crate) fn compare(mut contenders: Vec<Contender<'_>>, counter: &Counter) -> Result<Vec<Figures>> {
    for contender in &mut contenders {
        while contender.turn()? < TURN {
            contender.calls *= 2;
        }
    }
    for _ in 0..TURNS {
        for contender in &mut contenders {
            let seconds = contender.turn()?.as_secs_f64() / f64::from(contender.calls);
            contender.seconds.push(seconds);
        }
    }
    let baseline = contenders[0].seconds.clone();
    contenders
        .into_iter()
        .map(|mut contender| {
            counter.take();
            contender.client.request()?;
            let ratios = baseline.iter().zip(&contender.seconds).map(|(first, seconds)| first / seconds).collect();
            let usage = counter.take();
            let requests = 1.0 / median(contender.seconds);
            Ok(Figures { name: contender.name, requests, ratio: median(ratios), usage })
        })
        .collect()
}

fn median(mut values: Vec<f64>) -> f64 {
    values.sort_by(f64::total_cmp);
    values[values.len() / 2]
}
