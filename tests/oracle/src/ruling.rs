//! The table, applied.

use std::iter;

use crate::choice::Choice;
use crate::fact::{Fact, Facts};
use crate::rules::{InForce, RULES, Rule, Then};

/// What the server may do.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Verdict {
    /// Perform the method, without `Range`.
    Whole,
    /// Perform the method, with `Range` if it can be satisfied.
    Part,
    /// Answer `304`.
    NotModified,
    /// Answer `412`, and do nothing.
    PreconditionFailed,
}

impl Verdict {
    /// All of them.
    pub const ALL: [Verdict; 4] = [Verdict::Whole, Verdict::Part, Verdict::NotModified, Verdict::PreconditionFailed];
}

/// The rows that are in force with a set of choices.
#[derive(Clone, Debug)]
pub struct Ruling {
    rules: Vec<&'static Rule>,
}

impl Ruling {
    /// With these choices, and no others.
    #[must_use]
    pub fn with(choices: &[Choice]) -> Ruling {
        let in_force = |rule: &&Rule| match rule.in_force {
            InForce::Always => true,
            InForce::With(choice) => choices.contains(&choice),
            InForce::Without(choice) => !choices.contains(&choice),
        };
        Ruling { rules: RULES.iter().filter(in_force).collect() }
    }

    /// As the project has chosen.
    #[must_use]
    pub fn of_the_project() -> Ruling {
        Ruling::with(&Choice::ALL)
    }

    /// As the project has chosen, but for one choice.
    #[must_use]
    pub fn without(left_out: Choice) -> Ruling {
        let others: Vec<Choice> = Choice::ALL.into_iter().filter(|choice| *choice != left_out).collect();
        Ruling::with(&others)
    }

    /// All rows that are in force.
    #[must_use]
    pub fn rules(&self) -> &[&'static Rule] {
        &self.rules
    }

    /// The rows that apply one after the other, the last of which decides.
    pub fn trail(&self, facts: Facts) -> impl Iterator<Item = &'static Rule> {
        let mut step = Some(0);
        iter::from_fn(move || {
            let from = step?;
            let rule = self
                .rules
                .iter()
                .find(|rule| rule.step >= from && facts.include(rule.when) && facts.exclude(rule.unless))?;
            step = match rule.then {
                Then::Step(next) => Some(next),
                _ => None,
            };
            Some(*rule)
        })
    }

    /// What the server may do.
    ///
    /// # Panics
    ///
    /// If the table leads nowhere, which the last row prevents.
    #[must_use]
    pub fn verdict(&self, facts: Facts) -> Verdict {
        match self.trail(facts).last().map(|rule| rule.then) {
            Some(Then::Whole) => Verdict::Whole,
            Some(Then::Part) => Verdict::Part,
            Some(Then::NotModified) => Verdict::NotModified,
            Some(Then::FailOrNotModified) if facts.include(Facts::of(&[Fact::GetOrHead])) => Verdict::NotModified,
            Some(Then::Fail | Then::FailOrNotModified) => Verdict::PreconditionFailed,
            Some(Then::Step(_)) | None => unreachable!("the last row of the table always applies"),
        }
    }
}
