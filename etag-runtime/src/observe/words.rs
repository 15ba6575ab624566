//! The words of a decision: for events, counters and whoever reads the extensions of a response.

use std::fmt;

use crate::Reason;

/// What a request has come to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Outcome {
    /// The representation is sent.
    Sent,
    /// A part of the representation is sent.
    Partial,
    /// The client has the current representation.
    NotModified,
    /// The target was changed.
    Written,
    /// The target, or something beneath it, was created.
    Created,
    /// The target was deleted.
    Deleted,
    /// Nothing was left to change: the same write has been here before.
    Applied,
    /// Another writer was faster than the statement of a write that had a permit.
    Lost(Reason),
    /// The request was refused before anything was done. So is what an [`Unread`](crate::Unread) permit does not match: whether the
    /// client was late or another writer faster is known to nobody then.
    Refused(Reason),
}

impl Outcome {
    /// As in events and counters: a word, of a refusal the last of its problem type.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Outcome::Sent => "sent",
            Outcome::Partial => "partial",
            Outcome::NotModified => "not-modified",
            Outcome::Written => "written",
            Outcome::Created => "created",
            Outcome::Deleted => "deleted",
            Outcome::Applied => "applied",
            Outcome::Lost(_) => "lost",
            Outcome::Refused(reason) => match reason {
                Reason::NotFound => "not-found",
                Reason::NotAcceptable => "not-acceptable",
                Reason::Stale => "stale",
                Reason::Conflict => "conflict",
                Reason::Exists => "exists",
                Reason::Missing => "missing",
                Reason::Malformed => "malformed",
                Reason::Weak => "weak",
                Reason::RangeNotSatisfiable => "range-not-satisfiable",
                Reason::MatchRequired | Reason::NoneMatchRequired => "required",
            },
        }
    }

    /// Why nothing was done, if it was refused or lost.
    #[must_use]
    pub fn reason(self) -> Option<Reason> {
        match self {
            Outcome::Lost(reason) | Outcome::Refused(reason) => Some(reason),
            Outcome::Sent
            | Outcome::Partial
            | Outcome::NotModified
            | Outcome::Written
            | Outcome::Created
            | Outcome::Deleted
            | Outcome::Applied => None,
        }
    }
}

/// The [`name`](Outcome::name).
impl fmt::Display for Outcome {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

/// A conditional field of a request ([RFC 9110 § 13.1]).
///
/// [RFC 9110 § 13.1]: https://www.rfc-editor.org/rfc/rfc9110.html#section-13.1
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[expect(clippy::exhaustive_enums, reason = "RFC 9110 has no other")]
pub enum Field {
    /// § 13.1.1
    IfMatch,
    /// § 13.1.2
    IfNoneMatch,
    /// § 13.1.3
    IfModifiedSince,
    /// § 13.1.4
    IfUnmodifiedSince,
    /// § 13.1.5: decides how much is sent.
    IfRange,
}

impl Field {
    /// As the RFC writes it.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Field::IfMatch => "If-Match",
            Field::IfNoneMatch => "If-None-Match",
            Field::IfModifiedSince => "If-Modified-Since",
            Field::IfUnmodifiedSince => "If-Unmodified-Since",
            Field::IfRange => "If-Range",
        }
    }
}

/// The half of an entity tag that has decided.
///
/// A `sent` by `If-None-Match` with [`Representation`](Half::Representation) tells that what the client has differs only in how it is represented: in
/// a comment that does not block writers, a release with another member, a media type. Many of them, and something moves the
/// representation more often than it has to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[expect(clippy::exhaustive_enums, reason = "a tag has two halves")]
pub enum Half {
    /// The state: a writer is held to nothing else, and a reader who names none that is current knows another state.
    State,
    /// The representation: the reader names the state that is current, and so the other half has decided.
    Representation,
}

impl Half {
    /// As in events.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Half::State => "state",
            Half::Representation => "representation",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What an alert is written for is what a client reads.
    #[test]
    fn a_refusal_has_the_last_word_of_its_problem_type() {
        use Reason::{
            Conflict, Exists, Malformed, MatchRequired, Missing, NoneMatchRequired, NotAcceptable, NotFound,
            RangeNotSatisfiable, Stale, Weak,
        };
        let reasons = [
            NotFound,
            NotAcceptable,
            Stale,
            Conflict,
            Exists,
            Missing,
            Malformed,
            Weak,
            RangeNotSatisfiable,
            MatchRequired,
            NoneMatchRequired,
        ];
        for reason in reasons {
            let word = format!("\"reason\":\"{}\"", Outcome::Refused(reason));
            assert!(reason.problem().contains(&word), "{reason:?}: {word}");
        }
    }
}
