//! Stamps in memory and in Redis, by the same tests.

#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

mod documented;
mod gate;
mod log;
mod redis;
mod shop;
mod stores;

mod answers;
mod leases;
mod overtaken;

mod failures;
mod releases;
mod servers;
