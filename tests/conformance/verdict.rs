//! What became of each case, and what may become of it.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use serde_json::Value;

use crate::case::{Case, Expect, Normative};

/// What a server was seen to do, or would do.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Observed {
    pub(crate) status: u16,
    /// Whether a method that is not GET or HEAD was carried out.
    pub(crate) performed: bool,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Verdict {
    /// What the table expects.
    Pass,
    /// One of the other outcomes that it accepts.
    Tolerated,
    /// Neither: what happened instead.
    Deviates(String),
    /// The case cannot be put to the code under test.
    NotModelled,
}

impl Expect {
    pub(crate) fn judge(&self, observed: Observed) -> Verdict {
        let refused = matches!(self.status, Some(304 | 412));
        let matches = match self.status {
            Some(status) => observed.status == status && !(refused && observed.performed),
            None => self.proceed && observed.performed,
        };
        let tolerated = |other: &Value| match other {
            Value::Number(status) => status.as_u64() == Some(observed.status.into()),
            other => other == "proceed" && observed.performed,
        };
        if matches {
            Verdict::Pass
        } else if self.also_ok.iter().any(tolerated) {
            Verdict::Tolerated
        } else {
            Verdict::Deviates(format!("{observed:?}"))
        }
    }
}

impl Verdict {
    /// Of a comparison with the one value that is right.
    pub(crate) fn of<T: PartialEq + std::fmt::Debug>(seen: &T, expected: &T) -> Verdict {
        if seen == expected { Verdict::Pass } else { Verdict::Deviates(format!("{seen:?}")) }
    }
}

/// Ids of cases, each with the reason why it is in the list.
pub(crate) type Reasons = &'static [(&'static str, &'static str)];

#[derive(Default)]
pub(crate) struct Report<'a> {
    verdicts: Vec<(&'a Case, Verdict)>,
}

impl<'a> Report<'a> {
    pub(crate) fn add(&mut self, case: &'a Case, verdict: Verdict) {
        self.verdicts.push((case, verdict));
    }

    /// Every MUST holds, and the lists say exactly which SHOULD and MAY do not, and what was not tried at all.
    pub(crate) fn assert(&self, deviations: Reasons, not_modelled: Reasons) {
        let deviating = self.with(|case, verdict| {
            matches!(verdict, Verdict::Deviates(_)) && matches!(case.normative, Normative::Should | Normative::May)
        });
        let broken =
            self.with(|case, verdict| matches!(verdict, Verdict::Deviates(_)) && case.normative == Normative::Must);
        assert_eq!(broken, [""; 0], "cases that MUST hold and do not");
        assert_eq!(ids(&deviating), ids(&listed(deviations)), "exceptions from SHOULD and MAY: {deviating:?}");
        let skipped = self.with(|_, verdict| *verdict == Verdict::NotModelled);
        assert_eq!(ids(&skipped), ids(&listed(not_modelled)), "cases that are not modelled");
    }

    fn with(&self, filter: impl Fn(&Case, &Verdict) -> bool) -> Vec<String> {
        let cases = self.verdicts.iter().filter(|(case, verdict)| filter(case, verdict));
        cases.map(|(case, verdict)| format!("{} {verdict:?}", case.id)).collect()
    }

    /// How many cases of each kind and rank ended how, and where RFC 9110 is silent and we differ from the advice.
    pub(crate) fn summary(&self) -> String {
        let mut counts = BTreeMap::<_, [usize; 4]>::new();
        for (case, verdict) in &self.verdicts {
            let column = match verdict {
                Verdict::Pass => 0,
                Verdict::Tolerated => 1,
                Verdict::Deviates(_) => 2,
                Verdict::NotModelled => 3,
            };
            counts.entry((&case.kind, case.normative)).or_default()[column] += 1;
        }
        let mut summary = String::from("kind          normative  pass  tolerated  deviates  not modelled\n");
        for ((kind, normative), [pass, tolerated, deviates, not_modelled]) in counts {
            let normative = format!("{normative:?}");
            let row = format!("{kind:13} {normative:9} {pass:5} {tolerated:10} {deviates:9} {not_modelled:13}");
            writeln!(summary, "{row}").unwrap();
        }
        let silent = self
            .with(|case, verdict| matches!(verdict, Verdict::Deviates(_)) && case.normative == Normative::Undefined);
        writeln!(summary, "\nundefined, and answered in another way than the table recommends:").unwrap();
        for line in silent {
            writeln!(summary, "{line}").unwrap();
        }
        summary
    }
}

fn listed(reasons: Reasons) -> Vec<String> {
    reasons.iter().map(|(id, why)| format!("{id} {why}")).collect()
}

fn ids(lines: &[String]) -> Vec<&str> {
    let mut ids: Vec<_> = lines.iter().map(|line| line.split(' ').next().unwrap_or_default()).collect();
    ids.sort_unstable();
    ids
}
