//! What tests of this server share that are programs of their own: the server, its databases, and requests to it.

#![allow(dead_code, unused_imports, unused_macros, reason = "each of them needs a part of it")]

pub(crate) mod client;
pub(crate) mod database;
pub(crate) mod server;
