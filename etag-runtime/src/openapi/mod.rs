//! Conditional requests in an `OpenAPI` document, with [utoipa].
//!
//! ```text
//! Preconditions, ForWrite<P>, ForUpsert<P>, ForCreation<P> ──parameters──▶ If-Match, If-None-Match, …
//! Conditional<T>, Replaced<T>, Upserted<T>, Created<T>, Deleted ──────────▶ 200, 201, 204, 304 and their fields
//! ForWrite<P>, …, Rejected, Deferred<E>, NotFound ──responses─────────────▶ 404, 409, 412, 428 and their problem
//! ```
//!
//! What the types of a handler's signature do is said by the same types in its `#[utoipa::path]`:
//!
//! | the handler | `params` | `responses` |
//! |---|---|---|
//! | reads | [`Preconditions`] | [`Conditional<T>`], and [`NotFound`] if it may be absent |
//! | changes what is there | [`ForWrite`] | [`Replaced<T>`], [`NotFound`], [`ForWrite`] |
//! | deletes | [`ForWrite`] | [`Deleted`], [`NotFound`], [`ForWrite`] |
//! | replaces or creates (PUT) | [`ForUpsert`] | [`Upserted<T>`], [`ForUpsert`] |
//! | creates at its target | [`ForCreation`] | [`Created<T>`], [`ForCreation`] |
//! | adds to a collection (POST) | `ForWrite<Optional>` | [`Created<T>`], `ForWrite<Optional>` |
//! | defers its body | | [`Deferred<Json<_>>`](crate::Deferred) too |
//!
//! The policy `P` decides whether a field is required and whether `428` or `409` is among the answers. A handler that
//! asks for its policy in another way, such as [`Preconditions::require`], names it here by the type.
//!
//! An object is referred to by its name, so that it has to be among the schemas of the document; so has [`Rejected`], whose schema is
//! the problem document. Anything else, and a type with parameters, is written out. The fields that a response has are those
//! that it may have: `Vary` if a variant was selected, `Last-Modified` if it is true. Two sets with the same status do not add up: the
//! later one counts. Parts of a representation, `Range` and `206`, are described by nothing here: they belong to files more than to models.
//!
//! # Examples
//!
//! ```
//! # #[cfg(feature = "derive")] {
//! use axum::Json;
//! use axum::response::Result;
//! use etag_runtime::openapi::{NotFound, Replaced};
//! use etag_runtime::{Conditional, Deferred, ETag, ForWrite, Preconditions, Rejected};
//! use utoipa::{OpenApi, ToSchema};
//!
//! #[derive(serde::Serialize, ETag, ToSchema)]
//! struct Note {
//!     text: String,
//!     #[etag(version)]
//!     version: u32,
//! }
//!
//! #[utoipa::path(get, path = "/note", params(Preconditions), responses(Conditional<Note>, NotFound))]
//! async fn show(preconditions: Preconditions) -> Result<Conditional<Note>> {
//!     # let find = || Some(Note { text: "Hello".into(), version: 1 });
//!     Ok(preconditions.respond(find().ok_or(Rejected::not_found())?))
//! }
//!
//! #[utoipa::path(
//!     put,
//!     path = "/note",
//!     params(ForWrite),
//!     request_body = String,
//!     responses(Replaced<Note>, NotFound, ForWrite, Deferred<Json<String>>),
//! )]
//! async fn replace(preconditions: ForWrite, body: Deferred<Json<String>>) -> Result<Conditional<Note>> {
//!     # let find = || Some(Note { text: "Hello".into(), version: 1 });
//!     let current = preconditions.guard(find())?;
//!     let Json(text) = body.extract().await?;
//!     let saved = Note { text, version: current.version + 1 };
//!     Ok(current.commit(Some(saved))?)
//! }
//!
//! #[derive(OpenApi)]
//! #[openapi(paths(show, replace), components(schemas(Note, Rejected)))]
//! struct Api;
//!
//! let api = serde_json::to_value(Api::openapi())?;
//! let note = &api["paths"]["/note"];
//! let statuses = |method: &str| -> Vec<&String> { note[method]["responses"].as_object().unwrap().keys().collect() };
//! assert_eq!(statuses("get"), ["200", "304", "404", "412"]);
//! assert_eq!(statuses("put"), ["200", "400", "404", "412", "413", "415", "422", "428"]);
//!
//! let if_match = &note["put"]["parameters"][0];
//! assert_eq!((&if_match["name"], &if_match["required"]), (&"If-Match".into(), &true.into()));
//! assert!(note["get"]["responses"]["304"]["headers"].get("ETag").is_some());
//! assert!(note["get"]["responses"]["304"].get("content").is_none());
//!
//! let lost = &note["put"]["responses"]["412"]["content"]["application/problem+json"]["schema"]["allOf"];
//! assert_eq!(lost[0]["$ref"], "#/components/schemas/Rejected");
//! assert_eq!(lost[1]["properties"]["reason"]["enum"][0], "stale");
//! # }
//! # Ok::<(), serde_json::Error>(())
//! ```
//!
//! [utoipa]: https://docs.rs/utoipa/6
//! [`Preconditions`]: crate::Preconditions
//! [`Preconditions::require`]: crate::Preconditions::require
//! [`Conditional<T>`]: crate::Conditional
//! [`ForWrite`]: crate::ForWrite
//! [`Rejected`]: crate::Rejected

mod fields;
mod parameters;
mod problem;
mod refusals;
mod schemas;
mod successes;

pub use parameters::{ForCreation, ForUpsert};
pub use refusals::{Conflict, NotFound, PreconditionFailed, PreconditionRequired};
pub use successes::{Created, Deleted, Replaced, Upserted};
