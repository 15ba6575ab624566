//! Conditional answers for handlers that know nothing of them.
//!
//! ```text
//! request ──▶ Asked ──while_asked──▶ handler ──▶ Conditional::of      decided before it is rendered
//!               │                       │
//!               │                    response ─┬─left_alone────────▶ as it is
//!               │                              └─collect──▶ tag
//!               └─────────────answer─────────────────────────┴─────▶ 200, 304, 412
//! ```
//!
//! Every response that has no entity tag gets one, and the preconditions of the request are evaluated against it: `304` for a client that
//! has the content already.
//!
//! The tag is strong: 128 bits of the SHA-256 of the content, and of what is said of it in `Content-Type`, `Content-Encoding` and
//! `Content-Language`, which a `304` does not repeat. A response gets one if it is a `200` to GET or HEAD whose body has a known size, up to a
//! [`limit`](ConditionalLayer::limit). It is then answered as by [`Preconditions::respond_with`](crate::Preconditions::respond_with): a `304` keeps every field line but those of
//! the content, `If-Match` or `If-Unmodified-Since` that is false is a `412`, and a `Last-Modified` of the handler takes part in the decision.
//! `Cache-Control: no-cache` is added where the handler says nothing of freshness.
//!
//! # What is left alone
//!
//! Octet by octet, and frame by frame:
//!
//! | response | why |
//! |---|---|
//! | with `ETag` | the handler knows better |
//! | another status than `200`, another method than GET and HEAD | there is no representation to select |
//! | a body of unknown size, such as a stream of events | it may never end |
//! | a body over the limit | it is not gathered in memory |
//! | an empty body | there is nothing to save; on a response to HEAD it says nothing of the content |
//! | `Cache-Control: no-store` | no client may have it |
//! | `Content-Range` | it is a part |
//! | trailers, whether `Trailer` announces them or not | what they say of the content is for the client to check |
//! | a body that fails, or that has another size than it says | the client has to see the failure |
//!
//! So HEAD has the tag of GET where a handler answers both, as those of axum's `get` do, or none: where the layer is around a whole
//! `Router`, which takes the content from a HEAD, or where a handler answers HEAD by itself and without content, the tag is left out, as
//! [RFC 9110 § 9.3.2] allows for what is determined while the content is generated.
//!
//! # What it costs
//!
//! A response is held back until its body is complete, which matters if that is slow, and takes up to the limit of memory.
//! It is hashed on the thread that answers: one or two microseconds for two kilobytes, half a millisecond for a megabyte
//! where the processor has instructions for SHA-256, and about five times that where it has not. The octets are not copied: they are sent in
//! the frames that they came in. A request without conditions pays for the hash too, and for nothing else.
//!
//! It saves transfers, not work: the handler has run, and has rendered everything, before it turns out that the client has it.
//! [`Conditional::of`](crate::Conditional::of) decides before a model is rendered, and a
//! [stamp](crate::Preconditions::respond_lazily) before it is loaded. And it guards no write: a method that may change something passes through.
//! The guide leads from here to there, step by step: [migration](crate::guide::migration).
//!
//! # Where it belongs
//!
//! Around what renders, and inside of what changes octets: compression goes outside of it, so that the tag is that of the content itself. A
//! body that is compressed on the way has no known size and would be left alone. What every answer has to have, a `412` included, such as the
//! fields of CORS, goes outside of it too.
//!
//! # Examples
//!
//! ```
//! use axum::Router;
//! use axum::body::Body;
//! use axum::http::{Request, StatusCode, header};
//! use axum::routing::get;
//! use etag_runtime::ConditionalLayer;
//! # use tower::ServiceExt as _;
//!
//! let app = Router::new()
//!     .route("/", get(|| async { "Hello" }))
//!     .layer(ConditionalLayer::new());
//!
//! # tokio::runtime::Builder::new_current_thread().build().unwrap().block_on(async {
//! let first = app.clone().oneshot(Request::get("/").body(Body::empty())?).await?;
//! assert_eq!(first.status(), StatusCode::OK);
//!
//! let tag = &first.headers()[header::ETAG];
//! let again = app.oneshot(Request::get("/").header(header::IF_NONE_MATCH, tag).body(Body::empty())?).await?;
//! assert_eq!(again.status(), StatusCode::NOT_MODIFIED);
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! # }).unwrap();
//! ```
//!
//! [RFC 9110 § 9.3.2]: https://www.rfc-editor.org/rfc/rfc9110.html#section-9.3.2

mod asked;
mod collect;
mod future;
mod layer;
mod left_alone;
mod of;
mod replay;
mod service;

pub use future::ResponseFuture;
pub use layer::ConditionalLayer;
pub use service::ConditionalService;

use asked::Asked;
