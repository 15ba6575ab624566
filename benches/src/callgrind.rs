//! Instructions of one call, counted by valgrind: the same on every run.
//!
//! ```text
//! operations, under valgrind ──▶ a dump each time that `counted` is left ──▶ sums by whose code it is
//! ```

use std::collections::BTreeMap;
use std::env;
use std::fs;
use std::mem::take;
use std::process::Command;

use anyhow::{Context as _, Result, ensure};

use crate::figures::{self, Counts, Instructions};
use crate::operations::CALLS;

const COUNTED: &str = "etag_bench::operations::counted";

/// Counts those of all contenders, and writes them down.
pub(crate) fn run() -> Result<()> {
    let folder = tempfile::tempdir()?;
    let dumps = folder.path().join("dump");
    let output = Command::new("valgrind")
        .args(["--tool=callgrind", "--compress-strings=no", "--compress-pos=no"])
        .args([format!("--toggle-collect={COUNTED}"), format!("--dump-after={COUNTED}")])
        .arg(format!("--callgrind-out-file={}", dumps.display()))
        .arg(env::current_exe()?)
        .arg("operations")
        .output()
        .context("valgrind counts the instructions; it is a package of every distribution")?;
    ensure!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let names = String::from_utf8(output.stdout)?;
    let mut counts = BTreeMap::new();
    for (name, number) in names.lines().zip(1..) {
        let path = dumps.with_extension(number.to_string());
        let dump = fs::read_to_string(&path).with_context(|| format!("valgrind has not seen {COUNTED} for {name}"))?;
        counts.insert(name.to_owned(), of_one_call(&dump)?);
    }
    println!("instructions of {} operations counted", counts.len());
    figures::save("instructions", &Counts(counts))
}

fn of_one_call(dump: &str) -> Result<Instructions> {
    let sum = sum(dump)?;
    ensure!(sum.rust > 0, "nothing was counted in {dump}");
    Ok(Instructions { hash: sum.hash / CALLS, library: sum.library / CALLS, rust: sum.rust / CALLS })
}

/// Adds up what each function has executed itself.
///
/// A dump names an object and a function in lines of their own. Lines that start with a digit are a place and a count; the one after a
/// call is what the callee has executed, which is in lines of its own as well.
fn sum(dump: &str) -> Result<Instructions> {
    let mut sum = Instructions::default();
    let (mut object, mut function) = ("", "");
    let mut is_of_callee = false;
    for line in dump.lines() {
        if let Some(name) = line.strip_prefix("ob=") {
            object = name;
        } else if let Some(name) = line.strip_prefix("fn=") {
            function = name;
        } else if line.starts_with("calls=") {
            is_of_callee = true;
        } else if line.starts_with(|first: char| first.is_ascii_digit()) && !take(&mut is_of_callee) {
            let (_, count) = line.split_once(' ').context("a place and a count")?;
            let count: u64 = count.parse().with_context(|| format!("a count, not {count}"))?;
            let of = if function.starts_with("sha2::") {
                &mut sum.hash
            } else if object.contains(".so") {
                &mut sum.library
            } else {
                &mut sum.rust
            };
            *of += count;
        }
    }
    Ok(sum)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_instruction_is_counted_once_and_for_whom_it_is() {
        let dump = "\
version: 1
positions: line
events: Instructions

ob=/target/release/etag-bench
fl=operations.rs
fn=etag_bench::operations::counted
20 3
cfn=sha2::sha256::compress256
calls=20 7
21 4000
fn=sha2::sha256::compress256
7 4000

ob=/lib/x86_64-linux-gnu/libc.so.6
fl=???
fn=malloc
0 200
fe=elsewhere.c
0 50
totals: 4253
";
        assert_eq!(sum(dump).ok(), Some(Instructions { hash: 4000, library: 250, rust: 3 }));
    }

    #[test]
    fn a_dump_without_a_count_is_an_error_and_no_zero() {
        assert!(of_one_call("version: 1\nevents: Instructions\n").is_err());
    }
}
