//! How does a handler use a store, without depending on it?

use std::sync::Arc;
use std::time::{Duration, SystemTime};

use etag_runtime::{Conditional, ETag, HttpDate, Preconditions};
use tokio::time::timeout;
use tracing::Instrument as _;

use crate::key::{Key, Subject};
use crate::store::{Failure, Looked, Store};

/// A store, and how long it may take. Whatever it does, a request is answered as the database says, or
/// said a bound ago.
#[derive(Debug)]
pub struct Stamps<K> {
    store: Arc<K>,
    patience: Duration,
}

impl<K: Store> Stamps<K> {
    /// The stamps in this store, which is waited for so long at each call.
    #[must_use]
    pub fn new(store: K, patience: Duration) -> Stamps<K> {
        Stamps { store: Arc::new(store), patience }
    }

    /// The `304`, if that is the answer by a stamp: the one that is kept, or else the one that `read` reads from the database.
    ///
    /// Nothing is asked for a request that cannot be answered with `304`. `None` is for a handler that goes on to load the model and
    /// to [`respond`](Preconditions::respond) to it, which may be a `304` yet: the model is newer than what is kept.
    ///
    /// # Errors
    ///
    /// Those of `read`, which are not kept: [`Rejected::not_found`](etag_runtime::Rejected::not_found), for one.
    pub async fn not_modified<T, E>(
        &self,
        preconditions: &Preconditions,
        key: &Key,
        read: impl Future<Output = Result<K::Stamp, E>>,
    ) -> Result<Option<Conditional<T>>, E> {
        if !preconditions.is_revalidation() {
            return Ok(None);
        }
        let lease = match bounded(self.patience, "look", self.store.look(key)).await {
            Some(Looked::Kept(cached)) => return Ok(cached.not_modified(preconditions)),
            Some(Looked::Missing(lease)) => Some(lease),
            None => None,
        };
        // A future does nothing before it is polled: the query starts here, with the lease in hand.
        let stamp = read.await?;
        if let Some(lease) = lease
            && is_settled(&stamp)
        {
            bounded(self.patience, "keep", self.store.keep(key, lease, &stamp)).await;
        }
        Ok(preconditions.not_modified(&stamp))
    }

    /// Forgets what is kept of these subjects. For a writer, after its commit, and before its answer: whoever has seen the answer
    /// gets nothing older from this store.
    ///
    /// It goes on when the request is given up. If the store fails, the bound holds, and the log knows.
    pub async fn forget(&self, subjects: Vec<Subject>) {
        let Stamps { store, patience } = self.clone();
        let forget = async move { bounded(patience, "forget", store.forget(&subjects)).await };
        if let Err(error) = tokio::spawn(forget.in_current_span()).await {
            tracing::error!("stamps are not forgotten before their bound: {error}");
        }
    }
}

/// Whether the date of the stamp, if it has one, is that of no later change. A responder leaves the date of a second that
/// is not over out; when this stamp is used, that second may be over, and another change in it.
fn is_settled(stamp: &impl ETag) -> bool {
    let validators = stamp.validators();
    let date = validators.last_modified();
    date.is_none()
        || HttpDate::try_from(SystemTime::now()).is_ok_and(|now| validators.settled(now).last_modified() == date)
}

/// What the store answers, if it does in time.
async fn bounded<T>(patience: Duration, call: &str, answer: impl Future<Output = Result<T, Failure>>) -> Option<T> {
    match timeout(patience, answer).await {
        Ok(Ok(answer)) => Some(answer),
        Ok(Err(failure)) => {
            tracing::warn!(call, "the store of stamps has failed: {failure}");
            None
        }
        Err(_) => {
            tracing::warn!(call, "the store of stamps has not answered in {patience:?}");
            None
        }
    }
}

/// The same store, which need not be `Clone`.
impl<K> Clone for Stamps<K> {
    fn clone(&self) -> Stamps<K> {
        Stamps { store: Arc::clone(&self.store), patience: self.patience }
    }
}
