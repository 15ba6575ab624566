//! `ConditionalLayer` and `Conditional::of`: handlers that know nothing of tags.

mod allocations;
mod bodies;
mod body;
mod compression;
mod connections;
mod content_tags;
mod decisions;
mod from_outside;
mod head;
mod left_alone;
mod note;
mod of;
mod request;
mod sub_requests;
mod turns;
mod writes;
