//! `cargo xtask ci`: what has to hold besides the tests.

use anyhow::Result;

use crate::step::Step;
use crate::{bench, core_tree, dependencies, fuzz, minimum, published, requirement, tool};

/// The steps of `cargo xtask ci`, the cheapest first.
pub(crate) fn steps() -> Vec<Step> {
    let mut steps = vec![
        Step::cargo("formatting", "fmt --all --check"),
        Step::cargo("formatting, what is fuzzed", "fmt --manifest-path fuzz/Cargo.toml --all --check"),
    ];
    steps.extend(core_tree::steps());
    steps.extend(dependencies::steps());
    steps.extend([
        Step::cargo(
            "lints, everything enabled",
            "clippy --workspace --all-targets --all-features --locked -- -D warnings",
        ),
        Step::cargo(
            "lints, the core alone",
            "clippy -p etag-runtime --no-default-features --all-targets --locked -- -D warnings",
        ),
    ]);
    steps.extend(FEATURES.iter().map(|feature| {
        Step::cargo(
            "lints, one feature alone",
            &format!(
                "clippy -p etag-runtime --no-default-features --features {feature} \
                 --locked -- -D warnings"
            ),
        )
    }));
    steps.push(Step::new("lints, two features at a time", "target/tools/bin/cargo-hack", PAIRS));
    steps.push(
        Step::cargo("documentation", "doc --workspace --all-features --no-deps --locked")
            .env("RUSTDOCFLAGS", "-D warnings"),
    );
    steps.extend(bench::budget());
    steps.push(minimum::step());
    steps.extend(published::steps());
    steps.extend(fuzz::bounded_steps());
    steps
}

/// What the steps need besides the pinned compiler, and the workspaces that they check.
///
/// # Errors
///
/// What could not be installed or written.
pub(crate) fn prepare() -> Result<()> {
    requirement::satisfy(requirement::BENCHES)?;
    minimum::prepare()?;
    fuzz::prepare()?;
    tool::HACK.install()
}

/// The types of other crates are alike, and count as one feature.
const PAIRS: &str = "hack clippy -p etag-runtime --lib --feature-powerset --depth 2 --exclude-features default \
    --group-features chrono,jiff,time,uuid --locked -- -D warnings";

/// The features of `etag-runtime`. Each has to compile without the others: an
/// application enables the one it needs.
pub(crate) const FEATURES: [&str; 17] = [
    "derive",
    "axum",
    "serde",
    "json",
    "negotiation",
    "headers",
    "layer",
    "range",
    "utoipa",
    "client",
    "testing",
    "tracing",
    "metrics",
    "chrono",
    "jiff",
    "time",
    "uuid",
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_feature_is_forgotten() {
        let manifest = include_str!("../../etag-runtime/Cargo.toml");
        let (_, section) = manifest.split_once("\n[features]\n").unwrap();
        let section = section.split("\n[").next().unwrap();
        let declared: Vec<&str> = section
            .lines()
            .filter(|line| !line.starts_with(['#', ' ', ']']))
            .filter_map(|line| Some(line.split_once('=')?.0.trim()))
            .filter(|name| *name != "default")
            .collect();
        assert_eq!(declared, FEATURES);
    }
}
