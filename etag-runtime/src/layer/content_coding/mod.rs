//! Entity tags for content codings: a layer around one that compresses.
//!
//! ```text
//! request ──Asked::of──▶ tags without codings ──▶ tower_http::compression ──▶ handlers
//!                                                            │
//! client ◀── tags with codings, Vary ◀──Asked::answer────────┘
//! ```
//!
//! What is compressed is another representation: other octets, and so another strong tag ([RFC 9110 § 8.8.3.3]). A layer that compresses
//! leaves the tag as it was. A cache may then take one for the other, and a client that continues a broken download joins octets
//! that do not belong together. [`ContentCodingLayer`] appends the coding to the tag on the way out, and takes it off on the way in. Nothing
//! within has to know of codings, and whoever writes may have seen any of them.
//!
//! | on the wire | what happens |
//! |---|---|
//! | a success with `ETag: "s.r"` and `Content-Encoding: gzip` | becomes `ETag: "s.r-gzip"`; weak stays weak, further codings follow |
//! | `If-None-Match: "s.r-gzip"` on GET and HEAD, and `Accept-Encoding` lists gzip | counts as `"s.r"` too |
//! | the same, but gzip is not accepted any more | counts for nothing: the client gets what it can read |
//! | `If-None-Match: "s.r"`, and `Accept-Encoding` refuses identity | likewise |
//! | the `304` | names the tag that the client has, and has neither content nor `Content-Encoding` |
//! | a success or a `304` to GET and HEAD | has `Vary: accept-encoding` |
//! | `If-Match` or `If-None-Match` with `"s.r-gzip"`, on a write | counts as `"s.r"` too, whatever is accepted |
//! | `If-Match: "s.r-gzip"` on GET and HEAD | likewise if gzip is accepted, but not with `Range`: a part is never coded |
//! | `Range` with `If-Range: "s.r-gzip"` | `Range` is dropped, and the whole is sent |
//! | `Range` with a date in `If-Range`, and some coding is accepted | likewise: all codings have the same date |
//! | `412` and other refusals | keep their tag, which is that of the representation and not of the problem document |
//!
//! The codings that are read in a request are br, compress, deflate, gzip and zstd. Any other gets a tag of its own as well, with which nothing is
//! revalidated. A request without `Accept-Encoding` accepts what it is going to be sent, which is no coding.
//!
//! A tag of your own that ends as if it had a coding works, unless a resource has both: with `"v7"` and `"v7-gzip"` for different
//! states, whoever has seen the one is taken to know the other.
//!
//! # Examples
//!
//! Around the layer that compresses, which in axum and in `tower::ServiceBuilder` are opposite orders:
//!
//! ```
//! # #[cfg(feature = "derive")] {
//! use axum::{Router, body::Body, extract::Request, response::Response, routing::get};
//! use etag_runtime::{Conditional, ContentCodingLayer, ETag, Preconditions};
//! use http::header::{ACCEPT_ENCODING, ETAG, IF_NONE_MATCH};
//! use tower::ServiceExt as _;
//! use tower_http::compression::CompressionLayer;
//!
//! #[derive(serde::Serialize, ETag)]
//! struct Note {
//!     text: String,
//!     #[etag(version)]
//!     version: u32,
//! }
//!
//! async fn show(preconditions: Preconditions) -> Conditional<Note> {
//!     preconditions.respond(Note { text: "milk, ".repeat(20), version: 1 })
//! }
//!
//! # #[tokio::main(flavor = "current_thread")]
//! # async fn main() -> Result<(), Box<dyn std::error::Error>> {
//! let app: Router = Router::new()
//!     .route("/note", get(show))
//!     .layer(CompressionLayer::new())
//!     .layer(ContentCodingLayer::new()); // the last is the outermost
//!
//! let request = Request::get("/note").header(ACCEPT_ENCODING, "gzip");
//! let compressed: Response = app.clone().oneshot(request.body(Body::empty())?).await?;
//! let tag = &compressed.headers()[ETAG];
//! assert!(tag.to_str()?.ends_with("-gzip\""));
//! assert_eq!(compressed.headers()["vary"], "accept-encoding");
//!
//! // The client has the current representation, as long as it reads gzip.
//! let again = |accepted| Request::get("/note").header(ACCEPT_ENCODING, accepted).header(IF_NONE_MATCH, tag);
//! let unchanged = app.clone().oneshot(again("gzip, br").body(Body::empty())?).await?;
//! assert_eq!((unchanged.status().as_u16(), &unchanged.headers()[ETAG]), (304, tag));
//! let plain = app.clone().oneshot(again("br, gzip;q=0").body(Body::empty())?).await?;
//! assert_eq!(plain.status(), 200);
//! # Ok(())
//! # }
//! # main().unwrap();
//! # }
//! ```
//!
//! [RFC 9110 § 8.8.3.3]: https://www.rfc-editor.org/rfc/rfc9110.html#section-8.8.3.3

mod accepted;
mod body;
mod coding;
mod future;
mod layer;
mod request;
mod response;
mod service;

pub use body::ResponseBody;
pub use future::ResponseFuture;
pub use layer::ContentCodingLayer;
pub use service::ContentCoding;

use request::Asked;
