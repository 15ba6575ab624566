//! `cargo xtask release-check`: what is asked before a release, with tools and compilers of its own.
//!
//! None of this is in `.ci/run`: compiling the tools takes longer than what they check, and some of them see what changes
//! from day to day.

use anyhow::Result;

use crate::step::Step;
use crate::{public_api, tool};

/// What `rust-version` promises.
const OLDEST: &str = "1.88";

/// Installs the tools and the compilers.
///
/// # Errors
///
/// What could not be installed.
pub(crate) fn prepare() -> Result<()> {
    println!("━━ tools\n");
    tool::install_compiler(OLDEST)?;
    tool::install_compiler(tool::NIGHTLY)?;
    [tool::DENY, tool::PUBLIC_API].iter().try_for_each(tool::Tool::install)
}

pub(crate) fn steps() -> Vec<Step> {
    let oldest = format!(
        "run {OLDEST} cargo check -p etag-derive -p etag-runtime --all-features --locked --target-dir target/oldest"
    );
    let mut steps = vec![
        Step::new("the oldest compiler that is promised", "rustup", &oldest),
        // Advisories change from day to day: `cargo deny check` asks for them too.
        Step::new(
            "licenses, and where dependencies come from",
            "target/tools/bin/cargo-deny",
            "--locked check bans licenses sources",
        ),
    ];
    steps.extend(public_api::steps());
    steps
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_oldest_compiler_is_that_of_the_manifest() {
        assert!(include_str!("../../Cargo.toml").contains(&format!("\nrust-version = \"{OLDEST}\"\n")));
    }
}
