//! What the expansion of `#[derive(ETag)]` names. Not a public interface: it may change in any release.

#[cfg(feature = "serde")]
pub use serde::Serialize;
pub use std::boxed::Box;

/// Nothing can be hashed as content without the feature.
#[cfg(not(feature = "serde"))]
#[diagnostic::on_unimplemented(
    message = "`#[etag(content)]` needs the feature `serde` of `etag-runtime`",
    label = "content is hashed as it is serialized"
)]
pub trait Serialize {}

pub use crate::composition::Composition;
pub use crate::digest::{Itself, value_of, version_of};
pub use crate::probe::{Otherwise, PartProbe, Probe, WeakIf, refuse};
pub use crate::{
    Digest, ETag, EntityTag, Reversible, ReversibleVersion, Schema, Stamped, Strength, Strong, StrongETag, Timestamp,
    Validators, Version, Weak,
};
