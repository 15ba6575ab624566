//! What the published crates offer, as text: a line that disappears breaks somebody.
//!
//! ```text
//! rustdoc of the nightly compiler ─cargo-public-api─▶ one item a line ─┬─▶ equal
//! tests/public-api/CRATE.txt ──────────────────────────────────────────┘
//! ```
//!
//! Until there is a release to compare with, these files are what a version has promised. After it they say what the next one
//! has to be called: a line that is gone or different makes a new minor version of 0.x, lines that are only new do not.

use std::collections::HashSet;
use std::path::PathBuf;
use std::{env, fs};

use anyhow::{Context, Result, bail};

use crate::step::{Step, project_root};
use crate::tool;

/// Set to `overwrite`, has the files written.
const VARIABLE: &str = "PUBLIC_API";

/// One step for each crate.
pub(crate) fn steps() -> [Step; 2] {
    [
        step("etag-derive", |seen| compare("etag-derive", seen)),
        step("etag-runtime", |seen| compare("etag-runtime", seen)),
    ]
}

fn step(name: &str, check: fn(&str) -> Result<()>) -> Step {
    // Without what every type has by itself: blanket impls, auto traits, derived impls.
    let command = format!(
        "run {} target/tools/bin/cargo-public-api public-api -p {name} --all-features -sss --target-dir target/public-api",
        tool::NIGHTLY
    );
    Step::new("the public interface", "rustup", &command).check_output(check)
}

fn compare(name: &str, seen: &str) -> Result<()> {
    let path = path(name);
    if env::var_os(VARIABLE).is_some_and(|value| value == "overwrite") {
        return fs::write(&path, seen).with_context(|| format!("{} could not be written", path.display()));
    }
    let known = fs::read_to_string(&path).with_context(|| format!("{} could not be read", path.display()))?;
    let changes = changes(&known, seen);
    if changes.is_empty() {
        println!("   {} items, as in {}", seen.lines().count(), path.display());
        return Ok(());
    }
    bail!(
        "the public interface of {name} is another (`-` breaks users, `+` does not):\n{}\n\n\
         if it is meant to be, say so in CHANGELOG.md and: {VARIABLE}=overwrite cargo xtask release-check",
        changes.join("\n")
    )
}

fn path(name: &str) -> PathBuf {
    project_root().join("tests/public-api").join(name).with_extension("txt")
}

/// The lines that only one of the two texts has.
fn changes(known: &str, seen: &str) -> Vec<String> {
    let only = |sign: &'static str, these: &str, those: &str| -> Vec<String> {
        let those: HashSet<&str> = those.lines().collect();
        these.lines().filter(|line| !those.contains(line)).map(|line| format!("{sign} {line}")).collect()
    };
    [only("-", known, seen), only("+", seen, known)].concat()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_gone_and_what_is_new() {
        assert_eq!(changes("a\nb\n", "a\nb\n"), [""; 0]);
        assert_eq!(changes("a\nb\n", "b\nc\n"), ["- a", "+ c"]);
    }

    /// An interface that could not be read must not pass for one without items.
    #[test]
    fn there_is_something_to_compare_with() {
        for name in ["etag-derive", "etag-runtime"] {
            assert!(fs::read_to_string(path(name)).is_ok_and(|text| text.contains("ETag")), "{name}");
            assert!(!changes(&fs::read_to_string(path(name)).unwrap(), "").is_empty());
        }
    }
}
