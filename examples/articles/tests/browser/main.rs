//! The page of the server, in a browser: what people see, what their browser sends, and what they can do without a mouse.

#![allow(clippy::unwrap_used, reason = "helpers of tests are tests")]

#[path = "../it/shared.rs"]
mod shared;
use shared::{client, database, server};

mod page;

mod access;
mod cache;
mod conflict;
mod merge;
mod policy;
mod screenshots;
mod sentences;
