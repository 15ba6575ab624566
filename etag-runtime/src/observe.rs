//! What was decided about a request: in the response, in an event, and in counters.
//!
//! ```text
//! Preconditions ──▶ decision ──▶ response ─┬─▶ extensions: Decided     for any layer
//!                                          ├─▶ an event                feature `tracing`
//!                                          └─▶ etag_decisions_total    feature `metrics`
//! ```
//!
//! A decision is an answer: it is recorded when a [`Conditional`](crate::Conditional), a [`Rejected`](crate::Rejected) or a
//! [`Refused`](crate::Refused) becomes a response, or when a deletion is committed, and once for each. So a write that is refused, lost, and
//! tried again by its handler is one decision, and so is a `304` by a stamp. Where two decide about one request, such as a handler and an
//! `EvaluateLayer` around it, each is told: one of them is too many. What is only asked
//! ([`evaluate`](crate::Preconditions::evaluate), a [`check`](crate::Preconditions::check) that holds, a permit that is dropped) is none; neither
//! is a response that nobody has evaluated, such as that of `Conditional::of` without a layer. What a service answers under
//! `EvaluateLayer` without success passes as it is.
//!
//! The status is that of the response. If a representation cannot be rendered, the decision stands, and is told with the `500` or whatever else was
//! rendered in its place. A deletion is in events and counters only: its handler makes the response, which has no [`Decided`].
//!
//! | [`Outcome`] | status | |
//! |---|---|---|
//! | `sent` | `200` | the representation is to be sent; of a condition, if there was one, the client has another |
//! | `partial` | `206` | a part of it |
//! | `not-modified` | `304` | |
//! | `written`, `created`, `deleted` | `200`, `201`, `204` | a write that had a permit |
//! | `applied` | `200` | a write that was repeated, and is done already (`unless_applied`) |
//! | `lost` | `412`, `409`, `404` | a write that had a permit, and whose statement has matched no row |
//! | `stale`, `exists`, `missing`, `malformed`, `weak` | `412` | a precondition is false |
//! | `required` | `428` | there is none |
//! | `range-not-satisfiable`, `not-acceptable`, `not-found` | `416`, `406`, `404` | |
//!
//! # Events
//!
//! With the feature `tracing` each decision is one event of the target `etag_runtime`, at the level `DEBUG`. There is no other level: what a
//! client sends, however broken, is no fault of the server. The event has no value that a client has sent.
//!
//! | field | |
//! |---|---|
//! | `outcome` | as in the table above |
//! | `field` | which conditional field has decided, by its name; not there if none has |
//! | `half` | which half of the tag has decided, `state` or `representation`; see [`Half`] |
//! | `status` | of the response |
//! | `elapsed_us` | microseconds, from when the preconditions were taken from the request until the response was made, loading and rendering included |
//!
//! ```standalone_crate
//! # #[cfg(feature = "tracing")] {
//! use std::io::{self, Read as _};
//! use std::sync::Arc;
//!
//! use etag_runtime::{Current, EntityTag, Preconditions, Validators};
//! use http::{HeaderMap, HeaderValue, Method, header::IF_MATCH};
//! use tracing_subscriber::util::SubscriberInitExt as _;
//!
//! let (mut log, writer) = io::pipe()?;
//! let subscriber = tracing_subscriber::fmt().with_max_level(tracing::Level::DEBUG).with_writer(Arc::new(writer));
//! let logging = subscriber.without_time().with_ansi(false).set_default();
//!
//! let headers = HeaderMap::from_iter([(IF_MATCH, HeaderValue::from_static("\"v1\""))]);
//! let current = Validators::new().with_entity_tag(EntityTag::strong("v2"));
//! let refused = Preconditions::new(&Method::PUT, &headers).check(Current::Present(&current)).unwrap_err();
//! assert_eq!(refused.to_response().status(), 412);
//!
//! drop(logging);
//! let mut line = String::new();
//! log.read_to_string(&mut line)?;
//! let expected = r#"DEBUG etag_runtime: decided outcome="stale" field="If-Match" status=412 elapsed_us="#;
//! assert!(line.starts_with(expected), "{line}"); // and the microseconds
//! # }
//! # Ok::<(), std::io::Error>(())
//! ```
//!
//! # Counters
//!
//! With the feature `metrics` each decision is counted by whatever recorder the application has installed for the crate `metrics`:
//!
//! | counter | labels | |
//! |---|---|---|
//! | `etag_decisions_total` | `outcome`, `reason`, `field` | `field` is `none` where no field has decided, and `reason` where nothing was refused or lost |
//! | `etag_bytes_not_sent_total` | | what `304`s have saved, if a `NotSentLayer` is around the handlers |
//!
//! The labels are words of this module, so that no client adds any. `reason` is the outcome of whoever is refused for it, so that it tells which
//! `lost` was a `404` (`not-found`), a `409` (`conflict`) and a `412` (the others); summed by it, who came late and who lost a race count together.
//!
//! # In a layer
//!
//! ```
//! # #[cfg(all(feature = "axum", feature = "derive"))] {
//! use axum::extract::Request;
//! use axum::http::{HeaderName, HeaderValue};
//! use axum::middleware::{Next, from_fn};
//! use axum::response::Response;
//! use axum::routing::get;
//! use axum::{Router, body::Body};
//! use etag_runtime::observe::{Decided, Field, Outcome};
//! use etag_runtime::{Conditional, ETag, Preconditions};
//! # use tower::ServiceExt as _;
//!
//! #[derive(serde::Serialize, ETag)]
//! struct Note {
//!     #[etag(version)]
//!     version: u32,
//! }
//!
//! async fn show(preconditions: Preconditions) -> Conditional<Note> {
//!     preconditions.respond(Note { version: 7 })
//! }
//!
//! /// A field for whoever looks at the network tab of a browser.
//! async fn tell(request: Request, next: Next) -> Response {
//!     let mut response = next.run(request).await;
//!     if let Some(&decided) = response.extensions().get::<Decided>() {
//!         let by = decided.field().map_or("none", Field::name);
//!         let told = HeaderValue::try_from(format!("{}; by={by}", decided.outcome()));
//!         response.headers_mut().extend(told.map(|told| (HeaderName::from_static("x-decided"), told)));
//!     }
//!     response
//! }
//!
//! let app = Router::new().route("/note", get(show)).layer(from_fn(tell));
//! # tokio::runtime::Builder::new_current_thread().build().unwrap().block_on(async {
//! let tag = Note { version: 7 }.etag().to_string();
//! let request = Request::get("/note").header("if-none-match", tag).body(Body::empty())?;
//! let response = app.oneshot(request).await?;
//! assert_eq!(response.headers()["x-decided"], "not-modified; by=If-None-Match");
//! assert_eq!(response.extensions().get().map(Decided::outcome), Some(Outcome::NotModified));
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! # }).unwrap();
//! # }
//! ```

#[cfg(feature = "metrics")]
mod counters;
#[cfg(feature = "tracing")]
mod event;
#[cfg(feature = "metrics")]
mod not_sent;
mod words;

use std::time::Duration;

use http::StatusCode;

#[cfg(feature = "metrics")]
pub use self::counters::describe;
#[cfg(feature = "metrics")]
pub use self::not_sent::{NotSent, NotSentLayer, ResponseFuture};
pub use self::words::{Field, Half, Outcome};

/// What was decided about a request, among the extensions of its response; not of a deletion, whose response is made by the handler.
///
/// Where two have decided, such as a handler and an `EvaluateLayer` around it, it is what the outer one has.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Decided {
    outcome: Outcome,
    field: Option<Field>,
    half: Option<Half>,
    elapsed: Option<Duration>,
}

impl Decided {
    pub(crate) fn new(
        outcome: Outcome,
        field: Option<Field>,
        half: Option<Half>,
        elapsed: Option<Duration>,
    ) -> Decided {
        Decided { outcome, field, half, elapsed }
    }

    /// What the request has come to.
    #[must_use]
    pub fn outcome(&self) -> Outcome {
        self.outcome
    }

    /// The conditional field that has decided: the first one that is false, or, where all are true, the last one that was evaluated
    /// (RFC 9110 § 13.2.2).
    ///
    /// `None` if there is none, if it was ignored, as a date that is none, or if something else has decided, as for a `404`. That of a `428`
    /// is an `If-Match: *` that was not enough.
    #[must_use]
    pub fn field(&self) -> Option<Field> {
        self.field
    }

    /// The half of the entity tag that has decided, where it has two and the field names tags.
    #[must_use]
    pub fn half(&self) -> Option<Half> {
        self.half
    }

    /// From when the preconditions were taken from the request until the response was made. `None` for what was made without any, such as
    /// [`Rejected::not_found`](crate::Rejected::not_found).
    #[must_use]
    pub fn elapsed(&self) -> Option<Duration> {
        self.elapsed
    }

    /// Tells those who observe.
    pub(crate) fn record(&self, status: StatusCode) {
        #[cfg(feature = "tracing")]
        event::emit(self, status);
        #[cfg(feature = "metrics")]
        counters::count(self);
        #[cfg(not(feature = "tracing"))]
        let _ = status;
    }
}
