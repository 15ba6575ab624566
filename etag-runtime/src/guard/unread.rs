//! [`Unread`]: the permit to change what was not read.

use std::collections::HashSet;
use std::future::Future;

use http::StatusCode;

use super::{Origin, Refused};
use crate::conditions::Changed;
use crate::field_lines::FieldLines;
use crate::tag_ref::TagRef;
use crate::{Conditional, Current, Policy, Preconditions, Reason, Rejected, Reversible, StrongETag, digest, tag_list};

/// The permit to change a `T` without reading it first: the statement compares the versions that the client names.
///
/// ```sql
/// UPDATE articles SET title = $1, version = version + 1 WHERE id = $2 AND version = ANY($3) RETURNING *
/// ```
///
/// No row matches if another writer was faster, if the client is late, and if there is no such row at all. What of these
/// it was is only worth a read when it happens: [`commit_or_reload`](Unread::commit_or_reload).
///
/// # Examples
///
/// ```
/// # #[cfg(feature = "derive")] {
/// use etag_runtime::{ETag, Preconditions, Rejected, Unread};
/// use http::{HeaderMap, Method, header::IF_MATCH};
///
/// #[derive(ETag)]
/// #[etag(reversible)]
/// struct Note {
///     #[etag(version)]
///     version: i64,
/// }
///
/// let mut headers = HeaderMap::new();
/// headers.insert(IF_MATCH, Note { version: 7 }.etag().into());
/// let preconditions = Preconditions::new(&Method::PUT, &headers);
///
/// let permit: Unread<'_, Note> = preconditions.require().guard_unread()?;
/// assert_eq!(permit.versions(), [7]);
/// # }
/// # Ok::<(), etag_runtime::Rejected>(())
/// ```
#[derive(Debug)]
#[must_use = "a permit that is not committed has changed nothing"]
pub struct Unread<'a, T: Reversible> {
    preconditions: &'a Preconditions,
    policy: Policy,
    versions: Vec<T::Version>,
    origin: Origin,
}

impl<'a, T: Reversible + StrongETag> Unread<'a, T> {
    pub(super) fn new(preconditions: &'a Preconditions, policy: Policy, if_match: &FieldLines) -> Unread<'a, T> {
        let counts = |tag: TagRef<'_>| !tag.weak || policy.accepts_weakened;
        let versions: Vec<T::Version> = match excluded(preconditions.conditions.changed()) {
            Some(excluded) => {
                states(if_match, counts).filter(|state| !excluded.contains(state)).filter_map(digest::read).collect()
            }
            None => Vec::new(),
        };
        let lost = if !versions.is_empty() {
            Reason::Stale
        } else if tag_list::is_malformed(if_match.iter()) {
            Reason::Malformed
        } else if states(if_match, |tag| !counts(tag)).next().is_some() {
            Reason::Weak
        } else {
            Reason::Stale
        };
        let origin = Origin::of(preconditions, lost);
        let basis = origin.basis.unread();
        Unread { preconditions, policy, versions, origin: origin.on(basis) }
    }

    /// The versions of which the row has to have one. None if the client names none that a `T` can have: then no row may match,
    /// as with `= ANY` of an empty array, and with `IN ()` where the database accepts that.
    ///
    /// They come from the client, and may be any value of the type, in any number that the limits of the server on a request let through.
    #[must_use]
    pub fn versions(&self) -> &[T::Version] {
        &self.versions
    }

    /// The response to a write: `saved` is what the database returned, `None` if no row had one of the versions.
    ///
    /// # Errors
    ///
    /// [`Rejected`] with `412` if no row has matched, which may also be because there is none; see
    /// [`commit_or_reload`](Unread::commit_or_reload).
    pub fn commit(self, saved: Option<T>) -> Result<Conditional<T>, Rejected> {
        self.origin.commit(saved)
    }

    /// [`commit`](Unread::commit), which reads if no row has matched: the `412` then has the tag that is now current, and says
    /// why, and what does not exist is a `404`. `reload` is polled in no other case.
    ///
    /// # Errors
    ///
    /// The outer is that of `reload`, the inner [`Rejected`] with `412` or `404`.
    pub async fn commit_or_reload<E>(
        self,
        saved: Option<T>,
        reload: impl Future<Output = Result<Option<T>, E>>,
    ) -> Result<Result<Conditional<T>, Rejected>, E> {
        Ok(match saved {
            Some(_) => self.commit(saved),
            None => Err(self.superseded(reload.await?).into()),
        })
    }

    /// The response to a deletion: `204`. `matched` says whether a row had one of the versions.
    ///
    /// # Errors
    ///
    /// As for [`commit`](Unread::commit).
    pub fn commit_deleted(self, matched: bool) -> Result<StatusCode, Rejected> {
        self.origin.commit_deleted(matched)
    }

    /// [`commit_deleted`](Unread::commit_deleted), which reads if no row has matched.
    ///
    /// # Errors
    ///
    /// As for [`commit_or_reload`](Unread::commit_or_reload).
    pub async fn commit_deleted_or_reload<E>(
        self,
        matched: bool,
        reload: impl Future<Output = Result<Option<T>, E>>,
    ) -> Result<Result<StatusCode, Rejected>, E> {
        Ok(if matched { self.commit_deleted(true) } else { Err(self.superseded(reload.await?).into()) })
    }

    /// What to answer when no row has matched, after reading: `412` with the tag that is now current, or `404`.
    pub fn superseded(self, current: Option<T>) -> Refused<T> {
        let holds = current
            .as_ref()
            .map(|current| self.preconditions.hold(Current::Present(&current.validators()), self.policy));
        match holds {
            Some(Err(rejected)) => Refused::new(rejected, current, self.origin),
            // Absent; or what the client names is there now, but was not when the statement ran.
            Some(Ok(())) | None => Refused::superseded(current, self.origin),
        }
    }
}

/// The states that may not be current; `None` if none may, since `If-Match` and `*` contradict each other (RFC 9110 § 13.1.2),
/// or since nobody knows what was meant.
fn excluded(changed: Changed<'_>) -> Option<HashSet<&[u8]>> {
    match changed {
        Changed::IfNoneMatch(field) if field.is_any() || tag_list::is_malformed(field.iter()) => None,
        Changed::IfNoneMatch(field) => Some(states(field, |_| true).collect()),
        Changed::IfModifiedSince(_) | Changed::Unasked => Some(HashSet::new()),
    }
}

/// The state halves of the members that count.
fn states(field: &FieldLines, counts: impl Fn(TagRef<'_>) -> bool) -> impl Iterator<Item = &[u8]> {
    let tags = field.iter().flat_map(tag_list::members).filter_map(Result::ok);
    tags.filter(move |tag| counts(*tag)).filter_map(TagRef::state)
}
