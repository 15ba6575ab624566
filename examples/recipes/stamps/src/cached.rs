//! What may be done with a stamp that is not fresh?

use std::fmt;
use std::time::{Duration, Instant};

use etag_runtime::{Conditional, ETag, Preconditions};

/// A stamp from a store. All that it can do is answer `304`, and only until its bound is over.
///
/// ```
/// use etag_runtime::{Conditional, Preconditions};
/// use recipes_stamps::cached::Cached;
/// use recipes_stamps::model::{Product, ProductStamp};
///
/// fn show(preconditions: &Preconditions, cached: &Cached<ProductStamp>) -> Option<Conditional<Product>> {
///     cached.not_modified(preconditions)
/// }
/// ```
///
/// It is no `ETag`, and does not give the stamp back: a permit compares what has just been read.
///
/// ```
/// use etag_runtime::{ForWrite, Guarded, Rejected};
/// # use recipes_stamps::cached::Cached;
/// # use recipes_stamps::model::ProductStamp;
///
/// fn replace(preconditions: &ForWrite, read: ProductStamp) -> Result<Guarded<ProductStamp>, Rejected> {
///     preconditions.guard(Some(read))
/// }
/// ```
///
/// ```compile_fail
/// use etag_runtime::{ForWrite, Guarded, Rejected};
/// # use recipes_stamps::cached::Cached;
/// # use recipes_stamps::model::ProductStamp;
///
/// fn replace(preconditions: &ForWrite, cached: Cached<ProductStamp>) -> Result<Guarded<Cached<ProductStamp>>, Rejected> {
///     preconditions.guard(Some(cached))
/// }
/// ```
pub struct Cached<S> {
    stamp: S,
    since: Instant,
    left: Duration,
}

impl<S: ETag> Cached<S> {
    /// A stamp that may be used until `left` is over, counted from `since`.
    #[must_use]
    pub const fn new(stamp: S, since: Instant, left: Duration) -> Cached<S> {
        Cached { stamp, since, left }
    }

    /// The `304`, if that is the answer by this stamp, and it is not too old by now.
    #[must_use = "a `304` has to be returned"]
    pub fn not_modified<T>(&self, preconditions: &Preconditions) -> Option<Conditional<T>> {
        if self.since.elapsed() < self.left { preconditions.not_modified(&self.stamp) } else { None }
    }
}

/// Without the stamp, which is nobody's to read.
impl<S> fmt::Debug for Cached<S> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Cached").field("since", &self.since).field("left", &self.left).finish_non_exhaustive()
    }
}
