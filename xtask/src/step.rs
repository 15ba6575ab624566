//! A step: one command line, run from the project's root and shown as one could type it.

use std::env;
use std::ffi::{OsStr, OsString};
use std::fmt;
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use anyhow::{Context, Result, bail};

/// What a step's output has to satisfy besides its exit status.
type Check = fn(&str) -> Result<()>;

/// One command line, what it is for, and what its output has to satisfy.
#[derive(Debug)]
pub(crate) struct Step {
    title: &'static str,
    program: &'static str,
    args: Vec<OsString>,
    env: Option<(&'static str, String)>,
    accepted: &'static [i32],
    check: Option<Check>,
}

impl Step {
    /// A step that runs `program` with the words of `args`.
    pub(crate) fn new(title: &'static str, program: &'static str, args: &str) -> Self {
        Self {
            title,
            program,
            args: args.split_whitespace().map(OsString::from).collect(),
            env: None,
            accepted: &[],
            check: None,
        }
    }

    /// A step that runs `cargo`.
    pub(crate) fn cargo(title: &'static str, args: &str) -> Self {
        Self::new(title, "cargo", args)
    }

    /// Sets an environment variable for this step.
    pub(crate) fn env(mut self, name: &'static str, value: impl Into<String>) -> Self {
        self.env = Some((name, value.into()));
        self
    }

    /// Takes these exit statuses for success too.
    pub(crate) fn accept(mut self, accepted: &'static [i32]) -> Self {
        self.accepted = accepted;
        self
    }

    /// Has `check` judge the standard output, which is then not shown.
    pub(crate) fn check_output(mut self, check: Check) -> Self {
        self.check = Some(check);
        self
    }

    /// Runs the command and waits for its end.
    pub(crate) fn run(&self) -> Result<()> {
        let mut command = Command::new(self.executable());
        command.args(&self.args).envs(self.env.iter().map(|(name, value)| (name, value)));
        command.current_dir(project_root()).stdin(Stdio::null());
        if self.check.is_some() {
            command.stdout(Stdio::piped()).stderr(Stdio::inherit());
        }
        let output = command
            .spawn()
            .and_then(std::process::Child::wait_with_output)
            .with_context(|| format!("`{}` could not be started", self.program))?;
        let is_accepted = output.status.code().is_some_and(|code| self.accepted.contains(&code));
        if !output.status.success() && !is_accepted {
            bail!("{}", output.status);
        }
        match self.check {
            Some(check) => check(&String::from_utf8_lossy(&output.stdout)),
            None => Ok(()),
        }
    }

    /// The cargo that runs this very program, when there is one: another would
    /// bring another compiler.
    fn executable(&self) -> OsString {
        match self.program {
            "cargo" => env::var_os("CARGO").unwrap_or_else(|| "cargo".into()),
            program => program.into(),
        }
    }
}

/// The command line, quoted for a shell.
impl fmt::Display for Step {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some((name, value)) = &self.env {
            write!(f, "{name}={} ", quoted(OsStr::new(value)))?;
        }
        f.write_str(self.program)?;
        for arg in &self.args {
            write!(f, " {}", quoted(arg))?;
        }
        Ok(())
    }
}

fn quoted(word: &OsStr) -> String {
    let word = word.to_string_lossy();
    let plain = |c: char| c.is_ascii_alphanumeric() || "-_=+:,./@%".contains(c);
    if !word.is_empty() && word.chars().all(plain) {
        word.into_owned()
    } else {
        format!("'{}'", word.replace('\'', r"'\''"))
    }
}

/// Where every command line runs.
pub(crate) fn project_root() -> &'static Path {
    let package = Path::new(env!("CARGO_MANIFEST_DIR"));
    package.parent().unwrap_or(package)
}

/// Runs `steps` in order up to the first that fails, and ends with one line a step.
///
/// # Errors
///
/// The step that failed: what it was for, why it failed, and how to repeat it.
pub(crate) fn run_all(chore: &str, steps: &[Step]) -> Result<()> {
    let mut took = Vec::new();
    let mut failure = None;
    for (index, step) in steps.iter().enumerate() {
        println!("\n━━ {chore} {}/{}: {}", index + 1, steps.len(), step.title);
        println!("   $ {step}\n");
        let start = Instant::now();
        let result = step.run();
        took.push(start.elapsed());
        if let Err(error) = result {
            failure = Some(error.context(format!("{}\nrepeat it with: {step}\nreason", step.title)));
            break;
        }
        println!("\n   done in {}", seconds(start.elapsed()));
    }
    println!("\n━━ {chore}: summary\n");
    for (index, step) in steps.iter().enumerate() {
        println!("{}", summary_line(step, index, &took, failure.is_some()));
    }
    if let Some(error) = failure {
        return Err(error);
    }
    println!("\n{chore}: all {} steps passed", steps.len());
    Ok(())
}

/// How the step at `index` ended, given how long each step that ran took, the
/// last of which may have failed.
fn summary_line(step: &Step, index: usize, took: &[Duration], failed: bool) -> String {
    let (outcome, time) = match took.get(index) {
        None => ("not run", String::new()),
        Some(&time) if failed && index + 1 == took.len() => ("FAILED", seconds(time)),
        Some(&time) => ("passed", seconds(time)),
    };
    format!("   {outcome:<8} {time:>8}  {step}")
}

fn seconds(time: Duration) -> String {
    format!("{:.1} s", time.as_secs_f64())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_step_is_shown_as_one_would_type_it() {
        let mut step = Step::cargo("documentation", "doc --no-deps").env("RUSTDOCFLAGS", "-D warnings");
        step.args.extend(["it's".into(), OsString::new()]);
        assert_eq!(step.to_string(), r"RUSTDOCFLAGS='-D warnings' cargo doc --no-deps 'it'\''s' ''");
    }

    #[test]
    fn the_first_failure_stops_the_run() {
        let steps = [
            Step::new("succeeds", "true", ""),
            Step::new("fails", "false", ""),
            Step::new("cannot even start", "no-such-program", ""),
        ];
        let error = format!("{:#}", run_all("unit test", &steps).unwrap_err());
        assert!(error.contains("repeat it with: false"), "{error}");
        assert!(!error.contains("no-such-program"), "{error}");
    }

    #[test]
    fn a_program_that_does_not_exist_is_named() {
        let error = run_all("unit test", &[Step::new("", "no-such-program", "")]).unwrap_err();
        assert!(format!("{error:#}").contains("`no-such-program` could not be started"));
    }

    #[test]
    fn a_check_judges_what_the_command_printed() {
        let check: Check = |output| match output.trim() {
            "good" => Ok(()),
            other => bail!("printed {other}"),
        };
        let echo = |word| Step::new("", "echo", word).check_output(check);
        assert!(run_all("unit test", &[echo("good")]).is_ok());
        let error = run_all("unit test", &[echo("bad")]).unwrap_err();
        assert!(format!("{error:#}").ends_with("printed bad"));
    }

    #[test]
    fn the_summary_tells_passed_failed_and_not_run_apart() {
        let step = Step::new("", "x", "");
        let took = [Duration::from_millis(1250), Duration::from_secs(80)];
        let line = |index| summary_line(&step, index, &took, true);
        assert_eq!(line(0), "   passed      1.2 s  x");
        assert_eq!(line(1), "   FAILED     80.0 s  x");
        assert_eq!(line(2), "   not run            x");
    }
}
