//! One article in many representations: what tells them apart, and what they have in common.

#![expect(clippy::unwrap_used, reason = "a failed test")]

mod application;
mod lazily;
mod matrix;
mod negotiation;
mod tags;
mod writes;
