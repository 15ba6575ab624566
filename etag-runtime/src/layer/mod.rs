//! Layers of [tower](https://docs.rs/tower): what a router does for handlers that know nothing of it.

mod conditional;

pub use conditional::{ConditionalFuture, ConditionalLayer, ConditionalService};
