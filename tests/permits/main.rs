//! From a request to a write: what each policy lets through, and how each permit is used up.

#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

mod additions;
mod policies;
mod races;
mod repeated;
mod reports;
mod request;
mod unread;
