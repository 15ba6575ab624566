//! `cargo xtask mutants`: one small change of the code after another, each of which some test has to notice.
//!
//! Which changes no test can notice, and why, is said in `.cargo/mutants.toml`; what came out, in `docs/mutants.md`.

use std::ffi::OsString;

use crate::step::Step;

const PROGRAM: &str = "target/tools/bin/cargo-mutants";

/// One tree, where those that have been noticed are remembered from step to step.
const COMMON: &str = "mutants --output target --no-shuffle --minimum-test-timeout 60";

/// What cargo-mutants says of changes that nobody has noticed, and of programs that did not end.
const MISSED: i32 = 2;
const TIMED_OUT: i32 = 3;

/// Tests by what they cost: each step is asked only about what those before it have not noticed.
const RUNTIME: &[(&str, &str)] = &[
    (
        "the decision, from outside",
        "--test-package etag-tests -- --test core --test traps --test permits --test properties --test conformance",
    ),
    ("single modules", "--test-package etag-runtime --features chrono,jiff,json,time,uuid -- --lib"),
    ("everything else from outside", "--test-package etag-tests"),
];

const DERIVE: &[(&str, &str)] = &[
    ("single modules, and expansions", "--test-package etag-derive -- --lib"),
    ("what the compiler says to them", "--test-package etag-compile-tests"),
];

/// The files of one package that are to be changed; those of both if none are named.
///
/// # Errors
///
/// A sentence for the person who typed them.
pub(crate) fn files(args: &[OsString]) -> Result<Vec<String>, String> {
    let file = |arg: &OsString| {
        let path =
            arg.to_str().filter(|path| path.starts_with("etag-runtime/src/") || path.starts_with("etag-derive/src/"));
        path.map(str::to_owned)
            .ok_or_else(|| format!("`mutants` takes files of the two crates, not `{}`", arg.display()))
    };
    args.iter().map(file).collect()
}

/// Installs the program, and has it change these files in a copy of the sources.
pub(crate) fn steps(files: &[String]) -> Vec<Step> {
    let install = "install --quiet --locked --root target/tools cargo-mutants@27.1.0";
    let mut steps = vec![Step::cargo("cargo-mutants", install)];
    for (package, stages) in [("etag-runtime", RUNTIME), ("etag-derive", DERIVE)] {
        let named: Vec<&String> = files.iter().filter(|file| file.starts_with(package)).collect();
        if !files.is_empty() && named.is_empty() {
            continue;
        }
        let only: String = named.iter().map(|file| format!(" --file {file}")).collect();
        for (index, (title, tests)) in stages.iter().enumerate() {
            let again = if index == 0 { "" } else { " --iterate" };
            let step = Step::new(title, PROGRAM, &format!("{COMMON} --package {package}{only}{again} {tests}"));
            // Nobody is to blame before the last has been asked. What does not end has been noticed.
            let is_last = index + 1 == stages.len();
            steps.push(step.accept(if is_last { &[TIMED_OUT] } else { &[MISSED, TIMED_OUT] }));
        }
    }
    steps
}
