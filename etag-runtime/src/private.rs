//! What the expansion of `#[derive(ETag)]` names. Not a public interface: it may change in any release.

#[cfg(feature = "serde")]
pub use serde::Serialize;

pub use crate::probe::{Otherwise, Probe, WeakIf};
pub use crate::{Digest, ETag, EntityTag, Schema, Strength, Strong, Timestamp, Validators, Version, Weak};
