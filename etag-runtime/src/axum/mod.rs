//! The adapter to axum: extractors and responses. Nothing below it knows axum.

#[cfg(feature = "range")]
mod content;
mod deferred;
mod extract;
mod respond;

#[cfg(feature = "range")]
pub use content::Content;
pub use deferred::Deferred;
