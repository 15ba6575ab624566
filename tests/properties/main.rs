//! What holds for all values, tried on many of them.

#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

mod dates;
mod decisions;
mod digests;
mod halves;
mod naive;
mod sha256;
mod stamps;
mod strategies;
mod tags;
