//! [`ForWrite`]: preconditions that lead to a write, and to nothing else.

use std::fmt;
use std::marker::PhantomData;

use super::Permits;
use crate::{Current, ETag, Guarded, Preconditions, Refused, Rejected, Required, Reversible, StrongETag};
use crate::{Unread, Upsert, Vacant, WritePolicy};

/// The preconditions of a write, under a policy that the signature of the handler shows; in axum, an extractor that never fails.
///
/// A [`Conditional`](crate::Conditional) comes from a permit, used up or refused, or from [`Preconditions::respond`], which this type has
/// not: a handler that takes it and forgets to commit has none to return. (With the feature `layer`, `Conditional::of` makes one of any model.
/// It is for reading.) `P` is [`Required`] unless another
/// [`WritePolicy`] is named, and goes before that of the router, except that a proxy which
/// the router trusts is trusted ([`Preconditions::under`]).
///
/// # Examples
///
/// ```
/// # #[cfg(all(feature = "axum", feature = "derive"))] {
/// use axum::response::Result;
/// use etag_runtime::{Conditional, ETag, ForWrite};
///
/// #[derive(Clone, serde::Serialize, ETag)]
/// struct Note {
///     text: String,
///     #[etag(version)]
///     version: u32,
/// }
///
/// async fn clear(preconditions: ForWrite) -> Result<Conditional<Note>> {
///     # let load = || Note { text: "old".into(), version: 1 };
///     let current = preconditions.guard(Some(load()))?; // 428 without If-Match
///     let saved = Note { text: String::new(), version: current.version + 1 };
///     Ok(current.commit(Some(saved))?)
/// }
/// # }
/// ```
pub struct ForWrite<P = Required> {
    preconditions: Preconditions,
    policy: PhantomData<fn() -> P>,
}

impl<P: WritePolicy> ForWrite<P> {
    /// Permits under the policy `P`; see [`Preconditions::under`].
    pub fn permits(&self) -> Permits<'_> {
        self.preconditions.under(P::POLICY)
    }

    /// The permit to change `current`; see [`Permits::guard`].
    ///
    /// # Errors
    ///
    /// [`Rejected`]: `404`, `412`, or `428` by the policy.
    pub fn guard<T: StrongETag>(&self, current: Option<T>) -> Result<Guarded<T>, Rejected> {
        self.permits().guard(current)
    }

    /// The permit, or the model back; see [`Permits::try_guard`].
    ///
    /// # Errors
    ///
    /// [`Refused`]: `404`, `412`, or `428` by the policy.
    pub fn try_guard<T: StrongETag>(&self, current: Option<T>) -> Result<Guarded<T>, Refused<T>> {
        self.permits().try_guard(current)
    }

    /// The permit to change what was not read; see [`Permits::guard_unread`].
    ///
    /// # Errors
    ///
    /// [`Rejected`] with `428` if `If-Match` names no version.
    pub fn guard_unread<T: Reversible + StrongETag>(&self) -> Result<Unread<'_, T>, Rejected> {
        self.permits().guard_unread()
    }

    /// The permit to create what is not there; see [`Permits::create`].
    ///
    /// # Errors
    ///
    /// [`Rejected`]: `412`, or `428` by the policy.
    pub fn create<T: ETag>(&self) -> Result<Vacant<T>, Rejected> {
        self.permits().create()
    }

    /// The permit to replace or to create; see [`Permits::upsert`].
    ///
    /// # Errors
    ///
    /// [`Rejected`]: `412`, or `428` by the policy.
    pub fn upsert<T: StrongETag>(&self, current: Option<T>) -> Result<Upsert<T>, Rejected> {
        self.permits().upsert(current)
    }

    /// The permit to replace or to create, or the model back; see [`Permits::try_upsert`].
    ///
    /// # Errors
    ///
    /// [`Refused`]: `412`, or `428` by the policy.
    pub fn try_upsert<T: StrongETag>(&self, current: Option<T>) -> Result<Upsert<T>, Refused<T>> {
        self.permits().try_upsert(current)
    }

    /// Whether a write may go on, for handlers without a model; see [`Preconditions::check`].
    ///
    /// # Errors
    ///
    /// [`Rejected`]: `412`, or `428` by the policy.
    pub fn check(&self, current: Current<'_>) -> Result<(), Rejected> {
        self.permits().check(current)
    }
}

impl<P> From<Preconditions> for ForWrite<P> {
    fn from(preconditions: Preconditions) -> ForWrite<P> {
        ForWrite { preconditions, policy: PhantomData }
    }
}

impl<P> fmt::Debug for ForWrite<P> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("ForWrite").field(&self.preconditions).finish()
    }
}
