//! [`Vacant`]: the permit to create what is not there.

use std::future::Future;
use std::marker::PhantomData;

use http::StatusCode;

use super::{Origin, Refused};
use crate::{Conditional, ETag, Rejected};

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
    origin: Origin,
    model: PhantomData<fn() -> T>,
}

impl<T: ETag> Vacant<T> {
    pub(super) fn new(origin: Origin) -> Vacant<T> {
        Vacant { origin, model: PhantomData }
    }

    /// The response to a creation: `201`. `created` is `None` if no row was inserted because another writer was faster.
    ///
    /// # Errors
    ///
    /// [`Rejected`] with `412` if `created` is `None`, or with `409` to a client that has not sent `If-None-Match: *`. The tag that is
    /// now current is not known here; see [`commit_or_reload`](Vacant::commit_or_reload).
    pub fn commit(self, created: Option<T>) -> Result<Conditional<T>, Rejected> {
        self.origin.commit(created).map(|response| response.status(StatusCode::CREATED))
    }

    /// [`commit`](Vacant::commit), which reads what is there if another writer was faster: the refusal then has its tag.
    /// `reload` is polled in no other case.
    ///
    /// # Errors
    ///
    /// The outer is that of `reload`, the inner [`Rejected`] with `412` or `409`.
    pub async fn commit_or_reload<E>(
        self,
        created: Option<T>,
        reload: impl Future<Output = Result<Option<T>, E>>,
    ) -> Result<Result<Conditional<T>, Rejected>, E> {
        Ok(match created {
            Some(_) => self.commit(created),
            None => Err(self.superseded(reload.await?).into()),
        })
    }

    /// What to answer when another writer was faster, after reading: `412` or `409`, with the tag of what is there, unless
    /// that has gone again.
    pub fn superseded(self, current: Option<T>) -> Refused<T> {
        match current {
            Some(_) => Refused::superseded(current, self.origin),
            None => Refused::new(self.origin.lost(), None, self.origin),
        }
    }
}
