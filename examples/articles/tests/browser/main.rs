//! The page of the server, in a browser: what people see, what their browser sends, and what they can do without a mouse.

#![allow(clippy::unwrap_used, reason = "helpers of tests are tests")]

// Drives the same program, and needs less of what the other tests share.
#[path = "../it/client.rs"]
#[allow(dead_code, reason = "the other tests need more")]
mod client;
#[path = "../it/database.rs"]
#[allow(dead_code, unused_imports, unused_macros, reason = "the other tests need more")]
mod database;
#[path = "../it/server.rs"]
#[allow(dead_code, reason = "the other tests need more")]
mod server;

mod page;

mod access;
mod cache;
mod conflict;
mod merge;
mod policy;
mod screenshots;
mod sentences;
