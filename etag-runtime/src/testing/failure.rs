//! [`Failure`]: what an endpoint does wrong, in a sentence.

use std::fmt;

/// What an endpoint does wrong: the request, what was expected and why, and what came.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Failure {
    /// The request in one line, such as ``GET /notes/1 with `If-None-Match: "a"` ``.
    pub(super) request: String,
    /// What is wrong with the answer.
    pub(super) fault: String,
    /// Why that is wrong: the rule.
    pub(super) rule: &'static str,
    /// Where the rule stands.
    pub(super) section: &'static str,
}

impl Failure {
    /// The rule that is broken, as a sentence without its full stop.
    #[must_use]
    pub fn rule(&self) -> &str {
        self.rule
    }

    /// Where the rule stands, such as `RFC 9110 § 13.1.2`.
    #[must_use]
    pub fn section(&self) -> &str {
        self.section
    }
}

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Failure { request, fault, rule, section } = self;
        write!(f, "{request} {fault}: {rule} ({section})")
    }
}

impl std::error::Error for Failure {}

/// A rule, and where it stands.
#[derive(Debug, Clone, Copy)]
pub(super) struct Rule(pub(super) &'static str, pub(super) &'static str);
