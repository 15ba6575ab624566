//! [`Conditional`] and [`Rejected`] as responses.

use std::pin::Pin;
use std::task::{Context, Poll};

use axum::Json;
use axum::body::{Body, Bytes};
use axum::response::{IntoResponse, Response};
use http_body::Frame;
use serde::Serialize;

use crate::{Conditional, Preconditions, Refused, Rejected, Validators};

impl Preconditions {
    /// [`respond`](Preconditions::respond) with validators that come from elsewhere: an object store, a file, a proxied
    /// service.
    ///
    /// A Last-Modified of this second or later is left out, as [`Validators::settled`] says. A response that is no
    /// success, such as a `404`, is left alone. The response is made before it is known whether
    /// it will be sent; to make it only when needed, ask [`check`](Preconditions::check) or
    /// [`evaluate`](Preconditions::evaluate) first.
    ///
    /// # Examples
    ///
    /// ```
    /// use axum::response::{IntoResponse, Response};
    /// use etag_runtime::{EntityTag, Preconditions, Validators};
    ///
    /// async fn logo(preconditions: Preconditions) -> Response {
    ///     let validators = Validators::new().with_entity_tag(EntityTag::strong("logo-2"));
    ///     preconditions.respond_with(validators, "<svg/>")
    /// }
    /// ```
    pub fn respond_with(&self, validators: Validators, response: impl IntoResponse) -> Response {
        let (parts, body) = response.into_response().into_parts();
        if !parts.status.is_success() {
            return Response::from_parts(parts, body);
        }
        let mut response = self
            .respond_with_validators(validators, body)
            .status(parts.status)
            .headers(parts.headers)
            .into_response_with(Response::new, not_modified);
        *response.extensions_mut() = parts.extensions;
        response
    }
}

/// As JSON, which is serialized only for a `200`, also to HEAD, since it decides `Content-Length`.
impl<T: Serialize> IntoResponse for Conditional<T> {
    fn into_response(self) -> Response {
        self.into_response_with(|model| Json(model).into_response(), not_modified)
    }
}

/// As `application/problem+json`.
impl IntoResponse for Rejected {
    fn into_response(self) -> Response {
        self.to_response().map(Body::from)
    }
}

/// As `application/problem+json`.
impl<T> IntoResponse for Refused<T> {
    fn into_response(self) -> Response {
        Rejected::from(self).into_response()
    }
}

/// The body of a `304`.
fn not_modified() -> Body {
    Body::new(UnknownSize)
}

/// No body, but also no size: axum and hyper write `content-length: 0` for a body that is known to be empty, which on
/// a `304` would be the length of the representation (RFC 9110 § 8.6).
struct UnknownSize;

impl http_body::Body for UnknownSize {
    type Data = Bytes;
    type Error = std::convert::Infallible;

    fn poll_frame(
        self: Pin<&mut Self>,
        _: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, std::convert::Infallible>>> {
        Poll::Ready(None)
    }

    fn is_end_stream(&self) -> bool {
        true
    }
}
