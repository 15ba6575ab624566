//! Times of all contenders, in a table with their allocations and instructions.
//!
//! ```text
//! a group ──▶ a program, several times ──▶ turns ──▶ Times
//! ```
//!
//! Where the memory of a program happens to be, and how its maps are seeded, makes a contender faster or slower by some percent for as long
//! as that program runs. So several programs run, one after the other, and the median is that of the turns of all.

use std::env;
use std::process::{Command, Stdio};

use anyhow::{Context as _, Result, ensure};

use crate::figures::{self, Allocations, Counts, Time};
use crate::groups;
use crate::harness::Times;
use crate::report::load_average;

const PROGRAMS: usize = 5;

/// Measures and prints all groups, and writes down what was measured; or prints the group of this name.
pub(crate) fn run(only: Option<&str>) -> Result<()> {
    let Allocations(allocations) = figures::load("allocations")?;
    let Counts(instructions) = figures::load("instructions")?;
    let load_average = load_average()?;
    let mut all = Vec::new();
    println!("{:<58} {:>10} {:>8} {:>7} {:>13}", "", "ns", "ratio", "allocs", "instructions");
    for group in groups().into_iter().filter(|group| only.is_none_or(|only| only == group.key)) {
        println!("\n{}", group.title);
        let turns = in_programs(&group.key)?;
        for (contender, of_it) in group.contenders.iter().zip(&turns) {
            let times = Times::of(of_it, &turns[0]);
            let name = format!("{}/{}", group.key, contender.key);
            let allocations = allocations.get(&name).copied().unwrap_or_default();
            let instructions = instructions.get(&name).copied().unwrap_or_default().without_hash();
            println!(
                "  {:<56} {:>10.1} {:>8.2} {allocations:>7} {instructions:>13}",
                contender.name, times.nanoseconds, times.ratio
            );
            all.push(Time {
                group: group.key.clone(),
                title: group.title.clone(),
                key: contender.key.into(),
                name: contender.name.into(),
                nanoseconds: times.nanoseconds,
                ratio: times.ratio,
            });
        }
    }
    ensure!(!all.is_empty(), "there is no such group");
    println!("\nWithout the instructions of SHA-256; times include it.");
    if only.is_none() {
        figures::save("load-average", &load_average)?;
        figures::save("times", &all)?;
    }
    Ok(())
}

/// The turns of each contender of this group, in all programs.
fn in_programs(group: &str) -> Result<Vec<Vec<f64>>> {
    let mut all: Vec<Vec<f64>> = Vec::new();
    for _ in 0..PROGRAMS {
        let mut program = Command::new(env::current_exe()?);
        let output = program.args(["turns", group]).stderr(Stdio::inherit()).output()?;
        ensure!(output.status.success(), "{group} could not be measured");
        let turns: Vec<Vec<f64>> = serde_json::from_slice(&output.stdout)?;
        all.resize_with(turns.len(), Vec::new);
        for (all, turns) in all.iter_mut().zip(turns) {
            all.extend(turns);
        }
    }
    Ok(all)
}

/// What each of these programs does: prints the turns of one group.
pub(crate) fn turns(group: &str) -> Result<()> {
    let group = groups().into_iter().find(|other| other.key == group);
    let turns = group.context("there is no such group")?.turns();
    println!("{}", serde_json::to_string(&turns)?);
    Ok(())
}
