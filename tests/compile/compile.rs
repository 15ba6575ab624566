//! What the derive refuses, with which words, and what it must accept.
//!
//! The expected errors belong to the compiler of `rust-toolchain.toml`. `TRYBUILD=overwrite` writes
//! them anew: read each one afterwards. Is the culprit underlined, does the reader know what to type?

#[test]
fn mistakes_are_refused() {
    trybuild::TestCases::new().compile_fail("ui/*.rs");
}

#[test]
fn shapes_are_accepted() {
    trybuild::TestCases::new().pass("pass/*.rs");
}
