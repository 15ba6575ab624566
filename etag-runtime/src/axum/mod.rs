//! The adapter to axum: extractors and responses. Nothing below it knows axum.

mod deferred;
mod extract;
mod respond;

pub use deferred::Deferred;
