//! Permits: the only way from a request to a write.
//!
//! ```text
//!                        ┌─guard────────▶ Guarded<T> ─┐
//! Preconditions ─Policy──┼─create───────▶ Vacant<T> ──┼─commit──▶ Conditional<T>
//!                        └─guard_unread─▶ Unread<T> ──┘    └────▶ Refused<T> ──▶ 412, 409, 404
//! ```
//!
//! The check and the write are one step only if the database compares the version that was checked. A permit gives
//! that version, and asks when it is used up whether a row has matched.

mod for_write;
mod guarded;
mod permits;
mod refused;
mod unread;
mod vacant;

pub use for_write::ForWrite;
pub use guarded::Guarded;
pub use permits::{Permits, Upsert};
pub use refused::Refused;
pub use unread::Unread;
pub use vacant::Vacant;

use http::header::CONTENT_LOCATION;
use http::uri::PathAndQuery;
use http::{HeaderValue, StatusCode};

use crate::basis::Basis;
use crate::conditions::{Changed, Unchanged};
use crate::precondition::Semantics;
use crate::variant::Selection;
use crate::{Conditional, Current, Decision, ETag, Policy, Preconditions, Reason, Rejected, StrongETag, Validators};

impl Preconditions {
    /// The permit to change `current`, if the preconditions hold. Unless a [`Policy`] asks for more, a request
    /// without any is let through.
    ///
    /// # Errors
    ///
    /// [`Rejected`]: `404` if there is nothing to change, `412` if a precondition is false, `428` if the policy asks for one
    /// that is not there.
    ///
    /// # Examples
    ///
    /// ```
    /// # #[cfg(feature = "derive")] {
    /// use etag_runtime::{ETag, Preconditions, Reason};
    /// use http::{HeaderMap, Method, header::IF_MATCH};
    ///
    /// #[derive(Clone, Debug, ETag)]
    /// struct Note {
    ///     #[etag(version)]
    ///     version: u32,
    /// }
    ///
    /// let mut headers = HeaderMap::new();
    /// headers.insert(IF_MATCH, Note { version: 1 }.etag().into());
    /// let preconditions = Preconditions::new(&Method::PUT, &headers);
    ///
    /// let permit = preconditions.guard(Some(Note { version: 1 }));
    /// assert_eq!(permit.map(|current| current.version), Ok(1));
    ///
    /// let refused = preconditions.guard(Some(Note { version: 2 })).unwrap_err();
    /// assert_eq!(refused.reason(), Reason::Stale);
    /// # }
    /// ```
    ///
    /// The `Option` is that of the query. An `Option` of its own is no representation that could be changed:
    ///
    /// ```compile_fail
    /// # #[cfg(feature = "derive")] {
    /// # use etag_runtime::{ETag, Preconditions};
    /// # #[derive(ETag)]
    /// # struct Note { #[etag(version)] version: u32 }
    /// # let preconditions = Preconditions::new(&http::Method::PUT, &http::HeaderMap::new());
    /// # let stored: Option<Note> = None;
    /// let permit = preconditions.guard(Some(stored)); // guard(stored)
    /// # }
    /// # #[cfg(not(feature = "derive"))] compile_error!("nothing to see");
    /// ```
    pub fn guard<T: StrongETag>(&self, current: Option<T>) -> Result<Guarded<T>, Rejected> {
        self.permits().guard(current)
    }

    /// The permit to create at the target, where nothing is, if the preconditions hold. Unless a [`Policy`] asks for more, a
    /// request without any is let through.
    ///
    /// A POST creates elsewhere: its preconditions are about the collection that is its target, for which
    /// [`guard`](Preconditions::guard) asks and [`commit_appended`](Guarded::commit_appended) answers.
    ///
    /// # Errors
    ///
    /// [`Rejected`]: `412` if a precondition is false (`If-Match` asks for something that exists), `428` if the policy asks for
    /// `If-None-Match: *`.
    pub fn create<T: ETag>(&self) -> Result<Vacant<T>, Rejected> {
        self.permits().create()
    }

    /// Whether a write may go on, for handlers without a model: `Err` is the `412` to answer.
    ///
    /// The check alone does not prevent a lost update: the write itself must compare the version again.
    /// [`guard`](Preconditions::guard) gives a permit that carries it.
    ///
    /// # Errors
    ///
    /// [`Rejected`]: `412` if a precondition is false, `428` if the policy asks for another. On GET and HEAD, a condition that is
    /// answered with `304` is no error.
    ///
    /// # Examples
    ///
    /// ```
    /// use etag_runtime::{Current, EntityTag, Preconditions, Reason, Validators};
    /// use http::{HeaderMap, HeaderValue, Method, StatusCode, header::IF_MATCH};
    ///
    /// let mut headers = HeaderMap::new();
    /// headers.insert(IF_MATCH, HeaderValue::from_static("\"rev-1\""));
    /// let current = Validators::new().with_entity_tag(EntityTag::strong("rev-2"));
    ///
    /// let refused = Preconditions::new(&Method::DELETE, &headers).check(Current::Present(&current)).unwrap_err();
    /// assert_eq!(refused.status(), StatusCode::PRECONDITION_FAILED);
    /// assert_eq!(refused.reason(), Reason::Stale);
    /// ```
    pub fn check(&self, current: Current<'_>) -> Result<(), Rejected> {
        self.permits().check(current)
    }

    /// Permits for requests that name the version they change: others are answered with `428`, and `If-Match: *`
    /// names none ([`Policy::REQUIRED`]).
    pub fn require(&self) -> Permits<'_> {
        self.under(Policy::REQUIRED)
    }

    /// Permits under this policy, whatever that of the router asks for. A router that trusts a proxy which weakens tags is
    /// believed ([`Policy::accept_weakened`]).
    pub fn under(&self, policy: Policy) -> Permits<'_> {
        let accepts_weakened = policy.accepts_weakened || self.policy.accepts_weakened;
        Permits::new(self, Policy { accepts_weakened, ..policy })
    }

    /// Permits under the policy that these preconditions have, by that of the router or
    /// [`with_policy`](Preconditions::with_policy). A POST adds to what is there, and is asked for nothing.
    pub fn permits(&self) -> Permits<'_> {
        let changes = matches!(self.method, Semantics::Write | Semantics::Unsafe);
        self.under(if changes { self.policy } else { Policy::OPTIONAL })
    }

    /// Whether the method is to be carried out, by the preconditions alone.
    fn hold(&self, current: Current<'_>, policy: Policy) -> Result<(), Rejected> {
        let selected = self.selected(current);
        let current = selected.current();
        match self.first_false(current, policy) {
            Some(condition) if self.consequence(condition) == Decision::PreconditionFailed => {
                let basis = Basis::of_false(self, condition, current);
                Err(Rejected::of_current(Reason::of(condition, self, current), current).on(basis))
            }
            _ => Ok(()),
        }
    }
}

/// What the response to a write needs to know of the request.
#[derive(Debug, Clone)]
struct Origin {
    target: Option<PathAndQuery>,
    method: Semantics,
    /// The variant that is answered.
    selection: Option<Box<Selection>>,
    /// What a write is refused for if no row has matched.
    lost: Reason,
    /// The same, if what was to be written turns out to be gone.
    gone: Reason,
    basis: Basis,
}

impl Origin {
    fn of(preconditions: &Preconditions, lost: Reason) -> Origin {
        let target = if preconditions.method == Semantics::Write { preconditions.target.clone() } else { None };
        let selection = preconditions.selection().cloned().map(Box::new);
        let basis = Basis::of_if_match(preconditions);
        Origin { target, method: preconditions.method, selection, lost, gone: Reason::NotFound, basis }
    }

    /// What was read, which had these validators, can be stale only for a client that has said what it expects.
    fn of_change(preconditions: &Preconditions, validators: &Validators) -> Origin {
        let is_named = match preconditions.conditions.unchanged() {
            Unchanged::IfMatch(field) => !field.is_any(),
            // Without a date on both sides the field was ignored (§ 13.1.4).
            Unchanged::IfUnmodifiedSince(field) => {
                validators.last_modified().is_some() && preconditions.date(field).is_some()
            }
            Unchanged::Unasked => false,
        };
        let lost = if is_named { Reason::Stale } else { Reason::Conflict };
        let basis = Basis::of_true(preconditions, Current::Present(validators));
        Origin::of(preconditions, lost).on(basis.permitted())
    }

    /// The same, where absence is no `404`: a client that comes late would have been asked whether it wants to create.
    fn or_created(mut self, preconditions: &Preconditions) -> Origin {
        let is_named = matches!(preconditions.conditions.unchanged(), Unchanged::IfMatch(_));
        self.gone = if is_named { Reason::Missing } else { Reason::Conflict };
        self
    }

    /// What there is now was unexpected only to a client that has asked for nothing to be there.
    fn of_creation(preconditions: &Preconditions) -> Origin {
        let lost = match preconditions.conditions.changed() {
            Changed::IfNoneMatch(field) if field.is_any() => Reason::Exists,
            _ => Reason::Conflict,
        };
        let basis = Basis::of_true(preconditions, Current::Absent);
        Origin::of(preconditions, lost).on(basis.permitted())
    }

    /// The same, whose permit rests on this.
    fn on(mut self, basis: Basis) -> Origin {
        self.basis = basis;
        self
    }

    /// The answer to a write: what was stored, if a row has matched.
    fn commit<T: ETag>(self, saved: Option<T>) -> Result<Conditional<T>, Rejected> {
        match saved {
            Some(saved) => Ok(self.representation(saved)),
            None => Err(self.lost()),
        }
    }

    fn commit_deleted(self, matched: bool) -> Result<StatusCode, Rejected> {
        if !matched {
            return Err(self.lost());
        }
        self.basis.record_deleted(StatusCode::NO_CONTENT);
        Ok(StatusCode::NO_CONTENT)
    }

    /// No row has matched, and what there is now is not known.
    fn lost(&self) -> Rejected {
        Rejected::new(self.lost).on(self.basis.lost())
    }

    /// The representation of what was written, which may be at another address than the target.
    fn added<T: ETag>(&self, model: T) -> Conditional<T> {
        Conditional::written_as(model, self.selection.as_deref()).on(self.basis)
    }

    /// The validators of what is current, as the representation that is answered has them.
    fn validators<T: ETag>(&self, current: &T) -> Validators {
        let validators = current.validators();
        self.selection.as_ref().map_or(validators.clone(), |selection| selection.of_validators(&validators))
    }

    /// A successful write: what is in the body is the representation of the target, as `Content-Location` says.
    fn representation<T: ETag>(self, model: T) -> Conditional<T> {
        let response = self.added(model);
        match self.target.map(|target| HeaderValue::from_str(target.as_str())) {
            // DEVIATION (RFC 9110 § 9.3.4): validators although what was stored is not the body as it was sent. The response
            // holds the new representation, and this field says so.
            Some(Ok(target)) => response.header(CONTENT_LOCATION, target),
            _ => response,
        }
    }
}
