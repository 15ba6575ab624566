//! How are stamps kept in the memory of one server?
//!
//! Of each subject there is a cell, and a lease is that cell. Forgetting a subject takes its cell out of the cache: whoever still
//! holds it may put a stamp in, where nobody looks any more.

use std::fmt;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Instant;

use etag_runtime::ETag;
use moka::sync::Cache;

use crate::bound::Bound;
use crate::cached::Cached;
use crate::key::{Key, Subject};
use crate::store::{Failure, Looked, Store};

/// Stamps in memory. Other servers do not know of them: what they write is seen here when the bound is over.
pub struct InMemory<S> {
    cells: Cache<Subject, Arc<Cell<S>>>,
    bound: Bound,
}

/// What is kept of one subject.
type Cell<S> = Mutex<Vec<Kept<S>>>;

struct Kept<S> {
    variant: &'static str,
    stamp: S,
    since: Instant,
}

/// The right to keep a stamp in memory.
pub struct Lease<S> {
    cell: Arc<Cell<S>>,
    since: Instant,
}

impl<S: ETag + Clone + Send + Sync + 'static> InMemory<S> {
    /// Keeps the stamps of at most so many subjects; those that are asked for least go first.
    #[must_use]
    pub fn new(subjects: u64, bound: Bound) -> InMemory<S> {
        // The cache only frees memory by its clock. What may be used is decided by ours, below.
        let cells = Cache::builder().max_capacity(subjects).time_to_idle(bound.as_duration()).build();
        InMemory { cells, bound }
    }
}

impl<S: ETag + Clone + Send + Sync + 'static> Store for InMemory<S> {
    type Stamp = S;
    type Lease = Lease<S>;

    async fn look(&self, key: &Key) -> Result<Looked<S, Lease<S>>, Failure> {
        let cell = self.cells.get_with_by_ref(&key.subject, Arc::default);
        let kept = lock(&cell).iter().find(|kept| kept.variant == key.variant).and_then(|kept| {
            let is_young = kept.since.elapsed() < self.bound.as_duration();
            is_young.then(|| Cached::new(kept.stamp.clone(), kept.since, self.bound.as_duration()))
        });
        Ok(match kept {
            Some(cached) => Looked::Kept(cached),
            None => Looked::Missing(Lease { cell, since: Instant::now() }),
        })
    }

    async fn keep(&self, key: &Key, Lease { cell, since }: Lease<S>, stamp: &S) -> Result<bool, Failure> {
        if since.elapsed() >= self.bound.as_duration() {
            return Ok(false);
        }
        let mut stamps = lock(&cell);
        // Another reader may have been here with a lease that is younger.
        if stamps.iter().any(|kept| kept.variant == key.variant && kept.since > since) {
            return Ok(false);
        }
        stamps.retain(|kept| kept.variant != key.variant);
        stamps.push(Kept { variant: key.variant, stamp: stamp.clone(), since });
        drop(stamps);
        let current = self.cells.get(&key.subject);
        Ok(current.is_some_and(|current| Arc::ptr_eq(&current, &cell)))
    }

    async fn forget(&self, subjects: &[Subject]) -> Result<(), Failure> {
        for subject in subjects {
            self.cells.invalidate(subject);
        }
        Ok(())
    }
}

/// A panic elsewhere has left no stamp half written.
fn lock<S>(cell: &Cell<S>) -> MutexGuard<'_, Vec<Kept<S>>> {
    cell.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Without the stamps, which are nobody's to read.
impl<S> fmt::Debug for InMemory<S> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("InMemory").field("bound", &self.bound).finish_non_exhaustive()
    }
}

impl<S> fmt::Debug for Lease<S> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Lease").field("since", &self.since).finish_non_exhaustive()
    }
}
