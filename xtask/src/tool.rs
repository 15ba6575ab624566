//! Programs of cargo, and compilers besides the pinned one: what a chore needs of them, and how to get it.
//!
//! A program is compiled into `target/tools`, in one version for everybody. A compiler comes from rustup.

use std::env;
use std::process::{Command, Stdio};

use anyhow::{Context, Result};

use crate::step::{Step, project_root};

/// A subcommand of cargo.
#[derive(Debug)]
pub(crate) struct Tool {
    name: &'static str,
    version: &'static str,
    /// What makes it print its name and its version.
    probe: &'static [&'static str],
}

pub(crate) const FUZZ: Tool = Tool { name: "cargo-fuzz", version: "0.13.2", probe: &["--version"] };
pub(crate) const HACK: Tool = Tool { name: "cargo-hack", version: "0.6.46", probe: &["hack", "--version"] };
pub(crate) const DENY: Tool = Tool { name: "cargo-deny", version: "0.20.2", probe: &["--version"] };
pub(crate) const MUTANTS: Tool = Tool { name: "cargo-mutants", version: "27.1.0", probe: &["mutants", "--version"] };
pub(crate) const PUBLIC_API: Tool = Tool { name: "cargo-public-api", version: "0.52.0", probe: &["--version"] };

/// The compiler of fuzzing and of the public interface as text: their options are not stable.
pub(crate) const NIGHTLY: &str = "nightly";

impl Tool {
    /// Compiles it, unless it is there in this version.
    ///
    /// # Errors
    ///
    /// The step that failed, which needs the network once.
    pub(crate) fn install(&self) -> Result<()> {
        if self.is_installed() {
            println!("   found    {} {}", self.name, self.version);
            return Ok(());
        }
        let Tool { name, version, .. } = self;
        let command = format!("install --quiet --locked --root target/tools {name}@{version}");
        show_and_run(&Step::cargo("a program that is compiled once", &command))
    }

    fn is_installed(&self) -> bool {
        let mut probe = Command::new(project_root().join("target/tools/bin").join(self.name));
        let printed = probe.args(self.probe).stdin(Stdio::null()).stderr(Stdio::null()).output();
        printed.is_ok_and(|output| self.is_named_by(&String::from_utf8_lossy(&output.stdout)))
    }

    fn is_named_by(&self, printed: &str) -> bool {
        printed.trim() == format!("{} {}", self.name, self.version)
    }
}

/// Has rustup install a compiler, unless it is there. One that is there is left as it is, however old it is.
///
/// # Errors
///
/// The step that failed: there is no rustup here, or no network.
pub(crate) fn install_compiler(channel: &str) -> Result<()> {
    let mut probe = Command::new("rustup");
    probe.args(["run", channel, "rustc", "--version"]).current_dir(env::temp_dir()).stderr(Stdio::null());
    if let Ok(output) = probe.stdin(Stdio::null()).output()
        && output.status.success()
    {
        println!("   found    {}", String::from_utf8_lossy(&output.stdout).trim());
        return Ok(());
    }
    let command = format!("toolchain install {channel} --profile minimal --no-self-update");
    show_and_run(&Step::new("a compiler besides the pinned one", "rustup", &command))
        .with_context(|| format!("the compiler `{channel}` is not here"))
}

fn show_and_run(step: &Step) -> Result<()> {
    println!("   missing: $ {step}\n");
    step.run().with_context(|| step.to_string())
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Another version could judge otherwise, and one that is a beginning of this one is another.
    #[test]
    fn a_program_is_there_in_its_version_or_not() {
        let tool = Tool { version: "1.2.3", ..FUZZ };
        assert!(tool.is_named_by("cargo-fuzz 1.2.3\n"));
        for printed in ["cargo-fuzz 1.2.30", "cargo-fuzz 1.2.4", "cargo-fuz 1.2.3", ""] {
            assert!(!tool.is_named_by(printed), "{printed}");
        }
        assert!(!Tool { name: "cargo-that-is-not-there", ..FUZZ }.is_installed());
    }

    /// A name that rustup refuses without asking the network.
    #[test]
    fn a_compiler_that_cannot_be_had_is_named() {
        let error = format!("{:#}", install_compiler("no/compiler").unwrap_err());
        assert!(error.contains("`no/compiler` is not here"), "{error}");
    }
}
