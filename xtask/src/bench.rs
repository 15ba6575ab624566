//! `cargo xtask bench`: what a decision costs, what a stamp saves, and whether a budget is exceeded.

use std::ffi::OsString;

use crate::requirement::{BENCHES, REPORT, Requirement, TESTS};
use crate::step::Step;

/// What is measured.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) enum Bench {
    /// Tags, decisions and requests: times, allocations and instructions.
    Decisions,
    /// These, the same over loopback, what a derive costs the compiler, and a `304` by a stamp: for `docs/performance.md`.
    Report,
    /// Instructions and allocations against `benches/budget.toml`.
    Budget,
    /// The same, which become the budget.
    NewBudget,
    /// A `304` with and without loading what it is about, on two databases.
    Stamps,
}

/// Which benchmark the arguments name.
///
/// # Errors
///
/// A sentence for the person who typed them.
pub(crate) fn of(args: &[OsString]) -> Result<Bench, String> {
    let words: Vec<_> = args.iter().map(|word| word.to_string_lossy()).collect();
    let words: Vec<&str> = words.iter().map(AsRef::as_ref).collect();
    match words[..] {
        [] => Ok(Bench::Decisions),
        ["report"] => Ok(Bench::Report),
        ["budget"] => Ok(Bench::Budget),
        ["budget", "renew"] => Ok(Bench::NewBudget),
        ["stamps"] => Ok(Bench::Stamps),
        _ => Err(format!(
            "`bench` takes nothing, `report`, `budget`, `budget renew` or `stamps`, not `{}`",
            words.join(" ")
        )),
    }
}

/// What has to be installed for it.
pub(crate) fn requirements(bench: Bench) -> &'static [&'static [Requirement]] {
    match bench {
        Bench::Decisions | Bench::Budget | Bench::NewBudget => &[BENCHES],
        Bench::Report => &[BENCHES, REPORT],
        Bench::Stamps => &[TESTS, BENCHES],
    }
}

pub(crate) fn steps(bench: Bench) -> Vec<Step> {
    match bench {
        Bench::Decisions => decisions(),
        Bench::Report => {
            let mut steps = decisions();
            steps.extend([
                Step::cargo("requests over loopback", "run --release -p etag-bench --locked -- load"),
                Step::cargo("a 304 from SQLite", "run --release -p etag-bench-stamps --locked -- notes"),
                Step::new(
                    "derives",
                    "python3",
                    "benches/compile-cost/measure.py --json target/performance/compile.json",
                ),
                Step::cargo("docs/performance.md", "run --release -p etag-bench --locked -- report"),
            ]);
            steps
        }
        Bench::Budget => budget(),
        Bench::NewBudget => counted("the budget", "run --release -p etag-bench --locked -- budget renew"),
        Bench::Stamps => vec![
            Step::cargo("benchmarks of stamps", "run --release -p etag-bench-stamps --locked"),
            Step::new("their picture", "python3", "benches/stamps/plot.py"),
        ],
    }
}

/// Whether an operation costs more than it may.
pub(crate) fn budget() -> Vec<Step> {
    counted("budgets of instructions and allocations", "run --release -p etag-bench --locked -- budget")
}

fn decisions() -> Vec<Step> {
    counted("times", "run --release -p etag-bench --locked -- times")
}

/// What is done with exact counts, after them.
fn counted(title: &'static str, command: &'static str) -> Vec<Step> {
    vec![
        Step::cargo("allocations", "run --release -p etag-bench --bin allocations --locked"),
        Step::cargo("instructions", "run --release -p etag-bench --locked -- instructions"),
        Step::cargo(title, command),
    ]
}
