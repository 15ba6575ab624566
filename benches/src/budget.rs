//! What an operation of the toolkit may cost, as far as that is the same on every machine.
//!
//! ```text
//! benches/budget.toml ─┐
//! allocations ─────────┼─▶ Findings ─▶ an error if anything is exceeded, and hints
//! instructions ────────┘
//! ```
//!
//! Instructions are those of Rust alone. What the C library takes to allocate and to copy is another machine's business, and what it is
//! asked to allocate is counted by itself.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::fs;
use std::path::PathBuf;

use anyhow::{Context as _, Result, bail};
use serde::{Deserialize, Serialize};

use crate::figures::{self, Allocations, Counts, Instructions};
use crate::groups;

/// In percent: what processors of another kind may add, since some code asks what they can, and what nobody is asked about.
const MARGIN: u64 = 3;
/// In percent: what is lower by more is worth a commit.
const SLACK: u64 = 5;

const HEADER: &str = "\
# What one call of each operation may cost: instructions of Rust, without SHA-256, and allocations.
# `cargo xtask ci` fails if one takes more allocations, or 3 % more instructions.
# Written by `cargo xtask bench budget renew`; say in the commit what has made it dearer.
";

#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
struct Cost {
    instructions: u64,
    allocations: u64,
}

type Costs = BTreeMap<String, Cost>;

#[derive(Debug, Default, PartialEq)]
struct Findings {
    /// Each a sentence.
    exceeded: Vec<String>,
    /// Budgets that could be lower, each a sentence.
    hints: Vec<String>,
}

/// Compares what was counted with the budget.
///
/// # Errors
///
/// Says which operation costs more than it may, and what to do.
pub(crate) fn check() -> Result<()> {
    let path = path();
    let text = fs::read_to_string(&path).with_context(|| path.display().to_string())?;
    let budget: Costs = toml::from_str(&text).with_context(|| path.display().to_string())?;
    let Findings { exceeded, hints } = compare(&budget, &costs()?);
    for hint in &hints {
        println!("{hint}");
    }
    if !hints.is_empty() {
        println!("`cargo xtask bench budget renew` keeps what was gained.");
    }
    if !exceeded.is_empty() {
        let advice = "If it is worth it, `cargo xtask bench budget renew` allows it; say in the commit why. \
                      `callgrind_annotate` shows where it goes: docs/performance.md says how.";
        bail!("{}\n{advice}", exceeded.join("\n"));
    }
    println!("{} operations are within their budgets.", budget.len());
    Ok(())
}

/// Makes a budget of what was counted.
pub(crate) fn renew() -> Result<()> {
    let mut text = HEADER.to_owned();
    let costs = costs()?;
    for (name, Cost { instructions, allocations }) in &costs {
        writeln!(text, "{name:?} = {{ instructions = {instructions}, allocations = {allocations} }}")?;
    }
    fs::write(path(), text)?;
    println!("benches/budget.toml has {} operations.", costs.len());
    Ok(())
}

/// Of all operations of the toolkit, as counted.
fn costs() -> Result<Costs> {
    let Allocations(allocations) = figures::load("allocations")?;
    let Counts(instructions) = figures::load("instructions")?;
    let mut costs = Costs::new();
    for group in groups() {
        for contender in group.contenders.iter().filter(|contender| contender.is_ours) {
            let name = format!("{}/{}", group.key, contender.key);
            let allocations = *allocations.get(&name).with_context(|| format!("{name}: allocations"))?;
            let Instructions { rust, .. } =
                *instructions.get(&name).with_context(|| format!("{name}: instructions"))?;
            costs.insert(name, Cost { instructions: rust, allocations });
        }
    }
    Ok(costs)
}

fn compare(budget: &Costs, costs: &Costs) -> Findings {
    let mut findings = Findings::default();
    for (name, cost) in costs {
        match budget.get(name) {
            Some(budget) => judge(name, *budget, *cost, &mut findings),
            None => findings.exceeded.push(format!("`{name}` has no budget.")),
        }
    }
    let gone = budget.keys().filter(|name| !costs.contains_key(*name));
    findings.exceeded.extend(gone.map(|name| format!("`{name}` has a budget, but is not measured.")));
    findings
}

fn judge(name: &str, budget: Cost, cost: Cost, findings: &mut Findings) {
    let instructions = |relation| {
        #[expect(clippy::cast_precision_loss, reason = "fewer than 2^52")]
        let percent = cost.instructions.abs_diff(budget.instructions) as f64 * 100.0 / budget.instructions as f64;
        let (cost, budget) = (cost.instructions, budget.instructions);
        format!("`{name}` takes {cost} instructions, {percent:.1} % {relation} than its budget of {budget}.")
    };
    if cost.instructions * 100 > budget.instructions * (100 + MARGIN) {
        findings.exceeded.push(instructions("more"));
    } else if cost.instructions * 100 < budget.instructions * (100 - SLACK) {
        findings.hints.push(instructions("fewer"));
    }
    let allocations = |relation| {
        let (cost, budget) = (cost.allocations, budget.allocations);
        format!("`{name}` makes {cost} allocations, {relation} than its budget of {budget}.")
    };
    if cost.allocations > budget.allocations {
        findings.exceeded.push(allocations("more"));
    } else if cost.allocations < budget.allocations {
        findings.hints.push(allocations("fewer"));
    }
}

fn path() -> PathBuf {
    figures::root().join("benches/budget.toml")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn costs(instructions: u64, allocations: u64) -> Costs {
        Costs::from([("304/toolkit".to_owned(), Cost { instructions, allocations })])
    }

    fn compared(instructions: u64, allocations: u64) -> (Vec<String>, Vec<String>) {
        let findings = compare(&costs(1000, 14), &costs(instructions, allocations));
        (findings.exceeded, findings.hints)
    }

    #[test]
    fn a_budget_has_a_margin_for_instructions_and_none_for_allocations() {
        let nothing: (Vec<String>, Vec<String>) = Default::default();
        assert_eq!(compared(1000, 14), nothing);
        assert_eq!(compared(1030, 14), nothing);
        assert_eq!(compared(950, 14), nothing);
        let sentence = "`304/toolkit` takes 1031 instructions, 3.1 % more than its budget of 1000.";
        assert_eq!(compared(1031, 14), (vec![sentence.into()], vec![]));
        let sentence = "`304/toolkit` takes 949 instructions, 5.1 % fewer than its budget of 1000.";
        assert_eq!(compared(949, 14), (vec![], vec![sentence.into()]));
        let sentence = "`304/toolkit` makes 15 allocations, more than its budget of 14.";
        assert_eq!(compared(1000, 15), (vec![sentence.into()], vec![]));
        let sentence = "`304/toolkit` makes 13 allocations, fewer than its budget of 14.";
        assert_eq!(compared(1000, 13), (vec![], vec![sentence.into()]));
    }

    #[test]
    fn operations_and_budgets_are_the_same() {
        let missing = compare(&Costs::new(), &costs(1000, 14));
        assert_eq!(missing.exceeded, ["`304/toolkit` has no budget."]);
        let gone = compare(&costs(1000, 14), &Costs::new());
        assert_eq!(gone.exceeded, ["`304/toolkit` has a budget, but is not measured."]);
    }
}
