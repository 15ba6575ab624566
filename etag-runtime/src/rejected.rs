//! A refusal, ready to be sent: what a 404, a 406, a 409, a 412, a 416 and a 428 carry.

use std::borrow::Cow;
use std::fmt;

use http::header::{CACHE_CONTROL, CONTENT_TYPE};
use http::{HeaderValue, Response, StatusCode};

use crate::basis::Basis;
use crate::problem::Reason;
use crate::{Current, Validators};

/// A request that was refused: `404`, `406`, `409`, `412`, `416` or `428`, with a problem document ([RFC 9457]).
///
/// In axum it is a response, and works with `?` in handlers that return `axum::response::Result`. A `412`, a `409` and a `416` carry the
/// current `ETag` and `Last-Modified`, as far as they are known, so that the client knows what it is up to. No refusal may be stored by a cache.
///
/// [RFC 9457]: https://www.rfc-editor.org/rfc/rfc9457.html
#[derive(Debug, Clone, PartialEq, Eq)]
#[must_use = "a refusal does nothing until it is returned"]
pub struct Rejected {
    reason: Reason,
    /// Of the current representation, if it is known.
    validators: Validators,
    /// What the problem document says beyond the reason: names, and values in JSON. Elsewhere, since most say nothing more.
    #[expect(clippy::box_collection, reason = "a refusal is moved from hand to hand, and should be small")]
    members: Option<Box<Vec<(&'static str, String)>>>,
    basis: Basis,
}

impl Rejected {
    /// A `404`, for a GET of what does not exist: it goes before any precondition.
    ///
    /// # Examples
    ///
    /// ```
    /// # #[cfg(feature = "derive")] {
    /// use etag_runtime::{Conditional, ETag, Preconditions, Rejected};
    ///
    /// #[derive(ETag)]
    /// struct Note {
    ///     #[etag(version)]
    ///     version: u32,
    /// }
    ///
    /// fn show(preconditions: &Preconditions, stored: Option<Note>) -> Result<Conditional<Note>, Rejected> {
    ///     Ok(preconditions.respond(stored.ok_or(Rejected::not_found())?))
    /// }
    /// # }
    /// ```
    pub fn not_found() -> Rejected {
        Rejected::new(Reason::NotFound)
    }

    pub(crate) fn new(reason: Reason) -> Rejected {
        Rejected { reason, validators: Validators::new(), members: None, basis: Basis::UNKNOWN }
    }

    /// The same, with the validators of this state of the target.
    pub(crate) fn of_current(reason: Reason, current: Current<'_>) -> Rejected {
        let mut validators = match current {
            Current::Absent => Validators::new(),
            Current::Present(validators) => validators.clone(),
        };
        validators.settle();
        Rejected { reason, validators, members: None, basis: Basis::UNKNOWN }
    }

    /// The same, which rests on this.
    pub(crate) fn on(mut self, basis: Basis) -> Rejected {
        self.basis = basis;
        self
    }

    /// What it rests on.
    pub(crate) fn basis(&self) -> Basis {
        self.basis
    }

    /// The status code: `404`, `406`, `409`, `412`, `416` or `428`.
    #[must_use]
    pub fn status(&self) -> StatusCode {
        self.reason.status()
    }

    /// Why the request was refused.
    #[must_use]
    pub fn reason(&self) -> Reason {
        self.reason
    }

    /// The validators of the current representation, as far as they are known.
    #[must_use]
    pub fn validators(&self) -> &Validators {
        &self.validators
    }

    /// The same, with this member of the problem document in place of one of the same name. `value` is JSON.
    #[cfg(feature = "json")]
    pub(crate) fn with_member(mut self, name: &'static str, value: String) -> Rejected {
        let members = self.members.get_or_insert_default();
        members.retain(|(other, _)| *other != name);
        members.push((name, value));
        self
    }

    /// The problem document.
    fn document(&self) -> Cow<'static, str> {
        let problem = self.reason.problem();
        match (problem.strip_suffix('}'), &self.members) {
            (Some(open), Some(members)) => {
                let more = members.iter().map(|(name, value)| format!(",\"{name}\":{value}"));
                Cow::Owned(open.to_owned() + &more.collect::<String>() + "}")
            }
            _ => Cow::Borrowed(problem),
        }
    }

    /// The response, for a server that is not built on axum.
    ///
    /// With the feature `tracing` or `metrics`, each call tells of one decision.
    #[must_use]
    pub fn to_response(&self) -> Response<Cow<'static, str>> {
        self.to_response_with(|document| document)
    }

    /// The same, with a body that is made of the document: one that is put into a response afterwards moves all of it.
    pub(crate) fn to_response_with<B>(&self, body: impl FnOnce(Cow<'static, str>) -> B) -> Response<B> {
        let mut response = Response::new(body(self.document()));
        *response.status_mut() = self.status();
        let headers = response.headers_mut();
        headers.insert(CONTENT_TYPE, HeaderValue::from_static("application/problem+json"));
        headers.insert(CACHE_CONTROL, HeaderValue::from_static("no-store"));
        self.validators.write_to(headers);
        self.basis.record_refusal(self.reason, &mut response);
        response
    }
}

impl fmt::Display for Rejected {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self.reason {
            Reason::NotFound => "there is no representation to change",
            Reason::NotAcceptable => "the client accepts no media type that is offered",
            Reason::Conflict => "another writer was faster",
            Reason::Stale => "the current version is not the one that the request names",
            Reason::Exists => "there is a representation already",
            Reason::Missing => "there is no representation that If-Match could match",
            Reason::Malformed => "a precondition holds something that is no entity tag",
            Reason::Weak => "a weak entity tag cannot guard a write",
            Reason::RangeNotSatisfiable => "the representation has none of the octets that Range asks for",
            Reason::MatchRequired => "the request needs If-Match with an entity tag",
            Reason::NoneMatchRequired => "the request needs If-None-Match: *",
        })
    }
}

impl std::error::Error for Rejected {}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use super::*;

    /// What stands in a log.
    #[test]
    fn every_reason_has_a_sentence_of_its_own() {
        #[rustfmt::skip]
        let reasons = [
            Reason::NotFound, Reason::NotAcceptable, Reason::Stale, Reason::Conflict, Reason::Exists, Reason::Missing,
            Reason::Malformed, Reason::Weak, Reason::RangeNotSatisfiable, Reason::MatchRequired, Reason::NoneMatchRequired,
        ];
        let sentences: HashSet<_> = reasons.iter().map(|reason| Rejected::new(*reason).to_string()).collect();
        assert_eq!(sentences.len(), reasons.len(), "{sentences:?}");
        assert!(sentences.iter().all(|sentence| sentence.contains(' ')), "{sentences:?}");
    }
}
