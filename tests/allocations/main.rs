//! What a request costs in allocations, through a router and without a socket.
//!
//! Counts, not times: they are the same on every machine, and each is compared with what a handler written by hand costs in the same
//! run.

#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

mod article;
mod count;
mod not_modified;
mod observed;
mod refusals;
mod successes;
