//! Each recipe, against its database: what its question asks, and the race that it is about.

#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

mod database;
mod documented;
mod statements;

mod create;
mod delete;
mod replace;
mod sqlite;
mod transaction;
mod unread;

mod precision;
mod trigger;

mod append;
mod children;
mod related;
mod unguarded;

mod body_version;
mod limits;
mod proxy;
mod repeated;
mod report;
