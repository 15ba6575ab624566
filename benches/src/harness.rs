//! What is compared with what, and how long each takes, in turns: by the time that this thread has had a processor, since other
//! programs may want it as well.

use std::hint::black_box;
use std::time::Duration;

use rustix::time::{ClockId, clock_gettime};

/// How long one turn of one contender takes, about.
const TURN: Duration = Duration::from_millis(5);
/// In one program, of which [`crate::times`] starts several.
const TURNS: usize = 21;

/// Ways to do one job, of which the first is what the others are compared with.
pub(crate) struct Group {
    /// A short name, the first part of each contender's.
    pub(crate) key: String,
    pub(crate) title: String,
    pub(crate) contenders: Vec<Contender>,
}

/// One way to do the job.
pub(crate) struct Contender {
    /// A short name within its group.
    pub(crate) key: &'static str,
    pub(crate) name: &'static str,
    /// Whether it is the toolkit, whose cost has a budget.
    pub(crate) is_ours: bool,
    pub(crate) job: Job,
}

pub(crate) type Job = Box<dyn FnMut()>;

/// What was measured of one contender.
pub(crate) struct Times {
    /// The median.
    pub(crate) nanoseconds: f64,
    /// To the first of its group: the median of the ratios of neighbouring turns.
    pub(crate) ratio: f64,
}

/// The toolkit, doing the job. Its result is kept from being optimized away.
pub(crate) fn ours<R>(key: &'static str, name: &'static str, job: impl FnMut() -> R + 'static) -> Contender {
    Contender { is_ours: true, ..other(key, name, job) }
}

/// Something else that does the job.
pub(crate) fn other<R>(key: &'static str, name: &'static str, mut job: impl FnMut() -> R + 'static) -> Contender {
    let job = Box::new(move || {
        black_box(job());
    });
    Contender { key, name, is_ours: false, job }
}

impl Group {
    /// Runs the contenders in turns, so that a drift of the machine's speed moves all of them: nanoseconds of a call, for each turn of each
    /// contender.
    pub(crate) fn turns(&mut self) -> Vec<Vec<f64>> {
        let calls: Vec<u32> = self.contenders.iter_mut().map(Contender::calls_of_a_turn).collect();
        let mut turns = vec![Vec::with_capacity(TURNS); calls.len()];
        for _ in 0..TURNS {
            for ((contender, &calls), turns) in self.contenders.iter_mut().zip(&calls).zip(&mut turns) {
                turns.push(contender.turn(calls).as_secs_f64() * 1e9 / f64::from(calls));
            }
        }
        turns
    }
}

impl Times {
    /// Of the turns of one contender, and of those of the first of its group.
    pub(crate) fn of(turns: &[f64], first: &[f64]) -> Times {
        let ratios = turns.iter().zip(first).map(|(this, first)| this / first).collect();
        Times { nanoseconds: median(turns.to_vec()), ratio: median(ratios) }
    }
}

impl Contender {
    fn calls_of_a_turn(&mut self) -> u32 {
        let mut calls = 1;
        while self.turn(calls) < TURN {
            calls *= 2;
        }
        calls
    }

    fn turn(&mut self, calls: u32) -> Duration {
        let start = busy();
        for _ in 0..calls {
            (self.job)();
        }
        busy().saturating_sub(start)
    }
}

/// How long this thread has had a processor.
fn busy() -> Duration {
    Duration::try_from(clock_gettime(ClockId::ThreadCPUTime)).unwrap_or_default()
}

/// The middle one of at least one value.
pub(crate) fn median(mut values: Vec<f64>) -> f64 {
    values.sort_by(f64::total_cmp);
    values[values.len() / 2]
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The second turn was slow for both: the ratio does not show it.
    #[test]
    fn a_ratio_is_that_of_neighbouring_turns() {
        let Times { nanoseconds, ratio } = Times::of(&[2.0, 8.0, 3.0], &[1.0, 8.0, 1.5]);
        assert_eq!(format!("{nanoseconds} {ratio}"), "3 2");
    }
}
