//! The client against servers on real connections: those of the toolkit, and one that does what many others do.

#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

mod conflicts;
mod counter;
mod elsewhere;
mod reading;
mod redirects;
mod writing;
