//! One combination on which the two sides differ, as a reader wants to see it.

use std::fmt::Write as _;

use etag_oracle::values::{self, Tags};
use etag_oracle::{Facts, Field, Ruling, Verdict};

use crate::sweep::{Chosen, METHODS};
use crate::tally::{Tally, grouped};
use crate::targets::Group;

#[derive(Clone, Copy)]
pub(crate) struct Disagreement {
    pub(crate) chosen: Chosen,
    pub(crate) group: usize,
    pub(crate) state: usize,
    pub(crate) method: usize,
    pub(crate) facts: Facts,
    /// What the runtime says.
    pub(crate) seen: Verdict,
}

impl Disagreement {
    /// The fewest fields first, then the simplest values of them, methods and targets.
    pub(crate) fn complexity(&self) -> (usize, usize, usize, usize, usize, Chosen) {
        let values = self.chosen.values;
        let fields = values.iter().filter(|value| **value > 0).count();
        (fields, values.iter().sum(), self.method, self.group, self.state, self.chosen)
    }

    pub(crate) fn report(&self, groups: &[Group], tally: &Tally) -> String {
        let ruling = Ruling::of_the_project();
        let group = &groups[self.group];
        let state = &group.states[self.state];
        let (differ, all) = (grouped(tally.disagreements), grouped(tally.combinations()));
        let mut text =
            format!("the runtime and the oracle differ on {differ} of {all} combinations; the simplest:\n\n");
        writeln!(text, "    {} /example HTTP/1.1", METHODS[self.method]).unwrap();
        for line in self.lines(&group.tags) {
            writeln!(text, "    {line}").unwrap();
        }
        writeln!(text, "\n  the target: {}{}", state.name, group.name).unwrap();
        for field in state.fields() {
            writeln!(text, "    {field}").unwrap();
        }
        writeln!(text, "  the runtime: {}", words(self.seen)).unwrap();
        writeln!(text, "  the oracle:  {}, by", words(ruling.verdict(self.facts))).unwrap();
        for rule in ruling.trail(self.facts) {
            writeln!(text, "    step {}, § {}: {}", rule.step, rule.section, rule.says).unwrap();
        }
        text
    }

    /// The field lines of the request, as they are sent.
    fn lines(&self, tags: &Tags) -> Vec<String> {
        let fields = Field::ALL.iter().zip(self.chosen.values);
        let lines = |(field, value): (&Field, usize)| -> Vec<String> {
            let lines = &values::of(*field, tags)[value].lines;
            lines.iter().map(|line| format!("{}: {line}", field.name())).collect()
        };
        if self.chosen.backwards { fields.rev().flat_map(lines).collect() } else { fields.flat_map(lines).collect() }
    }
}

fn words(verdict: Verdict) -> &'static str {
    match verdict {
        Verdict::Whole => "proceed, without Range",
        Verdict::Part => "proceed, with Range",
        Verdict::NotModified => "304",
        Verdict::PreconditionFailed => "412",
    }
}
