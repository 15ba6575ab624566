//! What an answer rests on: carried from the decision to the response, for whoever observes it.
//!
//! ```text
//! Preconditions ──Taken──▶ Basis ──▶ Conditional, Rejected, permits ──record──▶ Decided, an event, a counter
//! ```
//!
//! Both are without size, and every call of them without effect, unless the feature `tracing` or `metrics` is on: a decision costs nothing
//! for being observable.

#[cfg(any(feature = "tracing", feature = "metrics"))]
#[path = "basis/observed.rs"]
mod observed;
#[cfg(not(any(feature = "tracing", feature = "metrics")))]
#[path = "basis/unobserved.rs"]
mod unobserved;

#[cfg(any(feature = "tracing", feature = "metrics"))]
pub(crate) use self::observed::*;
#[cfg(not(any(feature = "tracing", feature = "metrics")))]
pub(crate) use self::unobserved::*;

/// Two refusals are the same if they say the same, whenever and for whatever field they were made.
impl PartialEq for Basis {
    fn eq(&self, _: &Basis) -> bool {
        true
    }
}

impl Eq for Basis {}
