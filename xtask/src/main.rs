//! The chores of the project, as `cargo xtask <command>`.
//!
//! ```text
//! arguments ──▶ Command ──test─▶ requirements ─▶ steps ─┐
//!                       ──ci───▶ requirements ─▶ steps ─┼─run─▶ one line a step, exit status
//!                       ──bench▶ requirements ─▶ steps ─┤
//!                       ──soak─▶ requirements ─▶ steps ─┤
//!                       ──fuzz─▶ requirements ─▶ steps ─┤
//!                       ──release-check─▶ tools ─▶ steps ─┤
//!                       ──mutants▶ tools ──────▶ steps ─┤
//!                       ──differential─────────▶ steps ─┘
//! ```
//!
//! A chore is a list of [`Step`](step::Step)s and a step is one command line, so
//! whatever fails here can be repeated by hand from the project's root.

#![allow(clippy::print_stdout, clippy::print_stderr, reason = "a command-line tool talks through its standard streams")]

mod bench;
mod ci;
mod core_tree;
mod dependencies;
mod differential;
#[cfg(test)]
mod examples;
mod fuzz;
mod minimum;
mod mutants;
mod public_api;
mod published;
mod release;
mod requirement;
mod soak;
mod step;
mod test;
mod tool;

use std::env;
use std::ffi::OsString;
use std::process::ExitCode;

use bench::Bench;
use fuzz::Fuzz;

const HELP: &str = "\
The project's chores.

Usage: cargo xtask <command>

  test            install what the tests need, then run every test
  ci              check formatting, lints, documentation, dependencies and packages, and fuzz for
                  a minute
  bench           measure tags, decisions and requests, next to code written by hand
  bench report    the same, over loopback, and of the compiler; writes docs/performance.md
  bench budget    compare instructions and allocations with benches/budget.toml, as `ci`
                  does; `bench budget renew` writes it
  bench stamps    measure a 304 with and without loading what it is about, on each
                  database, and draw docs/stamps.svg
  soak [EDITS]    200 000 edits, or so many, of ten articles through two servers on each
                  database; shows figures
  fuzz [TARGET] [--seconds N]
                  5 minutes, or so many seconds, of octets that nobody has thought of, for
                  each target or one: tag, tag_list, date, decision, round_trip, derive
  mutants [FILE…] change the core and the derive, or these files, in one place after
                  another, and show what no test has noticed; takes hours
  differential    send the same requests to other servers, and write docs/differences.md
  release-check   compile with the oldest compiler, and check licenses and the public interface
  help            show this text

`bash .ci/run` runs `test` and then `ci`.
";

/// Exit status of a command line that makes no sense, by convention.
const USAGE_ERROR: u8 = 2;

fn main() -> ExitCode {
    let command = match Command::parse(env::args_os().skip(1)) {
        Ok(command) => command,
        Err(mistake) => {
            eprintln!("error: {mistake}\n\n{HELP}");
            return ExitCode::from(USAGE_ERROR);
        }
    };
    match command.run() {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            // On standard output like everything before it: in a log that keeps the
            // two streams apart, the reason would otherwise not be at the end.
            println!("\nFAILED: {error:#}");
            ExitCode::FAILURE
        }
    }
}

#[derive(Debug, PartialEq)]
enum Command {
    Help,
    Test,
    Ci,
    Bench(Bench),
    Soak(u64),
    Fuzz(Fuzz),
    /// Of these files, or of all.
    Mutants(Vec<String>),
    Differential,
    ReleaseCheck,
}

impl Command {
    /// Reads the command line after the program's name.
    ///
    /// # Errors
    ///
    /// A sentence for the person who typed it, when the command is unknown or is
    /// followed by arguments that it would ignore.
    fn parse(mut args: impl Iterator<Item = OsString>) -> Result<Self, String> {
        let Some(name) = args.next() else {
            return Ok(Self::Help);
        };
        let rest: Vec<OsString> = args.collect();
        let command = match name.to_str() {
            Some("help" | "-h" | "--help") => Self::Help,
            Some("test") => Self::Test,
            Some("ci") => Self::Ci,
            Some("differential") => Self::Differential,
            Some("release-check") => Self::ReleaseCheck,
            Some("bench") => return bench::of(&rest).map(Self::Bench),
            Some("mutants") => return mutants::files(&rest).map(Self::Mutants),
            Some("soak") => return soak::edits(&rest).map(Self::Soak),
            Some("fuzz") => return fuzz::of(&rest).map(Self::Fuzz),
            _ => return Err(format!("there is no command `{}`", name.display())),
        };
        match rest.first() {
            Some(extra) => Err(format!("`{}` takes no arguments, but was given `{}`", name.display(), extra.display())),
            None => Ok(command),
        }
    }

    fn run(self) -> anyhow::Result<()> {
        match self {
            Self::Help => {
                print!("{HELP}");
                Ok(())
            }
            Self::Test => {
                requirement::satisfy(requirement::TESTS)?;
                step::run_all("test", &test::steps())
            }
            Self::Ci => {
                ci::prepare()?;
                step::run_all("ci", &ci::steps())
            }
            Self::Soak(edits) => {
                requirement::satisfy(requirement::TESTS)?;
                step::run_all("soak", &[soak::step(edits)])
            }
            Self::Fuzz(fuzz) => {
                fuzz::prepare()?;
                step::run_all("fuzz", &fuzz.steps())
            }
            Self::Mutants(files) => {
                tool::MUTANTS.install()?;
                step::run_all("mutants", &mutants::steps(&files))
            }
            Self::Differential => {
                requirement::satisfy(requirement::DIFFERENTIAL)?;
                step::run_all("differential", &differential::steps())
            }
            Self::ReleaseCheck => {
                release::prepare()?;
                step::run_all("release-check", &release::steps())
            }
            Self::Bench(bench) => {
                bench::requirements(bench).iter().try_for_each(|table| requirement::satisfy(table))?;
                step::run_all("bench", &bench::steps(bench))
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parse(line: &str) -> Result<Command, String> {
        Command::parse(line.split_whitespace().map(OsString::from))
    }

    #[test]
    fn command_lines() {
        assert_eq!(parse(""), Ok(Command::Help));
        assert_eq!(parse("--help"), Ok(Command::Help));
        assert_eq!(parse("test"), Ok(Command::Test));
        assert_eq!(parse("ci"), Ok(Command::Ci));
        assert_eq!(parse("bench"), Ok(Command::Bench(Bench::Decisions)));
        assert_eq!(parse("bench report"), Ok(Command::Bench(Bench::Report)));
        assert_eq!(parse("bench budget"), Ok(Command::Bench(Bench::Budget)));
        assert_eq!(parse("bench budget renew"), Ok(Command::Bench(Bench::NewBudget)));
        assert_eq!(parse("bench stamps"), Ok(Command::Bench(Bench::Stamps)));
        assert_eq!(parse("soak"), Ok(Command::Soak(200_000)));
        assert_eq!(parse("soak 500"), Ok(Command::Soak(500)));
        assert_eq!(parse("mutants"), mutants::files(&[]).map(Command::Mutants));
        let file = "etag-runtime/src/evaluate.rs";
        assert_eq!(parse(&format!("mutants {file}")), Ok(Command::Mutants(vec![file.to_owned()])));
        assert!(matches!(parse("fuzz date --seconds 5"), Ok(Command::Fuzz(_))));
        assert_eq!(parse("release-check"), Ok(Command::ReleaseCheck));
        assert_eq!(parse("differential"), Ok(Command::Differential));
    }

    /// `cargo xtask test my_test` must not run everything and look like an answer.
    #[test]
    fn an_argument_that_would_be_ignored_is_refused() {
        assert!(parse("test my_test").is_err_and(|mistake| mistake.contains("my_test")));
        assert!(parse("ci --fast").is_err_and(|mistake| mistake.contains("--fast")));
        assert!(parse("soak 500 600").is_err_and(|mistake| mistake.contains("600")));
        assert!(parse("bench --only hash").is_err_and(|mistake| mistake.contains("--only")));
        assert!(parse("mutants xtask/src/main.rs").is_err_and(|mistake| mistake.contains("xtask")));
        assert!(parse("bench budget raise").is_err_and(|mistake| mistake.contains("budget raise")));
        assert!(parse("soak long").is_err_and(|mistake| mistake.contains("long")));
    }

    #[test]
    fn an_unknown_command_is_named() {
        assert!(parse("tset").is_err_and(|mistake| mistake.contains("`tset`")));
    }

    #[test]
    fn help_lists_every_command() {
        for name in ["test", "ci", "bench", "soak", "fuzz", "mutants", "differential", "release-check", "help"] {
            assert!(HELP.contains(&format!("\n  {name} ")), "{name} is not in the help");
        }
    }
}
