//! The promise that the core needs neither a framework nor a runtime nor a serializer.
//!
//! A warp, actix or plain hyper user depends on `etag-runtime` without its default
//! features. What such a user compiles is decided by a dependency's features as
//! much as by ours, so the promise is checked on the resolved tree.

use anyhow::{Result, bail};

use crate::step::Step;

/// Crates that must not be reachable from the core, each with its relatives:
/// `serde` stands for `serde_core` and `tokio` for `tokio-util` as well.
const FOREIGN: [&str; 3] = ["axum", "tokio", "serde"];

/// The steps that resolve the dependencies of the core, and of the examples that show it elsewhere, and check them.
pub(crate) fn steps() -> [Step; 2] {
    [
        Step::cargo(
            "the core depends on no framework, runtime or serializer",
            "tree -p etag-runtime --no-default-features -e normal --prefix none --locked",
        )
        .check_output(check),
        Step::cargo(
            "hyper, warp and actix-web need no axum",
            "tree -p example-actix -p example-hyper -p example-warp -e normal --prefix none --locked",
        )
        .check_output(check_elsewhere),
    ]
}

/// Judges the tree of programs that have a framework of their own.
fn check_elsewhere(tree: &str) -> Result<()> {
    if !names(tree).any(|name| name == "etag-runtime") {
        bail!("`cargo tree` printed something unexpected:\n{tree}");
    }
    match names(tree).find(|name| name.starts_with("axum")) {
        Some(name) => bail!("one of the examples without axum depends on `{name}`: a default feature has come back"),
        None => Ok(()),
    }
}

/// Judges the output of `cargo tree --prefix none`, one `name vVERSION …` a line.
fn check(tree: &str) -> Result<()> {
    // A tree without its own root is not the output that this function reads.
    if !tree.starts_with("etag-runtime v") {
        bail!("`cargo tree` printed something unexpected:\n{tree}");
    }
    let Some(name) = names(tree).find(|name| is_foreign(name)) else {
        println!("   {} crates, none of them from {}", names(tree).count(), FOREIGN.join(", "));
        return Ok(());
    };
    bail!(
        "the core of etag-runtime depends on `{name}`, although it promises to build without it; \
         to see which dependency brings it:\n\
         cargo tree -p etag-runtime --no-default-features -e normal --invert {name}"
    )
}

fn names(tree: &str) -> impl Iterator<Item = &str> {
    tree.lines().filter_map(|line| line.split_whitespace().next())
}

fn is_foreign(name: &str) -> bool {
    FOREIGN.iter().any(|foreign| {
        let relative = name.strip_prefix(foreign);
        relative.is_some_and(|rest| rest.is_empty() || rest.starts_with(['-', '_']))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    const ROOT: &str = "etag-runtime v0.1.0 (/home/me/etag/etag-runtime)\nhttp v1.5.0\n";

    #[test]
    fn a_lean_tree_passes() {
        assert!(check(&format!("{ROOT}sha2 v0.11.1\nserdes v1.0.0\n")).is_ok());
    }

    #[test]
    fn a_foreign_crate_is_named() {
        for foreign in ["axum-core v0.5.0", "tokio v1.54.0 (*)", "serde_core v1.0.229"] {
            let error = check(&format!("{ROOT}{foreign}\n")).unwrap_err().to_string();
            let name = foreign.split(' ').next().unwrap();
            assert!(error.contains(&format!("--invert {name}")), "{foreign}: {error}");
        }
    }

    #[test]
    fn axum_is_found_where_another_framework_is() {
        let tree = format!("example-warp v0.0.0 (/home/me/etag/examples/warp)\n{ROOT}tokio v1.54.1\n");
        assert!(check_elsewhere(&tree).is_ok());
        assert!(check_elsewhere(&format!("{tree}axum-core v0.5.6\n")).is_err());
        assert!(check_elsewhere("").is_err());
    }

    /// An empty answer must not pass for a lean tree.
    #[test]
    fn unexpected_output_fails() {
        assert!(check("").is_err());
        assert!(check("warning: nothing to print.").is_err());
    }
}
