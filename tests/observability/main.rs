//! What is told of a decision: one event, one count, and the same in the extensions of the response.

#![expect(clippy::unwrap_used, reason = "a failed test")]

mod application;
mod ask;
mod capture;
mod recorder;

mod counters;
mod decisions;
mod garbage;
mod not_sent;
