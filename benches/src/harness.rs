//! Times contenders in turns, against the first of them.

use std::hint::black_box;
use std::time::{Duration, Instant};

/// How long one turn of one contender takes, about.
const TURN: Duration = Duration::from_millis(5);
const TURNS: usize = 101;

/// One way to do the job.
pub(crate) struct Contender<'a> {
    name: &'a str,
    job: Box<dyn FnMut() + 'a>,
    /// Calls in one turn.
    calls: u32,
    nanoseconds: Vec<f64>,
}

/// A contender, whose result is kept from being optimized away.
pub(crate) fn contender<'a, R>(name: &'a str, mut job: impl FnMut() -> R + 'a) -> Contender<'a> {
    let job = Box::new(move || {
        black_box(job());
    });
    Contender { name, job, calls: 1, nanoseconds: Vec::with_capacity(TURNS) }
}

/// Runs the contenders in turns and prints the median of each, its ratio to the first (the median of the ratios of
/// neighbouring turns), and its allocations a call.
pub(crate) fn compare(title: &str, mut contenders: Vec<Contender<'_>>) {
    println!("\n{title}");
    for contender in &mut contenders {
        contender.warm_up();
    }
    for _ in 0..TURNS {
        for contender in &mut contenders {
            let nanoseconds = contender.turn().as_secs_f64() * 1e9 / f64::from(contender.calls);
            contender.nanoseconds.push(nanoseconds);
        }
    }
    let baseline = contenders[0].nanoseconds.clone();
    for contender in &mut contenders {
        let allocations = allocation_counter::measure(&mut contender.job).count_total;
        let ratio = median(contender.nanoseconds.iter().zip(&baseline).map(|(ours, first)| ours / first).collect());
        let nanoseconds = median(contender.nanoseconds.clone());
        println!("  {:<56} {nanoseconds:>10.1} {ratio:>8.2} {allocations:>7}", contender.name);
    }
}

impl Contender<'_> {
    /// Finds out how many calls fill a turn.
    fn warm_up(&mut self) {
        loop {
            let time = self.turn();
            if time >= TURN {
                return;
            }
            self.calls *= 2;
        }
    }

    fn turn(&mut self) -> Duration {
        let start = Instant::now();
        for _ in 0..self.calls {
            (self.job)();
        }
        start.elapsed()
    }
}

fn median(mut values: Vec<f64>) -> f64 {
    values.sort_by(f64::total_cmp);
    values[values.len() / 2]
}
