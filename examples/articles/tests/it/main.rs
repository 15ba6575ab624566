//! The contract of the server, driven as its clients do: the real program, real connections, both versions of HTTP.

#![allow(clippy::unwrap_used, reason = "helpers of tests are tests")]

mod client;
mod database;
mod load;
mod server;
mod upload;

mod assets;
mod connection;
mod crash;
mod errors;
mod expect;
mod lifecycle;
mod metrics;
mod openapi;
mod page;
mod postgres;
mod race;
mod reading;
mod relations;
mod soak;
mod stamps;
mod triggers;
mod weakened;
mod writing;
