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
    ("single modules", "--test-package etag-runtime --features chrono,headers,jiff,layer,time,uuid -- --lib"),
    ("everything else from outside", "--test-package etag-tests --test-package etag-compile-tests"),
];

const DERIVE: &[(&str, &str)] = &[
    ("single modules, and expansions", "--test-package etag-derive -- --lib"),
    ("what the compiler says to them", "--test-package etag-compile-tests"),
];

/// What is changed if no file is named: the decision, tags, permits and digests, and the derive. What a feature adds has tests of
/// its own, and can be named.
const FILES: [&str; 3] =
    ["etag-runtime/src/*.rs", "etag-runtime/src/{digest,guard,response,stamped}/**/*.rs", "etag-derive/src/**/*.rs"];

/// The files that are to be changed.
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
    match args {
        [] => Ok(FILES.map(str::to_owned).to_vec()),
        args => args.iter().map(file).collect(),
    }
}

/// Changes these files in a copy of the sources.
pub(crate) fn steps(files: &[String]) -> Vec<Step> {
    let mut steps = Vec::new();
    for (package, stages) in [("etag-runtime", RUNTIME), ("etag-derive", DERIVE)] {
        let of_package = files.iter().filter(|file| file.starts_with(package));
        let named: Vec<String> = of_package.map(|file| format!("--file {file}")).collect();
        if named.is_empty() {
            continue;
        }
        let named = named.join(" ");
        for (index, (title, tests)) in stages.iter().enumerate() {
            let again = if index == 0 { "" } else { " --iterate" };
            let step = Step::new(title, PROGRAM, &format!("{COMMON} --package {package} {named}{again} {tests}"));
            // Nobody is to blame before the last has been asked. What does not end has been noticed.
            let is_last = index + 1 == stages.len();
            // More generated cases would take longer than to compile a change.
            let step = step.env("PROPTEST_CASES", "64");
            steps.push(step.accept(if is_last { &[TIMED_OUT] } else { &[MISSED, TIMED_OUT] }));
        }
    }
    steps
}
