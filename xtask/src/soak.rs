//! `cargo xtask soak`: many more edits than a test has time for.

use std::ffi::OsString;

use crate::step::Step;

const EDITS: u64 = 200_000;

/// How many edits the arguments ask for.
///
/// # Errors
///
/// A sentence for the person who typed them.
pub(crate) fn edits(args: &[OsString]) -> Result<u64, String> {
    match args {
        [] => Ok(EDITS),
        [edits] => {
            let parsed = edits.to_str().and_then(|edits| edits.parse().ok()).filter(|edits| *edits > 0);
            parsed.ok_or_else(|| format!("`soak` takes a number of edits, not `{}`", edits.display()))
        }
        [_, extra, ..] => Err(format!("`soak` takes one number, but was given `{}` too", extra.display())),
    }
}

/// Two servers on one database, once on SQLite and once on PostgreSQL, and clients that edit the same articles.
///
/// The test gives up after a time in proportion to the number of edits.
pub(crate) fn step(edits: u64) -> Step {
    let command = "test --release -p articles --test it --locked -- soak:: --nocapture --test-threads 1";
    Step::cargo("edits by many clients at once", command).env("SOAK_EDITS", edits.to_string())
}
