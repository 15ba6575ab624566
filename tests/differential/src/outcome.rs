//! What an answer amounts to, and which answers RFC 9110 has for a request.

use std::time::UNIX_EPOCH;

use etag_oracle::{Choice, Facts, Field, Kind, Method, Observer, Rule, Ruling, Verdict};

use crate::request::Request;

/// What an answer amounts to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) enum Outcome {
    /// The method was performed: any success, but a part.
    Success,
    /// `206`.
    Part,
    /// `304`.
    NotModified,
    /// `412`.
    PreconditionFailed,
    /// Another status code.
    Other(u16),
}

impl Outcome {
    pub(crate) fn of(status: u16) -> Outcome {
        match status {
            206 => Outcome::Part,
            200..=299 => Outcome::Success,
            304 => Outcome::NotModified,
            412 => Outcome::PreconditionFailed,
            other => Outcome::Other(other),
        }
    }

    pub(crate) fn words(self) -> String {
        match self {
            Outcome::Success => "2xx".to_owned(),
            Outcome::Part => "206".to_owned(),
            Outcome::NotModified => "304".to_owned(),
            Outcome::PreconditionFailed => "412".to_owned(),
            Outcome::Other(status) => status.to_string(),
        }
    }
}

/// What RFC 9110 says about a request.
pub(crate) struct Opinion {
    /// The answers that it has, of which there are several where it leaves something open.
    pub(crate) outcomes: Vec<Outcome>,
    /// The rule that decides.
    pub(crate) rule: &'static Rule,
}

/// The opinion of the oracle without the departures of the project, and with each set of its readings.
pub(crate) fn opinion(request: &Request) -> Opinion {
    let facts = facts(request);
    let readings: Vec<Choice> = Choice::ALL.into_iter().filter(|choice| choice.kind() == Kind::Reading).collect();
    let mut outcomes: Vec<Outcome> = subsets(&readings).iter().flat_map(|choices| outcomes(choices, facts)).collect();
    outcomes.sort_unstable();
    outcomes.dedup();
    Opinion { outcomes, rule: deciding(request, &Ruling::with(&readings), facts) }
}

fn facts(request: &Request) -> Facts {
    let target = request.resource.target();
    let now = UNIX_EPOCH.elapsed().map_or(0, |now| now.as_secs().try_into().unwrap_or(i64::MAX));
    let observer = Observer { target: target.as_ref(), now, proxy_weakens: false };
    let lines = |field| -> Vec<&[u8]> {
        request.lines.iter().filter(|(name, _)| *name == field).map(|(_, value)| &**value).collect()
    };
    let fields = Field::ALL.into_iter().map(|field| observer.of_field(field, &lines(field)));
    fields.fold(Method(&request.method).facts() | observer.of_target(), |all, more| all | more)
}

fn subsets(choices: &[Choice]) -> Vec<Vec<Choice>> {
    choices.iter().fold(vec![Vec::new()], |subsets, choice| {
        let with = subsets.iter().map(|subset| [&**subset, &[*choice]].concat());
        subsets.iter().cloned().chain(with).collect()
    })
}

fn outcomes(choices: &[Choice], facts: Facts) -> Vec<Outcome> {
    match Ruling::with(choices).verdict(facts) {
        Verdict::Whole => vec![Outcome::Success],
        // § 14.2: a server may ignore Range.
        Verdict::Part => vec![Outcome::Part, Outcome::Success],
        Verdict::NotModified => vec![Outcome::NotModified],
        Verdict::PreconditionFailed => vec![Outcome::PreconditionFailed],
    }
}

/// The last rule of a condition; without `Range`, those of step 5 only say that there is none.
fn deciding(request: &Request, ruling: &Ruling, facts: Facts) -> &'static Rule {
    let trail: Vec<&'static Rule> = ruling.trail(facts).collect();
    let last_step = if request.has(Field::Range) { 5 } else { 4 };
    let of_condition = trail.iter().rev().find(|rule| rule.step <= last_step);
    of_condition.or(trail.last()).copied().unwrap_or(&etag_oracle::RULES[0])
}

#[cfg(test)]
mod tests {
    use serde_json::Value;

    use super::*;
    use crate::conformance;

    /// The oracle was written from the RFC. Here are facts from elsewhere.
    #[test]
    fn the_oracle_agrees_with_the_conformance_table() {
        let exchanges = conformance::exchanges();
        assert!(exchanges.len() > 100, "only {} exchanges", exchanges.len());
        for exchange in exchanges {
            let expected = &exchange.case["expect"];
            let also = expected["also_ok"].as_array().cloned().unwrap_or_default();
            let accepted: Vec<Outcome> = [&expected["status"]].into_iter().chain(&also).filter_map(outcome).collect();
            let proceeds = expected["proceed"] == true || also.contains(&Value::from("proceed"));
            let opinion = opinion(&exchange.request);
            let agrees = |outcome: &Outcome| accepted.contains(outcome) || (proceeds && *outcome == Outcome::Success);
            assert!(opinion.outcomes.iter().any(agrees), "{} {:?}", exchange.case["id"], opinion.outcomes);
        }
    }

    fn outcome(status: &Value) -> Option<Outcome> {
        Some(Outcome::of(status.as_u64()?.try_into().unwrap()))
    }
}
