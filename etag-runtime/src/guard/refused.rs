//! [`Refused`]: a refusal that still holds the model.

use std::fmt;

use http::StatusCode;

use super::Origin;
use crate::precondition::Semantics;
use crate::{Conditional, Current, ETag, Reason, Rejected};

/// A write that was refused, and what is there instead of what the client expected.
///
/// It is the same `404`, `409`, `412` or `428` as [`Rejected`], into which it turns. Before that, a handler may look at the current model:
/// to send it along ([`report`](Refused::report)), or to find that
/// nothing is left to do ([`unless_applied`](Refused::unless_applied)).
#[must_use = "a refusal does nothing until it is returned"]
pub struct Refused<T>(Box<Inner<T>>);

/// Boxed, so that the success beside it stays small.
struct Inner<T> {
    rejected: Rejected,
    current: Option<T>,
    origin: Origin,
}

impl<T> Refused<T> {
    pub(super) fn new(rejected: Rejected, current: Option<T>, origin: Origin) -> Refused<T> {
        Refused(Box::new(Inner { rejected, current, origin }))
    }

    /// Why.
    #[must_use]
    pub fn reason(&self) -> Reason {
        self.0.rejected.reason()
    }

    /// The status code: `404`, `409`, `412` or `428`.
    #[must_use]
    pub fn status(&self) -> StatusCode {
        self.0.rejected.status()
    }

    /// What is there now, as far as it was read.
    #[must_use]
    pub fn current(&self) -> Option<&T> {
        self.0.current.as_ref()
    }

    /// The refusal with what `report` adds to it from the current model, if that was read: to a `412` or `409`, and to no
    /// other. A client that has sent no precondition gets a `428`, and nothing that a GET would not have shown it.
    ///
    /// # Examples
    ///
    /// What a client needs to merge, and nothing that it may not see:
    ///
    /// ```
    /// # #[cfg(all(feature = "derive", feature = "json"))] {
    /// use etag_runtime::{ETag, Guarded, Preconditions, Rejected};
    ///
    /// #[derive(ETag)]
    /// struct Note {
    ///     text: String,
    ///     reviewer: String,
    ///     #[etag(version)]
    ///     version: u32,
    /// }
    ///
    /// #[derive(serde::Serialize)]
    /// struct Public<'a> {
    ///     text: &'a str,
    /// }
    ///
    /// fn permit(preconditions: &Preconditions, stored: Option<Note>) -> Result<Guarded<Note>, Rejected> {
    ///     let report = |note: &Note, rejected: Rejected| rejected.with_current(&Public { text: &note.text });
    ///     preconditions.require().try_guard(stored).map_err(|refused| refused.report(report))
    /// }
    /// # }
    /// ```
    pub fn report(self, report: impl FnOnce(&T, Rejected) -> Rejected) -> Rejected {
        let Inner { rejected, current, .. } = *self.0;
        match &current {
            Some(current) if rejected.status() != StatusCode::PRECONDITION_REQUIRED => report(current, rejected),
            _ => rejected,
        }
    }
}

impl<T: ETag> Refused<T> {
    /// Another writer was faster, and this is what it has left.
    pub(super) fn superseded(current: Option<T>, origin: Origin) -> Refused<T> {
        let rejected = match &current {
            Some(current) => Rejected::of_current(origin.lost, Current::Present(&origin.validators(current))),
            None => Rejected::new(origin.gone),
        };
        Refused::new(rejected.on(origin.basis.lost()), current, origin)
    }

    /// A success with the current representation, if what the client wants is already so: a write whose answer was lost, and that
    /// the client repeats ([RFC 9110 § 13.1.1]).
    ///
    /// Only for PUT and PATCH, and only if what was refused is a version that is no longer current ([`Reason::Stale`]):
    /// what is gone stays a `404`, and `If-None-Match` has no such rule. `is_applied` has to compare
    /// everything that the request would set with the current model, and needs its body, which a refusal otherwise does not
    /// cost. It cannot tell a repetition from somebody else who has done the same, nor notice what happened in between: if that matters,
    /// keep the `412`.
    ///
    /// # Errors
    ///
    /// The refusal, in every other case.
    ///
    /// # Examples
    ///
    /// ```
    /// # #[cfg(feature = "derive")] {
    /// use etag_runtime::{Conditional, ETag, Preconditions, Rejected};
    ///
    /// #[derive(ETag)]
    /// struct Note {
    ///     text: String,
    ///     #[etag(version)]
    ///     version: u32,
    /// }
    ///
    /// fn put(preconditions: &Preconditions, stored: Option<Note>, text: String) -> Result<Conditional<Note>, Rejected> {
    ///     match preconditions.require().try_guard(stored) {
    ///         Ok(current) => {
    ///             let version = current.version + 1; // UPDATE … WHERE version = ? RETURNING *
    ///             current.commit(Some(Note { text, version }))
    ///         }
    ///         Err(refused) => Ok(refused.unless_applied(|note| note.text == text)?),
    ///     }
    /// }
    /// # }
    /// ```
    ///
    /// [RFC 9110 § 13.1.1]: https://www.rfc-editor.org/rfc/rfc9110.html#section-13.1.1
    pub fn unless_applied(self, is_applied: impl FnOnce(&T) -> bool) -> Result<Conditional<T>, Refused<T>> {
        let Inner { rejected, current, origin } = *self.0;
        match current {
            Some(current)
                if origin.method == Semantics::Write && rejected.reason() == Reason::Stale && is_applied(&current) =>
            {
                Ok(origin.on(rejected.basis().applied()).representation(current))
            }
            current => Err(Refused::new(rejected, current, origin)),
        }
    }
}

impl<T> From<Refused<T>> for Rejected {
    fn from(refused: Refused<T>) -> Rejected {
        refused.0.rejected
    }
}

impl<T> fmt::Debug for Refused<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Refused").field(&self.0.rejected).finish()
    }
}

impl<T> fmt::Display for Refused<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.rejected.fmt(f)
    }
}

impl<T> std::error::Error for Refused<T> {}
