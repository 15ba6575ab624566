//! The loops.

use std::ops::Range;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;
use std::time::{Duration, UNIX_EPOCH};

use etag_oracle::values::{self, Value};
use etag_oracle::{Facts, Field, Ruling, Verdict};
use etag_runtime::{Decision, Preconditions};
use http::{HeaderMap, HeaderName, HeaderValue, Method};

use crate::disagreement::Disagreement;
use crate::tally::Tally;
use crate::targets::{Group, State};

/// The methods, the simplest first. The last one is of no standard.
pub(crate) const METHODS: [&str; 9] = ["GET", "PUT", "HEAD", "DELETE", "PATCH", "POST", "QUERY", "OPTIONS", "BREW"];

/// Which value each field has, and in which order the fields are sent.
#[derive(Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Chosen {
    pub(crate) backwards: bool,
    pub(crate) values: [usize; FIELDS],
}

const FIELDS: usize = Field::ALL.len();

/// Puts every combination to both sides, on all processors.
pub(crate) fn all(groups: &[Group]) -> Tally {
    let shares: Vec<Share> = groups.iter().enumerate().flat_map(|(index, group)| shares(index, group)).collect();
    let next = AtomicUsize::new(0);
    let work = || {
        let mut tally = Tally::new(groups);
        while let Some(share) = shares.get(next.fetch_add(1, Ordering::Relaxed)) {
            Sweep::new(share, &groups[share.group], &mut tally).run();
        }
        tally
    };
    thread::scope(|scope| {
        let processors = thread::available_parallelism().map_or(1, usize::from);
        let workers: Vec<_> = (0..processors).map(|_| scope.spawn(work)).collect();
        let tallies = workers.into_iter().map(|worker| worker.join().unwrap());
        tallies.reduce(Tally::and).unwrap()
    })
}

/// What one thread does at a time: everything with one value of `If-Match`, in one order.
struct Share {
    group: usize,
    if_match: usize,
    backwards: bool,
}

fn shares(index: usize, group: &Group) -> Vec<Share> {
    let values = 0..values::of(Field::IfMatch, &group.tags).len();
    let of = |backwards| values.clone().map(move |if_match| Share { group: index, if_match, backwards });
    of(false).chain(of(true)).collect()
}

struct Sweep<'a> {
    group: &'a Group,
    share: &'a Share,
    tally: &'a mut Tally,
    ruling: Ruling,
    methods: Vec<(Method, Facts)>,
    /// In the order of [`Field::ALL`].
    fields: Vec<Vec<Prepared>>,
}

/// A value of a field as both sides want it: lines, and what they mean for each of the states.
struct Prepared {
    lines: Vec<HeaderValue>,
    facts: Vec<Facts>,
}

impl<'a> Sweep<'a> {
    fn new(share: &'a Share, group: &'a Group, tally: &'a mut Tally) -> Sweep<'a> {
        let prepare = |field: Field, value: &Value| Prepared {
            lines: value.lines.iter().map(|line| HeaderValue::from_str(line).unwrap()).collect(),
            facts: group.states.iter().map(|state| group.observer(state).of_field(field, &value.lines)).collect(),
        };
        let prepared = |field| values::of(field, &group.tags).iter().map(|value| prepare(field, value)).collect();
        let method = |name| (Method::from_bytes(str::as_bytes(name)).unwrap(), etag_oracle::Method(name).facts());
        Sweep {
            group,
            share,
            tally,
            ruling: Ruling::of_the_project(),
            methods: METHODS.map(method).into(),
            fields: Field::ALL.map(prepared).into(),
        }
    }

    fn run(&mut self) {
        let facts: Vec<Facts> = self.group.states.iter().map(|state| self.group.observer(state).of_target()).collect();
        let chosen = Chosen { backwards: self.share.backwards, ..Chosen::default() };
        self.fill(0, &facts, &mut HeaderMap::new(), chosen);
    }

    /// Gives a field all of its values, one by one, and the fields after it all of theirs.
    fn fill(&mut self, position: usize, facts: &[Facts], headers: &mut HeaderMap, mut chosen: Chosen) {
        if position == FIELDS {
            return self.compare(facts, headers, chosen);
        }
        let field = if chosen.backwards { FIELDS - 1 - position } else { position };
        let name = HeaderName::from_bytes(Field::ALL[field].name().as_bytes()).unwrap();
        for value in self.values(field) {
            chosen.values[field] = value;
            let prepared = &self.fields[field][value];
            for line in &prepared.lines {
                headers.append(&name, line.clone());
            }
            let facts: Vec<Facts> = facts.iter().zip(&prepared.facts).map(|(so_far, more)| *so_far | *more).collect();
            self.fill(position + 1, &facts, headers, chosen);
            headers.remove(&name);
        }
    }

    fn values(&self, field: usize) -> Range<usize> {
        match Field::ALL[field] {
            Field::IfMatch => self.share.if_match..self.share.if_match + 1,
            _ => 0..self.fields[field].len(),
        }
    }

    /// Puts one request to both sides, with each method and for each state.
    fn compare(&mut self, facts: &[Facts], headers: &HeaderMap, chosen: Chosen) {
        for (number, (method, of_method)) in self.methods.iter().enumerate() {
            let preconditions = Preconditions::new(method, headers)
                .received_at(UNIX_EPOCH + Duration::from_secs(values::NOW))
                .with_policy(self.group.policy());
            for (at, (state, facts)) in self.group.states.iter().zip(facts).enumerate() {
                let facts = *facts | *of_method;
                let group = self.share.group;
                let seen = decide(&preconditions, state);
                let expected = self.tally.count(group, at, number, facts, &self.ruling);
                if seen != expected {
                    self.tally.disagree(Disagreement { chosen, group, state: at, method: number, facts, seen });
                }
            }
        }
    }
}

/// What the runtime says. Whether `Range` applies is asked, as its documentation has it, of a request that may proceed.
fn decide(preconditions: &Preconditions, state: &State) -> Verdict {
    let current = state.current();
    match preconditions.evaluate(current) {
        Decision::Proceed if preconditions.range_applies(current) => Verdict::Part,
        Decision::Proceed => Verdict::Whole,
        Decision::NotModified => Verdict::NotModified,
        Decision::PreconditionFailed => Verdict::PreconditionFailed,
    }
}
