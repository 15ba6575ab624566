//! Bugs that well-known systems have had, one test for the rule that each of them teaches. The name of a test is the rule.

#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

mod digests;
mod fields;
mod lists;
mod not_modified;
mod permits;
mod ranges;
mod request;
mod weakened;
mod writes;
