//! Parts of a representation: which octets are sent, and that they are never those of another version.

#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]
#![expect(clippy::single_range_in_vec_init, reason = "a range of octets is meant, and not the octets")]

mod answer;
mod answers;
mod curl;
mod export;
mod files;
mod fresh;
mod layer;
mod properties;
mod rows;
mod streams;
mod told;
mod wire;
