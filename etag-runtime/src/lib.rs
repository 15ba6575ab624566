#![cfg_attr(docsrs, feature(doc_cfg))]
// Of two definitions of a link the first counts: those of the README lead to docs.rs, and these, which rustdoc checks, to the pages beside.
#![cfg_attr(
    all(feature = "axum", feature = "derive"),
    doc = "[guide]: guide::getting_started",
    doc = "[validators]: guide::choosing_validators",
    doc = "[writes]: guide::writes",
    doc = "[migration]: guide::migration",
    doc = "[caching]: guide::caching",
    doc = "[faq]: guide::faq",
    doc = "[derive]: derive@ETag",
    doc = "[new]: Preconditions::new"
)]
#![cfg_attr(
    all(feature = "testing", feature = "tracing", feature = "utoipa", feature = "client"),
    doc = "[testing]: testing",
    doc = "[observe]: observe",
    doc = "[openapi]: openapi",
    doc = "[client]: client"
)]
#![cfg_attr(all(feature = "axum", feature = "derive"), doc = "", doc = include_str!("../README.md"))]
#![cfg_attr(not(all(feature = "axum", feature = "derive")), doc = "Conditional requests by RFC 9110.")]

// In the order in which a request and a model flow.
#[doc(hidden)]
#[path = "private.rs"]
pub mod __private;
#[cfg(feature = "axum")]
mod axum;
mod base64url;
mod basis;
#[cfg(feature = "client")]
pub mod client;
mod composition;
mod conditions;
mod current;
mod date;
mod digest;
mod etag;
mod evaluate;
mod field_lines;
mod guard;
#[cfg(any(doc, doctest))]
pub mod guide;
#[cfg(feature = "layer")]
pub mod layer;
#[cfg(feature = "negotiation")]
mod negotiation;
#[cfg(any(feature = "tracing", feature = "metrics"))]
pub mod observe;
#[cfg(feature = "utoipa")]
pub mod openapi;
mod policy;
mod precondition;
mod probe;
pub mod problem;
#[cfg(feature = "range")]
mod range;
mod rejected;
#[cfg(feature = "json")]
mod report;
mod respond;
mod response;
mod schema;
mod stamped;
mod tag;
mod tag_list;
mod tag_ref;
mod tagged;
#[cfg(feature = "testing")]
pub mod testing;
mod variant;
mod vary;

#[cfg(feature = "range")]
pub use crate::axum::Content;
#[cfg(feature = "axum")]
pub use crate::axum::Deferred;
pub use crate::current::{Current, Validators};
pub use crate::date::{HttpDate, HttpDateOutOfRange};
#[cfg(feature = "serde")]
pub use crate::digest::unordered;
pub use crate::digest::{Digest, ReversibleVersion, Timestamp, Version, VersionValue};
pub use crate::etag::{ETag, Reversible, Strength, Strong, StrongETag, Weak};
pub use crate::evaluate::Decision;
pub use crate::guard::{ForWrite, Guarded, Permits, Refused, Unread, Upsert, Vacant};
#[cfg(feature = "layer")]
pub use crate::layer::conditional::ConditionalLayer;
#[cfg(feature = "layer")]
pub use crate::layer::content_coding::ContentCodingLayer;
#[cfg(feature = "layer")]
pub use crate::layer::evaluate::{Evaluate, EvaluateLayer};
#[cfg(feature = "negotiation")]
pub use crate::negotiation::Accept;
pub use crate::policy::{Optional, Policy, Required, WritePolicy};
pub use crate::precondition::Preconditions;
pub use crate::problem::Reason;
pub use crate::rejected::Rejected;
pub use crate::response::Conditional;
pub use crate::schema::Schema;
pub use crate::stamped::{Members, Stamped};
pub use crate::tag::{EntityTag, InvalidEntityTag};
pub use crate::tag_list::EntityTagList;
pub use crate::tagged::Tagged;
pub use crate::variant::Variant;

#[cfg(feature = "derive")]
#[doc = include_str!("../doc/derive.md")]
pub use etag_derive::ETag;
