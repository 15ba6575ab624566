//! How much the published crates bring along: the numbers in `README.md` are those of `cargo tree`.

use std::collections::HashSet;
use std::fs;

use anyhow::{Context, Result, bail};

use crate::step::{Step, project_root};

/// One step for each number, counted as on Linux.
pub(crate) fn steps() -> [Step; 3] {
    [
        step("-p etag-derive", |tree| check("`etag-derive` on", tree)),
        step("-p etag-runtime --no-default-features", |tree| check("the core of `etag-runtime` on", tree)),
        step("-p etag-runtime", |tree| check("`etag-runtime` with its default features on", tree)),
    ]
}

fn step(package: &str, check: fn(&str) -> Result<()>) -> Step {
    let command = format!("tree {package} -e normal --prefix none --target x86_64-unknown-linux-gnu --locked");
    Step::cargo("as many dependencies as README.md says", &command).check_output(check)
}

fn check(phrase: &str, tree: &str) -> Result<()> {
    let readme = fs::read_to_string(project_root().join("README.md")).context("README.md could not be read")?;
    let count = others(tree)?;
    if says(&readme, phrase, count) {
        println!("   {phrase} {count} crates");
        return Ok(());
    }
    bail!("README.md does not say “{phrase} {count} crates”; if the new ones are worth it, change it")
}

/// How many crates there are besides the first one. Two versions of one crate are two.
fn others(tree: &str) -> Result<usize> {
    let crates = tree.lines().filter_map(|line| line.split_once(' ')).map(|(name, rest)| {
        let version = rest.split(' ').next().unwrap_or_default();
        (name, version)
    });
    let crates: HashSet<_> = crates.collect();
    if !tree.starts_with("etag-") || crates.is_empty() {
        bail!("`cargo tree` printed something unexpected:\n{tree}");
    }
    Ok(crates.len() - 1)
}

/// Wherever the lines break.
fn says(readme: &str, phrase: &str, count: usize) -> bool {
    let readme = readme.split_whitespace().collect::<Vec<_>>().join(" ");
    readme.contains(&format!("{phrase} {count} crates"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_crate_is_counted_once_and_a_version_too() {
        let tree =
            "etag-derive v0.1.0 (proc-macro) (/home/me/etag)\nsyn v3.0.1\nquote v1.0.0\nsyn v3.0.1 (*)\nsyn v2.0.0\n";
        assert_eq!(others(tree).unwrap(), 3);
        assert_eq!(others("etag-derive v0.1.0\n").unwrap(), 0);
        assert!(others("").is_err());
        assert!(others("warning: nothing to print.").is_err());
    }

    #[test]
    fn one_more_is_noticed() {
        let readme = "They stand on few: `etag-derive` on 12\ncrates, and …";
        assert!(says(readme, "`etag-derive` on", 12));
        assert!(!says(readme, "`etag-derive` on", 2));
        assert!(!says(readme, "`etag-derive` on", 13));
    }
}
