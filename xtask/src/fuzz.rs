//! `cargo xtask fuzz`: octets that nobody has thought of, put to whatever reads octets.
//!
//! ```text
//! conformance cases, models of tests ─seeds─▶ target/fuzz/seeds ─┐
//! fuzz/regressions (what was found once) ────────────────────────┼─cargo-fuzz─▶ passed, or fuzz/artifacts and how to repeat it
//! fuzz/dictionary ───────────────────────────────────────────────┘
//! ```
//!
//! `cargo xtask ci` starts anew each time, from one seed, and makes so many runs: its verdict on one commit is the same every
//! day. `cargo xtask fuzz` goes on where it has stopped, and has the compiler check memory as well: the project has no `unsafe`,
//! what it depends on has.

use std::ffi::OsString;
use std::fs;

use anyhow::{Context, Result};

use crate::requirement;
use crate::step::{Step, project_root};
use crate::tool;

/// What is fuzzed.
#[derive(Debug, PartialEq)]
pub(crate) struct Target {
    name: &'static str,
    /// How many inputs are tried in `cargo xtask ci`: some seconds.
    runs: u32,
}

/// In the order of `fuzz/Cargo.toml`.
const TARGETS: [Target; 6] = [
    Target { name: "tag", runs: 1_000_000 },
    Target { name: "tag_list", runs: 100_000 },
    Target { name: "date", runs: 300_000 },
    Target { name: "decision", runs: 300_000 },
    Target { name: "round_trip", runs: 40_000 },
    Target { name: "derive", runs: 60_000 },
];

/// Seconds for each target, unless the command line says otherwise.
const SECONDS: u32 = 300;

/// What `cargo xtask fuzz` is asked for.
#[derive(Debug, PartialEq)]
pub(crate) struct Fuzz {
    /// All of them if there is none.
    target: Option<&'static Target>,
    seconds: u32,
}

/// What the arguments ask for: `[TARGET] [--seconds N]`.
///
/// # Errors
///
/// A sentence for the person who typed them.
pub(crate) fn of(args: &[OsString]) -> Result<Fuzz, String> {
    let mut fuzz = Fuzz { target: None, seconds: SECONDS };
    let mut args = args.iter();
    while let Some(arg) = args.next() {
        if arg == "--seconds" {
            let seconds = args.next().ok_or("`--seconds` takes a number")?;
            let parsed = seconds.to_str().and_then(|text| text.parse().ok()).filter(|seconds| *seconds > 0);
            fuzz.seconds = parsed.ok_or_else(|| format!("`--seconds` takes a number, not `{}`", seconds.display()))?;
        } else if let (Some(target), None) = (TARGETS.iter().find(|target| *arg == *target.name), fuzz.target) {
            fuzz.target = Some(target);
        } else {
            let names = TARGETS.map(|target| target.name).join(", ");
            return Err(format!("`fuzz` takes one of {names}, and not `{}`", arg.display()));
        }
    }
    Ok(fuzz)
}

/// Installs what fuzzing needs, and makes the folders that it reads and writes.
///
/// # Errors
///
/// What could not be installed or made.
pub(crate) fn prepare() -> Result<()> {
    requirement::satisfy(requirement::FUZZ)?;
    tool::install_compiler(tool::NIGHTLY)?;
    tool::FUZZ.install()?;
    let scratch = project_root().join("target/fuzz");
    for stale in ["ci", "seeds"].map(|name| scratch.join(name)) {
        if stale.exists() {
            fs::remove_dir_all(&stale).with_context(|| format!("{} could not be removed", stale.display()))?;
        }
    }
    for target in &TARGETS {
        for folder in ["ci", "corpus"].map(|name| scratch.join(name).join(target.name)) {
            fs::create_dir_all(&folder).with_context(|| format!("{} could not be made", folder.display()))?;
        }
    }
    Ok(())
}

impl Fuzz {
    pub(crate) fn steps(&self) -> Vec<Step> {
        let mut steps = vec![seeds()];
        let limit = format!("-max_total_time={} -print_final_stats=1", self.seconds);
        let targets = TARGETS.iter().filter(|target| self.target.is_none_or(|only| only == *target));
        steps.extend(targets.map(|target| run(target, "address", "corpus", &limit)));
        steps
    }
}

/// The steps of `cargo xtask ci`. The time is a limit for a machine that is far slower than others.
pub(crate) fn bounded_steps() -> Vec<Step> {
    let build = cargo_fuzz("build", "none", "");
    let mut steps = vec![seeds(), Step::new("what is fuzzed, with instrumentation", "rustup", &build)];
    steps.extend(TARGETS.iter().map(|target| {
        let limit = format!("-seed=1 -runs={} -max_total_time=60 -verbosity=0", target.runs);
        run(target, "none", "ci", &limit)
    }));
    steps
}

fn seeds() -> Step {
    Step::cargo(
        "what fuzzing starts from",
        "run --quiet --locked --manifest-path fuzz/Cargo.toml --target-dir target/fuzz/seeds-build -p etag-fuzz-seeds \
         -- target/fuzz/seeds",
    )
}

/// `found` is where inputs go that reach something new. An input that fails goes to `fuzz/artifacts`.
fn run(target: &Target, sanitizer: &str, found: &str, limit: &str) -> Step {
    let name = target.name;
    let arguments = format!(
        "{name} target/fuzz/{found}/{name} target/fuzz/seeds/{name} fuzz/regressions/{name} \
         -- -max_len=512 -timeout=10 -dict=fuzz/dictionary {limit}"
    );
    Step::new("octets that nobody has thought of", "rustup", &cargo_fuzz("run", sanitizer, &arguments))
}

fn cargo_fuzz(command: &str, sanitizer: &str, arguments: &str) -> String {
    format!(
        "run {} target/tools/bin/cargo-fuzz {command} --fuzz-dir fuzz --target-dir target/fuzz/{sanitizer} \
         --sanitizer {sanitizer} {arguments}",
        tool::NIGHTLY
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_target_is_forgotten() {
        let manifest = include_str!("../../fuzz/Cargo.toml");
        let names = manifest.split("[[bin]]\nname = \"").skip(1).filter_map(|bin| bin.split('"').next());
        assert_eq!(names.collect::<Vec<_>>(), TARGETS.map(|target| target.name));
    }

    /// libFuzzer takes a folder that is not there for an error.
    #[test]
    fn every_target_has_regressions() {
        for target in &TARGETS {
            let folder = project_root().join("fuzz/regressions").join(target.name);
            assert!(fs::read_dir(&folder).is_ok_and(|mut files| files.next().is_some()), "{}", folder.display());
        }
    }

    #[test]
    fn arguments() {
        let fuzz = |line: &str| of(&line.split_whitespace().map(OsString::from).collect::<Vec<_>>());
        assert_eq!(fuzz(""), Ok(Fuzz { target: None, seconds: SECONDS }));
        assert_eq!(fuzz("date"), Ok(Fuzz { target: Some(&TARGETS[2]), seconds: SECONDS }));
        assert_eq!(fuzz("--seconds 7 date"), Ok(Fuzz { target: Some(&TARGETS[2]), seconds: 7 }));
        for (line, culprit) in [("dates", "dates"), ("date tag", "tag"), ("--seconds", "number"), ("--seconds 0", "0")]
        {
            assert!(fuzz(line).is_err_and(|mistake| mistake.contains(culprit)), "{line}");
        }
    }

    /// What was found in one run is found in the next.
    #[test]
    fn ci_tries_the_same_inputs_each_time() {
        let steps = bounded_steps();
        assert_eq!(steps.len(), 2 + TARGETS.len());
        for (step, target) in steps[2..].iter().map(Step::to_string).zip(&TARGETS) {
            let needed =
                [&format!(" {} target/fuzz/ci/", target.name), " -seed=1 ", &format!(" -runs={} ", target.runs)];
            assert!(needed.iter().all(|part| step.contains(*part)), "{step}");
        }
    }

    #[test]
    fn one_target_or_all_of_them() {
        let steps = |target| Fuzz { target, seconds: 5 }.steps();
        assert_eq!(steps(None).len(), 1 + TARGETS.len());
        let [_, only] = &steps(Some(&TARGETS[5]))[..] else { panic!("the seeds, and one target") };
        assert!(only.to_string().contains("derive") && only.to_string().contains("-max_total_time=5"), "{only}");
    }
}
