//! `cargo xtask bench`: what a decision costs, and what a stamp saves.

use std::ffi::OsString;

use crate::step::Step;

/// What is measured.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) enum Bench {
    /// Tags, decisions and refusals.
    Decisions,
    /// A `304` with and without loading what it is about, on two databases.
    Stamps,
}

/// Which benchmark the arguments name.
///
/// # Errors
///
/// A sentence for the person who typed them.
pub(crate) fn of(args: &[OsString]) -> Result<Bench, String> {
    match args {
        [] => Ok(Bench::Decisions),
        [name] if name == "stamps" => Ok(Bench::Stamps),
        [other, ..] => Err(format!("`bench` takes nothing or `stamps`, not `{}`", other.display())),
    }
}

pub(crate) fn steps(bench: Bench) -> Vec<Step> {
    match bench {
        Bench::Decisions => vec![Step::cargo("benchmarks", "run --release -p etag-bench --locked")],
        Bench::Stamps => vec![
            Step::cargo("benchmarks of stamps", "run --release -p etag-bench-stamps --locked"),
            Step::new("their picture", "python3", "benches/stamps/plot.py"),
        ],
    }
}
