//! The checks that the crate offers to the tests of an application: what is right passes, and whatever is wrong is named.

#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

mod broken;
mod coverage;
mod right;
