//! What is on the connection, octet by octet, between a client and an axum server that uses the toolkit.
//!
//! Calling a service without a connection misleads: what hyper adds, drops or refuses is seen on a connection only.

#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

mod application;
mod deferred;
mod deferred_http2;
mod head;
mod http2;
mod not_modified;
mod refusals;
