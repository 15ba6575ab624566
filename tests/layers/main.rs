//! Layers around handlers that know nothing of them.

#![expect(clippy::unwrap_used, reason = "a failed test")]

mod coding;
mod conditional;
