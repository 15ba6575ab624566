//! Permits: the only way from a request to a write.
//!
//! ```text
//! Preconditions ──guard───▶ Guarded<T> ──commit──▶ Conditional<T>
//!               └─create──▶ Vacant<T>  ──commit──▶ Conditional<T>
//! ```
//!
//! The check and the write are one step only if the database compares the version that was checked. A permit gives
//! that version, and asks when it is used up whether a row has matched.

use std::marker::PhantomData;
use std::ops::Deref;

use http::header::CONTENT_LOCATION;
use http::uri::PathAndQuery;
use http::{HeaderValue, StatusCode};

use crate::precondition::{Changed, Unchanged};
use crate::problem::Reason;
use crate::{Conditional, Current, Decision, ETag, Preconditions, Rejected, StrongETag};

impl Preconditions {
    /// The permit to change `current`, if the preconditions hold; a request without any is let through.
    ///
    /// # Errors
    ///
    /// [`Rejected`]: `404` if there is nothing to change, `412` if a precondition is false.
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
    pub fn guard<T: StrongETag>(&self, current: Option<T>) -> Result<Guarded<T>, Rejected> {
        let Some(current) = current else { return Err(Rejected::new(Reason::NotFound)) };
        self.check(Current::Present(&current.validators()))?;
        Ok(Guarded { current, target: self.target.clone() })
    }

    /// The permit to create what is not there, if the preconditions hold; a request without any is let through.
    ///
    /// # Errors
    ///
    /// [`Rejected`] with `412` if a precondition is false: `If-Match` asks for something that exists.
    ///
    /// # Examples
    ///
    /// A PUT that replaces or creates:
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
    ///     match stored {
    ///         Some(note) => {
    ///             let current = preconditions.require().guard(Some(note))?;
    ///             let version = current.version + 1; // UPDATE … WHERE version = ? RETURNING *
    ///             current.commit(Some(Note { text, version }))
    ///         }
    ///         None => {
    ///             let vacant = preconditions.require().create()?;
    ///             vacant.commit(Some(Note { text, version: 1 })) // INSERT … ON CONFLICT DO NOTHING RETURNING *
    ///         }
    ///     }
    /// }
    /// # }
    /// ```
    pub fn create<T: ETag>(&self) -> Result<Vacant<T>, Rejected> {
        self.check(Current::Absent)?;
        Ok(Vacant { target: self.target.clone(), model: PhantomData })
    }

    /// Whether a write may go on, for handlers without a model: `Err` is the `412` to answer.
    ///
    /// The check alone does not prevent a lost update: the write itself must compare the version again.
    /// [`guard`](Preconditions::guard) gives a permit that carries it.
    ///
    /// # Errors
    ///
    /// [`Rejected`] with `412` if a precondition is false. On GET and HEAD, a condition that is answered with `304`
    /// is no error.
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
        match self.first_false(current) {
            Some(condition) if self.consequence(condition) == Decision::PreconditionFailed => {
                Err(Rejected::precondition_failed(Reason::of(condition, self, current), current))
            }
            _ => Ok(()),
        }
    }

    /// The same permits, but only for requests that have a precondition: others are answered `428`.
    pub fn require(&self) -> Required<'_> {
        Required { preconditions: self }
    }
}

/// Permits for requests that have a precondition ([RFC 6585 § 3]); from [`Preconditions::require`].
///
/// `If-Match: *` names no version, and a date is no strong validator: neither is enough.
///
/// [RFC 6585 § 3]: https://www.rfc-editor.org/rfc/rfc6585.html#section-3
#[derive(Debug, Clone, Copy)]
#[must_use = "this refuses nothing until `guard`, `create` or `check` is called"]
pub struct Required<'a> {
    preconditions: &'a Preconditions,
}

impl Required<'_> {
    /// The permit to change `current`.
    ///
    /// # Errors
    ///
    /// [`Rejected`]: `404` if there is nothing to change, `412` if a precondition is false, `428` if there is no
    /// `If-Match` with a tag.
    pub fn guard<T: StrongETag>(self, current: Option<T>) -> Result<Guarded<T>, Rejected> {
        let guarded = self.preconditions.guard(current)?;
        self.names_a_version()?;
        Ok(guarded)
    }

    /// The permit to create what is not there.
    ///
    /// # Errors
    ///
    /// [`Rejected`]: `412` if a precondition is false, `428` if there is no `If-None-Match: *`.
    pub fn create<T: ETag>(self) -> Result<Vacant<T>, Rejected> {
        let vacant = self.preconditions.create()?;
        self.asks_for_absence()?;
        Ok(vacant)
    }

    /// Whether a write may go on, for handlers without a model; see [`Preconditions::check`].
    ///
    /// # Errors
    ///
    /// [`Rejected`]: `412` if a precondition is false, `428` if there is none that names the state of the target.
    pub fn check(self, current: Current<'_>) -> Result<(), Rejected> {
        self.preconditions.check(current)?;
        match current {
            Current::Absent => self.asks_for_absence(),
            Current::Present(_) => self.names_a_version(),
        }
    }

    fn names_a_version(self) -> Result<(), Rejected> {
        match &self.preconditions.unchanged {
            Unchanged::IfMatch(field) if !field.is_any() => Ok(()),
            _ => Err(Rejected::new(Reason::MatchRequired)),
        }
    }

    fn asks_for_absence(self) -> Result<(), Rejected> {
        match &self.preconditions.changed {
            Changed::IfNoneMatch(field) if field.is_any() => Ok(()),
            _ => Err(Rejected::new(Reason::NoneMatchRequired)),
        }
    }
}

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
/// Another writer may be faster than this statement. Then no row matches, and [`commit`](Guarded::commit) answers with the
/// same `412` that a late client gets.
#[derive(Debug)]
#[must_use = "a permit that is not committed has changed nothing"]
pub struct Guarded<T> {
    current: T,
    target: Option<PathAndQuery>,
}

impl<T: ETag> Guarded<T> {
    /// The response to a write: `saved` is what the database returned, `None` if no row had the expected version.
    ///
    /// The response holds the new representation and its validators, and to a PUT or PATCH `Content-Location`, which says so
    /// ([RFC 9110 § 9.3.4], [`with_target`](Preconditions::with_target)). Its tag is that of the next GET only if `saved` is what is stored, after triggers.
    ///
    /// # Errors
    ///
    /// [`Rejected`] with `412` if another writer was faster. The tag that is now current is not known here; read again and
    /// use [`superseded`](Guarded::superseded) to send it.
    ///
    /// [RFC 9110 § 9.3.4]: https://www.rfc-editor.org/rfc/rfc9110.html#section-9.3.4
    pub fn commit(self, saved: Option<T>) -> Result<Conditional<T>, Rejected> {
        match saved {
            Some(saved) => Ok(representation_of(self.target, saved)),
            None => Err(Rejected::new(Reason::Stale)),
        }
    }

    /// The response to a deletion: `204`. `matched` says whether a row had the expected version.
    ///
    /// # Errors
    ///
    /// [`Rejected`] with `412` if another writer was faster.
    pub fn commit_deleted(self, matched: bool) -> Result<StatusCode, Rejected> {
        if matched { Ok(StatusCode::NO_CONTENT) } else { Err(Rejected::new(Reason::Stale)) }
    }

    /// The response when another writer was faster, after reading again: `412` with the tag that is now current, or
    /// `404` if there is nothing left.
    pub fn superseded(self, current: Option<&T>) -> Rejected {
        match current {
            Some(current) => Rejected::precondition_failed(Reason::Stale, Current::Present(&current.validators())),
            None => Rejected::new(Reason::NotFound),
        }
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

/// The permit to create a `T` that was not there when the preconditions were checked.
///
/// Another writer may be faster than the insertion, which therefore must not replace anything:
///
/// ```sql
/// INSERT INTO articles (id, title) VALUES (?, ?) ON CONFLICT DO NOTHING RETURNING *
/// ```
#[derive(Debug)]
#[must_use = "a permit that is not committed has created nothing"]
pub struct Vacant<T> {
    target: Option<PathAndQuery>,
    model: PhantomData<fn() -> T>,
}

impl<T: ETag> Vacant<T> {
    /// The response to a creation: `201`, or `412` if no row was inserted because another writer was faster.
    ///
    /// # Errors
    ///
    /// [`Rejected`] with `412` if `created` is `None`. The tag that is now current is not known here; use
    /// [`superseded`](Vacant::superseded) to send it.
    pub fn commit(self, created: Option<T>) -> Result<Conditional<T>, Rejected> {
        match created {
            Some(created) => Ok(representation_of(self.target, created).status(StatusCode::CREATED)),
            None => Err(Rejected::new(Reason::Exists)),
        }
    }

    /// The response when another writer was faster, after reading: `412` with the tag that is now current.
    pub fn superseded(self, current: &T) -> Rejected {
        Rejected::precondition_failed(Reason::Exists, Current::Present(&current.validators()))
    }
}

/// A successful write: what is in the body is the representation of the target, as `Content-Location` says.
fn representation_of<T: ETag>(target: Option<PathAndQuery>, model: T) -> Conditional<T> {
    let response = Conditional::of(model);
    match target.map(|target| HeaderValue::from_str(target.as_str())) {
        // DEVIATION (RFC 9110 § 9.3.4): validators although what was stored is not the body as it was sent. The response
        // holds the new representation, and this field says so.
        Some(Ok(target)) => response.header(CONTENT_LOCATION, target),
        _ => response,
    }
}
