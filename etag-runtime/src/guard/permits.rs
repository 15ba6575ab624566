//! Where permits come from: the preconditions of a request, under a policy.

use super::{Guarded, Origin, Refused, Unread, Vacant};
use crate::basis::Basis;
use crate::conditions::{Changed, Unchanged};
use crate::etag::ABSENT;
use crate::{Current, ETag, Policy, Preconditions, Reason, Rejected, Reversible, StrongETag};

/// Permits under a [`Policy`]; from [`Preconditions::require`] and [`Preconditions::under`].
#[derive(Debug, Clone, Copy)]
#[must_use = "this refuses nothing until a permit is asked for"]
pub struct Permits<'a> {
    preconditions: &'a Preconditions,
    policy: Policy,
}

/// The permit to write a `T`, whether there is one or not; from [`Permits::upsert`].
#[derive(Debug)]
#[must_use = "a permit that is not committed has changed nothing"]
#[expect(clippy::exhaustive_enums, reason = "there is something, or there is not")]
pub enum Upsert<T> {
    /// There is one, to be replaced.
    Replace(Guarded<T>),
    /// There is none, so that it is created.
    Create(Vacant<T>),
}

impl<'a> Permits<'a> {
    pub(super) fn new(preconditions: &'a Preconditions, policy: Policy) -> Permits<'a> {
        Permits { preconditions, policy }
    }

    /// The permit to change `current`.
    ///
    /// # Errors
    ///
    /// [`Rejected`]: `404` if there is nothing to change, `412` if a precondition is false, `428` if the policy asks
    /// for another.
    pub fn guard<T: StrongETag>(self, current: Option<T>) -> Result<Guarded<T>, Rejected> {
        let Some(current) = current else { return Err(self.absent()) };
        let origin = self.admit(&current)?;
        Ok(Guarded::new(current, origin))
    }

    /// [`guard`](Permits::guard), whose refusal gives the model back: to say what has changed, or that nothing has.
    ///
    /// # Errors
    ///
    /// [`Refused`], for the same reasons.
    pub fn try_guard<T: StrongETag>(self, current: Option<T>) -> Result<Guarded<T>, Refused<T>> {
        let refused =
            |rejected, current| Refused::new(rejected, current, Origin::of(self.preconditions, Reason::Stale));
        let Some(current) = current else { return Err(refused(self.absent(), None)) };
        match self.admit(&current) {
            Ok(origin) => Ok(Guarded::new(current, origin)),
            Err(rejected) => Err(refused(rejected, Some(current))),
        }
    }

    /// The permit to create what is not there.
    ///
    /// # Errors
    ///
    /// [`Rejected`]: `412` if a precondition is false, `428` if the policy asks for `If-None-Match: *`.
    pub fn create<T: ETag>(self) -> Result<Vacant<T>, Rejected> {
        const { assert!(!T::MAY_BE_ABSENT, "{}", ABSENT) };
        self.check(Current::Absent)?;
        Ok(Vacant::new(Origin::of_creation(self.preconditions)))
    }

    /// The permit to replace what there is, or to create it: a PUT that does both.
    ///
    /// # Errors
    ///
    /// [`Rejected`]: `412` if a precondition is false, `428` if the policy asks for another.
    ///
    /// # Examples
    ///
    /// ```
    /// # #[cfg(feature = "derive")] {
    /// use etag_runtime::{Conditional, ETag, Preconditions, Rejected, Upsert};
    ///
    /// #[derive(ETag)]
    /// struct Note {
    ///     text: String,
    ///     #[etag(version)]
    ///     version: u32,
    /// }
    ///
    /// fn put(preconditions: &Preconditions, stored: Option<Note>, text: String) -> Result<Conditional<Note>, Rejected> {
    ///     match preconditions.require().upsert(stored)? {
    ///         Upsert::Replace(current) => {
    ///             let version = current.version + 1; // UPDATE … WHERE version = ? RETURNING *
    ///             current.commit(Some(Note { text, version }))
    ///         }
    ///         Upsert::Create(vacant) => {
    ///             vacant.commit(Some(Note { text, version: 1 })) // INSERT … ON CONFLICT DO NOTHING RETURNING *
    ///         }
    ///     }
    /// }
    /// # }
    /// ```
    pub fn upsert<T: StrongETag>(self, current: Option<T>) -> Result<Upsert<T>, Rejected> {
        match current {
            Some(_) => self.guard(current).map(|current| Upsert::Replace(current.or_created(self.preconditions))),
            None => self.create().map(Upsert::Create),
        }
    }

    /// [`upsert`](Permits::upsert), whose refusal gives the model back, as that of [`try_guard`](Permits::try_guard) does.
    ///
    /// # Errors
    ///
    /// [`Refused`], for the same reasons.
    pub fn try_upsert<T: StrongETag>(self, current: Option<T>) -> Result<Upsert<T>, Refused<T>> {
        match current {
            Some(_) => self.try_guard(current).map(|current| Upsert::Replace(current.or_created(self.preconditions))),
            None => self
                .create()
                .map(Upsert::Create)
                .map_err(|rejected| Refused::new(rejected, None, Origin::of_creation(self.preconditions))),
        }
    }

    /// The permit to change what was not read: the statement itself compares the versions that `If-Match` names.
    ///
    /// One round trip instead of two, for a type that is `#[etag(reversible)]`. Whatever the policy is, `If-Match` has
    /// to name a version.
    ///
    /// # Errors
    ///
    /// [`Rejected`] with `428` if there is no `If-Match`, or only `*`.
    pub fn guard_unread<T: Reversible + StrongETag>(self) -> Result<Unread<'a, T>, Rejected> {
        match self.preconditions.conditions.unchanged() {
            Unchanged::IfMatch(field) if !field.is_any() => Ok(Unread::new(self.preconditions, self.policy, field)),
            _ => Err(self.required(Reason::MatchRequired)),
        }
    }

    /// Whether a write may go on, for handlers without a model; see [`Preconditions::check`].
    ///
    /// # Errors
    ///
    /// [`Rejected`]: `412` if a precondition is false, `428` if the policy asks for another.
    pub fn check(self, current: Current<'_>) -> Result<(), Rejected> {
        self.preconditions.hold(current, self.policy)?;
        let (is_named, reason) = match current {
            Current::Present(_) => (self.names_a_version(), Reason::MatchRequired),
            Current::Absent => (self.asks_for_absence(), Reason::NoneMatchRequired),
        };
        if is_named { Ok(()) } else { Err(self.required(reason)) }
    }

    /// A `428`, to whoever has sent nothing, or `*` where that is not enough.
    fn required(self, reason: Reason) -> Rejected {
        Rejected::new(reason).on(Basis::of_if_match(self.preconditions))
    }

    /// What the response to a change of `current` needs to know, if the change may go on.
    fn admit<T: StrongETag>(self, current: &T) -> Result<Origin, Rejected> {
        const { assert!(!T::MAY_BE_ABSENT, "{}", ABSENT) };
        let validators = current.validators();
        self.check(Current::Present(&validators))?;
        Ok(Origin::of_change(self.preconditions, &validators))
    }

    /// A `404`, which goes before any precondition.
    fn absent(self) -> Rejected {
        Rejected::new(Reason::NotFound).on(Basis::unasked(self.preconditions.taken))
    }

    fn names_a_version(self) -> bool {
        match self.preconditions.conditions.unchanged() {
            Unchanged::IfMatch(field) => !(self.policy.refuses_any && field.is_any()),
            Unchanged::IfUnmodifiedSince(_) | Unchanged::Unasked => !self.policy.is_required,
        }
    }

    fn asks_for_absence(self) -> bool {
        match self.preconditions.conditions.changed() {
            Changed::IfNoneMatch(field) if field.is_any() => true,
            _ => !self.policy.is_required,
        }
    }
}
