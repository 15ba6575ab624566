//! What a tag, a decision and a request cost, next to code written by hand.
//!
//! ```text
//! tag, evaluate, requests, layer ─▶ Group ─┬─▶ times ─────────────────────────────┐
//!                                          ├─▶ allocations, in a program of its own ├─▶ budget
//!                                          ├─▶ operations ─▶ callgrind ────────────┤
//!                  requests ─▶ load ───────┴───────────────────────────────────────┴─▶ report
//! ```
//!
//! Everything that is compared is measured in the same run, in turns, so that a drift of the machine's speed moves both sides; quote the
//! ratios. `cargo xtask bench` runs it, and `docs/performance.md` says what was found and how.

#![expect(clippy::print_stdout, reason = "tables on standard output are what this program makes")]

mod allocations;
mod budget;
mod by_hand;
mod callgrind;
mod evaluate;
mod figures;
mod harness;
mod layer;
mod load;
mod operations;
mod report;
mod requests;
mod stream;
mod tag;
mod times;

use anyhow::{Result, bail};

pub use allocations::count as count_allocations;

/// Does what the arguments name.
///
/// # Errors
///
/// A sentence about what could not be measured, what is beyond its budget, or which arguments there are.
pub fn run(arguments: &[&str]) -> Result<()> {
    match arguments {
        ["operations"] => operations::run(None),
        ["operations", name] => operations::run(Some(name)),
        ["instructions"] => callgrind::run()?,
        ["instructions", this, other] => callgrind::compare(this, other)?,
        ["times"] => times::run(None)?,
        ["times", group] => times::run(Some(group))?,
        ["turns", group] => times::turns(group)?,
        ["serve"] => load::serve()?,
        ["load"] => load::run()?,
        ["budget"] => budget::check()?,
        ["budget", "renew"] => budget::renew()?,
        ["report"] => report::run()?,
        _ => bail!(
            "one of: instructions, instructions CONTENDER CONTENDER, times, times GROUP, load, budget, budget renew, report; \
             or, for these: operations, turns, serve"
        ),
    }
    Ok(())
}

fn groups() -> Vec<harness::Group> {
    [tag::groups(), evaluate::groups(), requests::groups(), layer::groups()].into_iter().flatten().collect()
}
