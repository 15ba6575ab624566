//! What is counted, and how it is shown.

use std::collections::HashMap;
use std::fmt::Write as _;
use std::hash::{BuildHasherDefault, Hasher};

use etag_oracle::{Choice, Facts, Kind, Ruling, Verdict};

use crate::disagreement::Disagreement;
use crate::sweep::METHODS;
use crate::targets::Group;

pub(crate) struct Tally {
    /// By group, state and method.
    outcomes: Vec<Vec<[Outcomes; METHODS.len()]>>,
    /// How many combinations have the same facts.
    alike: HashMap<Facts, Alike, BuildHasherDefault<Spread>>,
    pub(crate) disagreements: u64,
    pub(crate) simplest: Option<Disagreement>,
}

/// Combinations with the same facts.
#[derive(Clone, Copy)]
struct Alike {
    verdict: Verdict,
    count: u64,
}

/// How often each verdict was given.
#[derive(Clone, Copy, Default)]
struct Outcomes([u64; Verdict::ALL.len()]);

impl Tally {
    pub(crate) fn new(groups: &[Group]) -> Tally {
        let states = |group: &Group| vec![<[Outcomes; METHODS.len()]>::default(); group.states.len()];
        Tally {
            outcomes: groups.iter().map(states).collect(),
            alike: HashMap::default(),
            disagreements: 0,
            simplest: None,
        }
    }

    /// Counts a combination, and says what the oracle has to say about it.
    pub(crate) fn count(
        &mut self,
        group: usize,
        state: usize,
        method: usize,
        facts: Facts,
        ruling: &Ruling,
    ) -> Verdict {
        let new = || Alike { verdict: ruling.verdict(facts), count: 0 };
        let alike = self.alike.entry(facts).or_insert_with(new);
        alike.count += 1;
        self.outcomes[group][state][method].0[alike.verdict as usize] += 1;
        alike.verdict
    }

    pub(crate) fn disagree(&mut self, found: Disagreement) {
        self.disagreements += 1;
        self.simplest = simpler(self.simplest.take(), Some(found));
    }

    /// Both tallies as one.
    pub(crate) fn and(mut self, other: Tally) -> Tally {
        let ours = self.outcomes.iter_mut().flatten().flatten();
        for (ours, theirs) in ours.zip(other.outcomes.iter().flatten().flatten()) {
            *ours = ours.and(*theirs);
        }
        for (facts, theirs) in other.alike {
            self.alike.entry(facts).and_modify(|ours| ours.count += theirs.count).or_insert(theirs);
        }
        self.disagreements += other.disagreements;
        self.simplest = simpler(self.simplest, other.simplest);
        self
    }

    pub(crate) fn combinations(&self) -> u64 {
        self.alike.values().map(|alike| alike.count).sum()
    }

    pub(crate) fn summary(&self, groups: &[Group]) -> String {
        let mut text = format!("{} combinations\n", grouped(self.combinations()));
        self.outcomes_by_method(&mut text);
        self.outcomes_by_state(groups, &mut text);
        self.rules(&mut text);
        self.choices(&mut text);
        text
    }

    fn outcomes_by_method(&self, text: &mut String) {
        heading(text, "method");
        for (method, name) in METHODS.iter().enumerate() {
            let of_method = self.outcomes.iter().flatten().map(|methods| methods[method]);
            of_method.fold(Outcomes::default(), Outcomes::and).row(text, name);
        }
    }

    fn outcomes_by_state(&self, groups: &[Group], text: &mut String) {
        heading(text, "target");
        for (group, states) in groups.iter().zip(&self.outcomes) {
            for (state, methods) in group.states.iter().zip(states) {
                let sum = methods.iter().copied().fold(Outcomes::default(), Outcomes::and);
                sum.row(text, &format!("{}{}", state.name, group.name));
            }
        }
    }

    /// How often each row of the table has applied.
    fn rules(&self, text: &mut String) {
        let ruling = Ruling::of_the_project();
        let mut applied = vec![0; ruling.rules().len()];
        for (facts, alike) in &self.alike {
            for rule in ruling.trail(*facts) {
                let index = ruling.rules().iter().position(|row| std::ptr::eq(*row, rule)).unwrap();
                applied[index] += alike.count;
            }
        }
        writeln!(text, "\n{:<88}{:>12}", "step, section, rule of the oracle", "applied").unwrap();
        for (rule, count) in ruling.rules().iter().zip(applied) {
            let title = format!("{} § {:<9}{}", rule.step, rule.section, rule.says);
            writeln!(text, "{title:<88}{:>12}", grouped(count)).unwrap();
        }
    }

    /// In how many combinations the verdict would be another without a choice.
    fn choices(&self, text: &mut String) {
        writeln!(text, "\n{:<88}{:>12}", "choice of the project", "decides").unwrap();
        for choice in Choice::ALL {
            let without = Ruling::without(choice);
            let differing = self.alike.iter().filter(|(facts, alike)| alike.verdict != without.verdict(**facts));
            let count: u64 = differing.map(|(_, alike)| alike.count).sum();
            let kind = match choice.kind() {
                Kind::Departure => "departure",
                Kind::Reading => "reading  ",
            };
            let (section, says) = choice.says();
            let title = format!("{kind} § {section:<9}{says}");
            writeln!(text, "{title:<88}{:>12}", grouped(count)).unwrap();
        }
    }
}

impl Outcomes {
    fn and(self, other: Outcomes) -> Outcomes {
        Outcomes(std::array::from_fn(|verdict| self.0[verdict] + other.0[verdict]))
    }

    fn row(self, text: &mut String, title: &str) {
        write!(text, "{title:<52}").unwrap();
        for count in self.0 {
            write!(text, "{:>12}", grouped(count)).unwrap();
        }
        text.push('\n');
    }
}

fn heading(text: &mut String, title: &str) {
    writeln!(text, "\n{title:<52}{:>12}{:>12}{:>12}{:>12}", "whole", "part", "304", "412").unwrap();
}

fn simpler(one: Option<Disagreement>, other: Option<Disagreement>) -> Option<Disagreement> {
    [one, other].into_iter().flatten().min_by_key(Disagreement::complexity)
}

/// With a space between thousands.
pub(crate) fn grouped(number: u64) -> String {
    let digits = number.to_string();
    let thousands: Vec<&str> =
        digits.as_bytes().rchunks(3).rev().map(|chunk| std::str::from_utf8(chunk).unwrap()).collect();
    thousands.join(" ")
}

/// Spreads the bits of a set of facts, which is all that the table needs to find one of a few thousand.
#[derive(Default)]
struct Spread(u64);

impl Hasher for Spread {
    fn finish(&self) -> u64 {
        self.0
    }

    fn write_u32(&mut self, number: u32) {
        let spread = u64::from(number).wrapping_mul(0x9e37_79b9_7f4a_7c15);
        self.0 = spread ^ (spread >> 32);
    }

    fn write(&mut self, _: &[u8]) {
        unreachable!("a set of facts is one number")
    }
}
