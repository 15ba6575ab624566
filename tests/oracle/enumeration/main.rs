//! Every combination of a method, a target and the fields of § 13, put to the runtime and to the oracle.
//!
//! ```text
//! values, targets ──sweep──▶ one request ─┬─ etag-runtime ─┬─▶ tally ──▶ snapshot
//!                                         └─ etag-oracle ──┘─▶ disagreement: the simplest one, as a request
//! ```
//!
//! Nothing is sampled: all values of all fields are combined with each other. A rule of the oracle that never applies, or
//! a choice that never makes a difference, would show in the snapshot as a zero.

#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

mod disagreement;
mod sweep;
mod tally;
mod targets;

#[test]
fn the_runtime_and_the_oracle_agree_on_every_combination() {
    let groups = targets::groups();
    let tally = sweep::all(&groups);
    if let Some(simplest) = &tally.simplest {
        panic!("{}", simplest.report(&groups, &tally));
    }
    insta::assert_snapshot!("agreement", tally.summary(&groups));
}
