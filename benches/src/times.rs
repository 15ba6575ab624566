//! Times of all contenders, in a table with their allocations and instructions.

use anyhow::Result;

use crate::figures::{self, Allocations, Counts, Time};
use crate::groups;
use crate::report::load_average;

/// Measures, prints and writes down.
pub(crate) fn run() -> Result<()> {
    let Allocations(allocations) = figures::load("allocations")?;
    let Counts(instructions) = figures::load("instructions")?;
    figures::save("load-average", &load_average()?)?;
    let mut all = Vec::new();
    println!("{:<58} {:>10} {:>8} {:>7} {:>13}", "", "ns", "ratio", "allocs", "instructions");
    for mut group in groups() {
        println!("\n{}", group.title);
        for (contender, times) in group.compare().into_iter().zip(&group.contenders).map(|(times, it)| (it, times)) {
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
    println!("\nWithout the instructions of SHA-256; times include it.");
    figures::save("times", &all)
}
