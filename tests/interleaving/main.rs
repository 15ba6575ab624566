//! That no update is lost, in every order of the statements of several clients.
//!
//! ```text
//! Request ─handler─▶ Session ─one statement at a time─▶ Table ─every order─▶ Vec<History> ─▶ laws
//! ```
//!
//! Explored with loom, since it runs the real permits, from `Preconditions` to the response, where a model checker would
//! run a second description of them. It is exhaustive here because every statement starts with one operation on an atomic that
//! all clients share, so that no two orders of statements are equivalent and none is left out.
//!
//! Each test asserts how many orders there were, which follows from its handlers: two clients that read, write, and read
//! again if they have lost have six.

#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

mod client;
mod creations;
mod deletions;
mod edits;
mod explore;
mod laws;
mod model;
mod retries;
mod reused;
mod table;
mod unread;
