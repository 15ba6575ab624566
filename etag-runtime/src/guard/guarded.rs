//! [`Guarded`]: the permit to change what is there.

use std::future::Future;
use std::ops::Deref;

use http::StatusCode;

use super::{Origin, Refused};
use crate::{Conditional, ETag, Preconditions, Rejected};

/// The permit to replace, change or delete a `T`: the preconditions have been checked against it.
///
/// It is the current model ([`Deref`]). The write has to compare everything that makes up its state, in the same
/// statement: the version, and, where they can change without it, the versions of guarded relations. A timestamp is no
/// substitute for a version: two writes may have the same one.
///
/// ```sql
/// UPDATE articles SET title = ?, version = version + 1 WHERE id = ? AND version = ? RETURNING *
/// ```
///
/// Another writer may be faster than this statement. Then no row matches, and the permit answers with the same `412` that a late
/// client gets: [`commit_or_reload`](Guarded::commit_or_reload) sends the tag that is now current along. To a client that has named no
/// version, which a [`Policy`](crate::Policy) may let through, the answer is `409`: no precondition of it was false
/// ([RFC 9110 § 15.5.10](https://www.rfc-editor.org/rfc/rfc9110.html#section-15.5.10)).
///
/// The guide says which permit is for which handler: [writes](crate::guide::writes).
///
/// # What the compiler catches
///
/// Nothing else makes a permit, and a store that asks for one cannot be called without it:
///
/// ```compile_fail,E0308
/// # #[cfg(feature = "derive")] {
/// # use etag_runtime::{ETag, Guarded};
/// # #[derive(ETag)] struct Note { #[etag(version)] version: u32 }
/// fn replace(expected: &Guarded<Note>, text: &str) -> Option<Note> {
///     # let _ = (expected.version, text); None
/// }
/// fn handler(stored: Note) {
///     replace(&stored, "text"); // a `Note` is no permit
/// }
/// # }
/// # #[cfg(not(feature = "derive"))] { let nothing: () = 1; }
/// ```
///
/// A permit that is asked for and dropped at once is a warning (`unused_must_use`):
///
/// ```compile_fail
/// #![deny(unused_must_use)]
/// # #[cfg(feature = "derive")] {
/// # use etag_runtime::{ETag, Preconditions, Rejected};
/// # #[derive(ETag)] struct Note { #[etag(version)] version: u32 }
/// fn handler(preconditions: &Preconditions, stored: Note) -> Result<(), Rejected> {
///     preconditions.guard(Some(stored))?;
///     Ok(())
/// }
/// # }
/// # #[cfg(not(feature = "derive"))] compile_error!("nothing to see");
/// ```
///
/// In a handler that takes [`ForWrite`](crate::ForWrite) instead of [`Preconditions`](crate::Preconditions) nothing but a permit, used up or
/// refused, makes a [`Conditional`], so that one which forgets to commit has nothing to return. Beyond that Rust has no types
/// that must be used: a permit that is read and then dropped, beside a response that was made by hand, is not noticed, and neither is
/// `Conditional::of` of the feature `layer`, which is for reading.
#[derive(Debug)]
#[must_use = "a permit that is not committed has changed nothing"]
pub struct Guarded<T> {
    current: T,
    origin: Origin,
}

impl<T: ETag> Guarded<T> {
    pub(super) fn new(current: T, origin: Origin) -> Guarded<T> {
        Guarded { current, origin }
    }

    /// The same, of what a PUT would have created if it had not been there.
    pub(super) fn or_created(self, preconditions: &Preconditions) -> Guarded<T> {
        Guarded { origin: self.origin.or_created(preconditions), ..self }
    }

    /// The response to a write: `saved` is what the database returned, `None` if no row had the expected version.
    ///
    /// The response holds the new representation and its validators, and to a PUT or PATCH `Content-Location`, which says so
    /// ([RFC 9110 § 9.3.4], [`with_target`](crate::Preconditions::with_target)). Its tag is that of the next GET only if `saved` is what is
    /// stored, after triggers, and after the transaction has ended.
    ///
    /// # Errors
    ///
    /// [`Rejected`] with `412` or `409` if another writer was faster. The tag that is now current is not known here; see
    /// [`commit_or_reload`](Guarded::commit_or_reload).
    ///
    /// [RFC 9110 § 9.3.4]: https://www.rfc-editor.org/rfc/rfc9110.html#section-9.3.4
    pub fn commit(self, saved: Option<T>) -> Result<Conditional<T>, Rejected> {
        self.origin.commit(saved)
    }

    /// [`commit`](Guarded::commit), which reads again if another writer was faster: the refusal then has the tag that is now
    /// current, and what is gone is a `404`. `reload` is polled in no other case.
    ///
    /// # Errors
    ///
    /// The outer is that of `reload`, the inner [`Rejected`] with `412`, `409` or `404`.
    ///
    /// # Examples
    ///
    /// ```
    /// # #[cfg(feature = "derive")] {
    /// # use std::io::Error;
    /// use etag_runtime::{Conditional, ETag, Guarded, Preconditions};
    ///
    /// #[derive(ETag)]
    /// struct Note {
    ///     #[etag(version)]
    ///     version: u32,
    /// }
    ///
    /// async fn find(id: u32) -> Result<Option<Note>, Error> {
    ///     # let _ = id;
    ///     Ok(Some(Note { version: 1 })) // SELECT * FROM notes WHERE id = ?
    /// }
    ///
    /// async fn replace(expected: &Guarded<Note>) -> Result<Option<Note>, Error> {
    ///     Ok(Some(Note { version: expected.version + 1 })) // UPDATE … WHERE version = ? RETURNING *
    /// }
    ///
    /// async fn put(preconditions: Preconditions) -> Result<Conditional<Note>, Box<dyn std::error::Error>> {
    ///     let current = preconditions.require().guard(find(1).await?)?;
    ///     let saved = replace(&current).await?;
    ///     Ok(current.commit_or_reload(saved, find(1)).await??)
    /// }
    /// # }
    /// ```
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

    /// The response to a deletion: `204`. `matched` says whether a row had the expected version.
    ///
    /// # Errors
    ///
    /// [`Rejected`] with `412` or `409` if another writer was faster.
    pub fn commit_deleted(self, matched: bool) -> Result<StatusCode, Rejected> {
        self.origin.commit_deleted(matched)
    }

    /// [`commit_deleted`](Guarded::commit_deleted), which reads again if another writer was faster.
    ///
    /// # Errors
    ///
    /// As for [`commit_or_reload`](Guarded::commit_or_reload).
    pub async fn commit_deleted_or_reload<E>(
        self,
        matched: bool,
        reload: impl Future<Output = Result<Option<T>, E>>,
    ) -> Result<Result<StatusCode, Rejected>, E> {
        Ok(if matched { self.commit_deleted(true) } else { Err(self.superseded(reload.await?).into()) })
    }

    /// The response to an addition to this collection: what was added, to be sent as
    /// [`created`](Conditional::created). `None` if the collection is no longer the one that was checked.
    ///
    /// A collection rarely has a row of its own to compare: read it again in the transaction that inserts, under an
    /// isolation in which nobody else adds to it until that ends (`SERIALIZABLE`, or a lock).
    ///
    /// # Errors
    ///
    /// [`Rejected`] with `412` or `409` if another writer was faster.
    ///
    /// # Examples
    ///
    /// ```
    /// # #[cfg(feature = "derive")] {
    /// use etag_runtime::{Conditional, ETag, Guarded, Rejected};
    ///
    /// #[derive(ETag)]
    /// struct Note {
    ///     #[etag(version)]
    ///     version: u32,
    /// }
    ///
    /// fn append(page: Guarded<Vec<Note>>) -> Result<Conditional<Note>, Rejected> {
    ///     let added = Some(Note { version: 1 }); // INSERT …, and `None` if the page has another tag by now
    ///     Ok(page.commit_appended(added)?.created("/notes/7"))
    /// }
    /// # }
    /// ```
    pub fn commit_appended<U: ETag>(self, added: Option<U>) -> Result<Conditional<U>, Rejected> {
        match added {
            // What was added is not the representation of the target, which is the collection.
            Some(added) => Ok(self.origin.added(added)),
            None => self.origin.commit(None),
        }
    }

    /// What to answer when another writer was faster, after reading again: `412` or `409` with the tag that is now
    /// current, or `404` if there is nothing left, which to an [`Upsert`](crate::Upsert) with `If-Match` is a `412`.
    pub fn superseded(self, current: Option<T>) -> Refused<T> {
        Refused::superseded(current, self.origin)
    }

    /// The model, without writing anything.
    pub fn abandon(self) -> T {
        self.current
    }
}

impl<T> Deref for Guarded<T> {
    type Target = T;

    fn deref(&self) -> &T {
        &self.current
    }
}
