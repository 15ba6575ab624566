//! For the tests of an application: whether an endpoint answers conditional requests rightly, and whether a tag sees what the body shows.
//!
//! ```text
//! Endpoint ──▶ exchange (request, response) ─┬─ reading ─┐
//!                                            └─ writing ─┴─▶ Failure: a sentence, and the section of RFC 9110
//! model ──▶ uncovered ──▶ the members that can change without the tag
//! ```
//!
//! Only what can be seen from outside counts: the endpoint need not use this crate.
//!
//! # Examples
//!
//! ```
//! # #[cfg(feature = "derive")] {
//! use axum::routing::get;
//! use axum::{Json, Router, response::Result};
//! use etag_runtime::testing::{Endpoint, assert_conditional, uncovered};
//! use etag_runtime::{Conditional, Deferred, ETag, Preconditions};
//! use http::Method;
//! use serde::{Deserialize, Serialize};
//!
//! #[derive(Serialize, Deserialize, ETag)]
//! struct Note {
//!     text: String,
//!     #[etag(version)]
//!     version: u32,
//! }
//!
//! fn load() -> Note {
//!     Note { text: "Hello".into(), version: 1 }
//! }
//!
//! async fn show(preconditions: Preconditions) -> Conditional<Note> {
//!     preconditions.respond(load())
//! }
//!
//! async fn replace(preconditions: Preconditions, body: Deferred<Json<String>>) -> Result<Conditional<Note>> {
//!     let current = preconditions.require().guard(Some(load()))?;
//!     let Json(text) = body.extract().await?;
//!     let version = current.version + 1;
//!     Ok(current.commit(Some(Note { text, version }))?)
//! }
//!
//! # async fn test() {
//! let app = Router::new().route("/note", get(show).put(replace));
//! assert_conditional(&app, "/note").await;
//! Endpoint::new(&app, "/note").refuses(Method::PUT, "\"text\"").assert().await;
//! # }
//! # let mut test = std::pin::pin!(test());
//! # let mut context = std::task::Context::from_waker(std::task::Waker::noop());
//! # assert!(test.as_mut().poll(&mut context).is_ready());
//!
//! // The version stands for the text. A member that nobody has thought of would be listed here too.
//! assert_eq!(uncovered(&load()), ["/text"]);
//! # }
//! ```

mod dates;
mod endpoint;
mod exchange;
mod failure;
mod freshness;
mod reading;
mod uncovered;
mod writing;

pub use endpoint::{Endpoint, assert_conditional};
pub use failure::Failure;
pub use uncovered::uncovered;
