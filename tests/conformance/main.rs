//! Facts from the test suites of 55 implementations, judged by RFC 9110: `cases.json`.
//!
//! ```text
//! cases.json ──case──▶ Case ─┬─core────▶ parsers, comparisons, `evaluate`, `range_applies` ─┬─▶ verdict
//!                            └─socket──▶ octets ──▶ axum on a port ──▶ octets ──────────────┘
//! ```
//!
//! A MUST that does not hold fails the test. So does a SHOULD or MAY that is not in the list of exceptions, one that is
//! in it without need, and a case that could not be tried and is not in the list of those. Where RFC 9110 is silent, what
//! the toolkit does is recorded in the snapshot.

#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

mod case;
mod core;
mod range;
mod socket;
mod verdict;
