//! Instructions of one call, counted by valgrind: the same on every run.
//!
//! ```text
//! operations, under valgrind ──▶ a dump each time that `counted` is left ─┬─▶ sums by whose code it is
//!                                                                         └─▶ by function, of one contender and another
//! ```

use std::cmp::Reverse;
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
    let mut counts = BTreeMap::new();
    for (name, dump) in dumps(&[])? {
        counts.insert(name, of_one_call(&dump)?);
    }
    println!("instructions of {} operations counted", counts.len());
    figures::save("instructions", &Counts(counts))
}

/// Prints in which functions one contender executes more instructions of one call than another, or fewer.
pub(crate) fn compare(this: &str, other: &str) -> Result<()> {
    let [this, other] = [this, other].map(|name| {
        let (name, dump) = dumps(&[name])?.pop().with_context(|| format!("`{name}` is no contender"))?;
        anyhow::Ok((name, functions(&dump)?))
    });
    let ((this, mut more), (other, fewer)) = (this?, other?);
    for (function, count) in fewer {
        *more.entry(function).or_default() -= count;
    }
    let mut more: Vec<(String, i64)> = more.into_iter().filter(|(_, count)| *count != 0).collect();
    more.sort_by_key(|(_, count)| Reverse(count.abs()));
    println!("instructions of {this}, more than of {other}: {}", more.iter().map(|(_, count)| count).sum::<i64>());
    for (function, count) in more {
        println!("{count:>8}  {function}");
    }
    Ok(())
}

/// What valgrind has seen of all contenders, or of the one that is named.
fn dumps(only: &[&str]) -> Result<Vec<(String, String)>> {
    let folder = tempfile::tempdir()?;
    let dumps = folder.path().join("dump");
    let output = Command::new("valgrind")
        .args(["--tool=callgrind", "--compress-strings=no", "--compress-pos=no"])
        .args([format!("--toggle-collect={COUNTED}"), format!("--dump-after={COUNTED}")])
        .arg(format!("--callgrind-out-file={}", dumps.display()))
        .arg(env::current_exe()?)
        .arg("operations")
        .args(only)
        .output()
        .context("valgrind counts the instructions; it is a package of every distribution")?;
    ensure!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let names = String::from_utf8(output.stdout)?;
    let of_each = names.lines().zip(1..).map(|(name, number)| {
        let path = dumps.with_extension(number.to_string());
        let dump = fs::read_to_string(&path).with_context(|| format!("valgrind has not seen {COUNTED} for {name}"))?;
        Ok((name.to_owned(), dump))
    });
    of_each.collect()
}

fn of_one_call(dump: &str) -> Result<Instructions> {
    let sum = sum(dump)?;
    ensure!(sum.rust > 0, "nothing was counted in {dump}");
    Ok(Instructions { hash: sum.hash / CALLS, library: sum.library / CALLS, rust: sum.rust / CALLS })
}

/// Adds up what each function has executed itself.
fn sum(dump: &str) -> Result<Instructions> {
    let mut sum = Instructions::default();
    for_each(dump, |object, function, count| {
        let of = if function.starts_with("sha2::") {
            &mut sum.hash
        } else if object.contains(".so") {
            &mut sum.library
        } else {
            &mut sum.rust
        };
        *of += count;
    })?;
    Ok(sum)
}

/// What each function has executed itself in one call, but for SHA-256.
fn functions(dump: &str) -> Result<BTreeMap<String, i64>> {
    let mut sums: BTreeMap<String, u64> = BTreeMap::new();
    for_each(dump, |_, function, count| *sums.entry(function.to_owned()).or_default() += count)?;
    sums.retain(|function, _| !function.starts_with("sha2::"));
    sums.into_iter().map(|(function, count)| Ok((function, i64::try_from(count / CALLS)?))).collect()
}

/// Calls `add` with an object, a function in it, and what that has executed itself, of which there are many for each function.
///
/// A dump names an object and a function in lines of their own. Lines that start with a digit are a place and a count; the one after a
/// call is what the callee has executed, which is in lines of its own as well.
fn for_each<'a>(dump: &'a str, mut add: impl FnMut(&'a str, &'a str, u64)) -> Result<()> {
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
            add(object, function, count.parse().with_context(|| format!("a count, not {count}"))?);
        }
    }
    Ok(())
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
        let of_one_call = [("etag_bench::operations::counted".into(), 0), ("malloc".into(), 12)];
        assert_eq!(functions(dump).ok(), Some(of_one_call.into()));
    }

    #[test]
    fn a_dump_without_a_count_is_an_error_and_no_zero() {
        assert!(of_one_call("version: 1\nevents: Instructions\n").is_err());
    }
}
