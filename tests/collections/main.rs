//! Lists and pages of lists: when two of them have one tag, and what a client may do with an item of one.

#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

mod lazily;
mod pages;
mod shelf;
mod tagged;
