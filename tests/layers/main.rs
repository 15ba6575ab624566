//! What the layers do for handlers that know nothing of them.

#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

mod bodies;
mod body;
mod connections;
mod content_tags;
mod decisions;
mod head;
mod left_alone;
mod note;
mod of;
mod request;
mod sub_requests;
mod turns;
mod writes;
