//! `cargo xtask mutants`: one small change of the code after another, each of which some test has to notice.
//!
//! Which changes no test can notice, and why, is said in `.cargo/mutants.toml`; what came out, in `docs/mutants.md`.

use std::ffi::OsString;

use crate::step::Step;

const PROGRAM: &str = "target/tools/bin/cargo-mutants";

/// One tree, where those that have been noticed are remembered from step to step; those that did not end are tried again. What is unchanged is tested before, by cargo: by itself
/// cargo-mutants would ask the package that is to be changed, which has none of the tests from outside.
const COMMON: &str = "mutants --output target --no-shuffle --baseline skip --build-timeout 600 --timeout 600";

/// The changes that nobody has noticed, by their places.
const LEFT: &str = "target/mutants.out/missed.txt";

/// What cargo-mutants says of changes that nobody has noticed, and of programs that did not end.
const MISSED: i32 = 2;
const TIMED_OUT: i32 = 3;

/// Tests that are asked together.
struct Stage {
    title: &'static str,
    packages: &'static [&'static str],
    features: &'static str,
    tests: &'static str,
}

/// Tests by what they cost: each step is asked only about what those before it have not noticed.
const RUNTIME: &[Stage] = &[
    Stage {
        title: "the decision, from outside",
        packages: &["etag-tests"],
        features: "",
        tests: "--test core --test traps --test permits --test properties --test conformance",
    },
    Stage {
        title: "single modules",
        packages: &["etag-runtime"],
        features: "--features chrono,headers,jiff,layer,time,uuid",
        tests: "--lib",
    },
    Stage {
        title: "everything else from outside",
        packages: &["etag-tests", "etag-compile-tests"],
        features: "",
        tests: "",
    },
    Stage { title: "what is told of a decision", packages: &["etag-observability"], features: "", tests: "" },
];

const DERIVE: &[Stage] = &[
    Stage { title: "single modules, and expansions", packages: &["etag-derive"], features: "", tests: "--lib" },
    Stage { title: "what the compiler says to them", packages: &["etag-compile-tests"], features: "", tests: "" },
];

/// What is changed if no file is named: the decision, tags, permits and digests, and the derive. What a feature adds has tests of
/// its own, and can be named, but for `openapi/`: no step has its feature.
const FILES: [&str; 3] = [
    "etag-runtime/src/*.rs",
    "etag-runtime/src/{digest,guard,response,stamped,tag}/**/*.rs",
    "etag-derive/src/**/*.rs",
];

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
        for (index, stage) in stages.iter().enumerate() {
            steps.push(stage.unchanged());
            let again = if index == 0 { "" } else { "--iterate" };
            // Nobody is to blame before the last has been asked. What does not end has been noticed.
            steps.push(stage.changed(&format!("--package {package} {named} {again}")).accept(&[MISSED, TIMED_OUT]));
        }
        // By its status, cargo-mutants tells of what did not end and not of what was missed besides.
        steps.push(Step::new("whether all were noticed", "test", &format!("! -s {LEFT}")));
    }
    steps
}

impl Stage {
    /// Whether the tests pass at all.
    fn unchanged(&self) -> Step {
        let packages = options("--package", self.packages);
        let step = format!("test --profile mutants {packages} {} {}", self.features, self.tests);
        fewer_cases(Step::cargo("without a change", &step))
    }

    /// Whether they notice each change of what is named.
    fn changed(&self, named: &str) -> Step {
        let packages = options("--test-package", self.packages);
        let step = format!("{COMMON} {named} {packages} {} -- {}", self.features, self.tests);
        fewer_cases(Step::new(self.title, PROGRAM, &step))
    }
}

/// More generated cases would take longer than to compile a change.
fn fewer_cases(step: Step) -> Step {
    step.env("PROPTEST_CASES", "64")
}

/// This option once for each of these values.
fn options(option: &str, values: &[&str]) -> String {
    let options: Vec<String> = values.iter().map(|value| format!("{option} {value}")).collect();
    options.join(" ")
}
