//! `cargo xtask bench`: what a decision costs.

use std::ffi::OsString;

use crate::step::Step;

/// The benchmarks, with `args` handed on to them.
pub(crate) fn step(args: Vec<OsString>) -> Step {
    Step::cargo("benchmarks", "run --release -p etag-bench --locked --").args(args)
}
