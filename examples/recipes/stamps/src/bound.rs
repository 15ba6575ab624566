//! How long may a stamp be used?

use std::time::Duration;

/// How long a stamp may be used at most, from before the query that has read it.
///
/// It is what holds when an invalidation is lost: a reader may get a `304` for what was replaced so long ago, and no longer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Bound(u32);

impl Bound {
    /// A bound of so many milliseconds, up to 49 days.
    ///
    /// # Panics
    ///
    /// If it is zero, which would be a store that keeps nothing. In a `const`, that is an error of the compiler.
    #[must_use]
    pub const fn from_millis(millis: u32) -> Bound {
        assert!(millis > 0, "a bound of zero keeps nothing");
        Bound(millis)
    }

    /// In milliseconds.
    #[must_use]
    pub const fn as_millis(self) -> u32 {
        self.0
    }

    /// As a duration.
    #[must_use]
    pub const fn as_duration(self) -> Duration {
        Duration::from_millis(self.0 as u64)
    }
}
