//! The promise that the published crates compile with the oldest dependencies that they declare.
//!
//! ```text
//! Cargo.toml ─▶ the two crates alone, each `"1.12"` as `"=1.12.0"` ─▶ target/minimum/ ─▶ cargo check
//! ```
//!
//! What the dependencies themselves depend on stays as `Cargo.lock` has it, so that the verdict on one commit
//! is the same every day.

use std::fs;
use std::path::Path;

use anyhow::{Context, Result, bail};

use crate::step::{Step, project_root};

/// What is published.
const CRATES: [&str; 2] = ["etag-derive", "etag-runtime"];

/// The step that checks them.
pub(crate) fn step() -> Step {
    Step::cargo(
        "the oldest dependencies that are declared",
        "check --manifest-path target/minimum/Cargo.toml --target-dir target/minimum/target -p etag-runtime --all-features",
    )
}

/// Writes the workspace that [`step`] checks.
///
/// # Errors
///
/// The file that could not be copied, or why the manifest of the workspace is not what this module can read.
pub(crate) fn prepare() -> Result<()> {
    let scratch = project_root().join("target/minimum");
    for name in CRATES {
        let copy = scratch.join(name);
        if copy.exists() {
            fs::remove_dir_all(&copy).with_context(|| format!("{} could not be removed", copy.display()))?;
        }
        copy_directory(&project_root().join(name), &copy)?;
    }
    let manifest = fs::read_to_string(project_root().join("Cargo.toml")).context("Cargo.toml could not be read")?;
    fs::write(scratch.join("Cargo.toml"), oldest(&manifest)?).context("the manifest could not be written")?;
    fs::copy(project_root().join("Cargo.lock"), scratch.join("Cargo.lock"))
        .context("Cargo.lock could not be copied")?;
    Ok(())
}

fn copy_directory(from: &Path, to: &Path) -> Result<()> {
    fs::create_dir_all(to).with_context(|| format!("{} could not be made", to.display()))?;
    for entry in fs::read_dir(from).with_context(|| format!("{} could not be read", from.display()))? {
        let entry = entry?;
        let (from, to) = (entry.path(), to.join(entry.file_name()));
        if entry.file_type()?.is_dir() {
            copy_directory(&from, &to)?;
        } else {
            fs::copy(&from, &to).with_context(|| format!("{} could not be copied", from.display()))?;
        }
    }
    Ok(())
}

/// The manifest of a workspace of only the two crates, whose dependencies are exactly what was the least.
fn oldest(manifest: &str) -> Result<String> {
    let Some((head, rest)) = manifest.split_once("members = [\n") else {
        bail!("Cargo.toml has no list of members, one a line");
    };
    let Some((_, tail)) = rest.split_once("]\n") else { bail!("the list of members in Cargo.toml has no end") };
    let mut oldest = format!("{head}members = {CRATES:?}\n");
    let mut is_dependency = false;
    for line in tail.lines() {
        if line.starts_with('[') {
            is_dependency = line == "[workspace.dependencies]";
        }
        let pinned = if is_dependency && !line.contains("path = ") { pinned(line) } else { None };
        oldest.push_str(pinned.as_deref().unwrap_or(line));
        oldest.push('\n');
    }
    Ok(oldest)
}

/// `bytes = "1.12"` as `bytes = "=1.12.0"`, and the same of a table with a `version`.
fn pinned(line: &str) -> Option<String> {
    let key = if line.contains("version = \"") { "version = \"" } else { " = \"" };
    let (name, rest) = line.split_once(key)?;
    let (version, options) = rest.split_once('"')?;
    let unwritten = ".0".repeat(2_usize.saturating_sub(version.matches('.').count()));
    Some(format!("{name}{key}={version}{unwritten}\"{options}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn versions_are_pinned_to_the_least() {
        #[rustfmt::skip]
        let table = [
            ("bytes = \"1.12\"",                                Some("bytes = \"=1.12.0\"")),
            ("a = \"1\"",                                       Some("a = \"=1.0.0\"")),
            ("axum = { version = \"0.8.9\", features = [] }",   Some("axum = { version = \"=0.8.9\", features = [] }")),
            ("# Tests only.",                                   None),
            ("",                                                None),
        ];
        for (line, expected) in table {
            assert_eq!(pinned(line).as_deref(), expected, "{line}");
        }
    }

    #[test]
    fn only_what_is_published_is_left() {
        let oldest = oldest(include_str!("../../Cargo.toml")).unwrap();
        assert!(oldest.contains("\nmembers = [\"etag-derive\", \"etag-runtime\"]\n"), "{oldest}");
        assert!(oldest.contains("\netag-derive = { version = \"=0.1.0\", path = \"etag-derive\" }\n"), "{oldest}");
        assert!(oldest.contains("\nhttpdate = \"=1.0.3\"\n"), "{oldest}");
        // Neither `rust-version` nor an edition is a dependency.
        assert!(oldest.contains("\nedition = \"2024\"\n"), "{oldest}");
    }

    #[test]
    fn a_manifest_of_another_form_is_refused() {
        assert!(oldest("[workspace]\n").is_err());
        assert!(oldest("members = [\n").is_err());
    }
}
