//! A server on a port of its own, and a client that sends octets as they are.
//!
//! HTTP clients join, trim or refuse the very fields that the tests are about, and calling a service without a
//! connection shows neither what hyper refuses nor what it adds.

mod client;
mod http2;
mod server;

/// The README of the project, whose code has to compile. That of the package `etag-runtime` is part of its documentation.
#[cfg(doctest)]
#[doc = include_str!("../../../README.md")]
mod readme {}

pub use client::{Connection, Response, request};
pub use http2::{Answer, exchange_http2, try_exchange_http2};
pub use server::serve;
