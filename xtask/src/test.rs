//! `cargo xtask test`: everything that can be wrong in what the code does.

use crate::step::Step;

/// The steps of `cargo xtask test`, the one that covers most first.
pub(crate) fn steps() -> Vec<Step> {
    vec![
        Step::cargo("every test and every example in the documentation", "test --workspace --all-features --locked"),
        // What someone without axum, serde and the derive depends on. The step above
        // compiles none of it in this form.
        Step::cargo("the core alone", "test -p etag-runtime --no-default-features --locked"),
        Step::cargo("axum without the derive", "test -p etag-runtime --no-default-features --features axum --locked"),
        // The first step has the features `tracing` and `metrics`, and so tells of every decision.
        Step::cargo(
            "what a request allocates, if nobody observes it",
            "test -p etag-tests --test allocations --locked",
        ),
        Step::new("the wire format, by an implementation in another language", "python3", "tests/golden/check.py"),
    ]
}
