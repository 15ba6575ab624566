//! [`Conditional`] and [`Rejected`] as responses.

use std::mem;
use std::pin::Pin;
use std::task::{Context, Poll};

use axum::Json;
use axum::body::{Body, Bytes};
use axum::response::{IntoResponse, Response};
use http_body::Frame;
use serde::Serialize;

use crate::basis::{Taken, carry};
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
        self.respond_since(self.taken, validators, response.into_response())
    }

    /// The same, to a request that was taken then.
    pub(crate) fn respond_since(&self, taken: Taken, validators: Validators, mut response: Response) -> Response {
        if !response.status().is_success() {
            return response;
        }
        let mut conditional = self.respond_with_validators(validators, ());
        conditional.basis = conditional.basis.since(taken);
        if conditional.is_representation() {
            return conditional.into_response_with(|()| response, not_modified);
        }
        let mut extensions = mem::take(response.extensions_mut());
        let headers = mem::take(response.headers_mut());
        let mut instead = conditional.headers(headers).into_response_with(|()| response, not_modified);
        carry(instead.extensions(), &mut extensions);
        *instead.extensions_mut() = extensions;
        instead
    }
}

impl<T> Conditional<T> {
    /// The response, whose representation is what `render` makes of the model: HTML, CBOR, anything that axum can send. It is called
    /// only if there is one to be sent.
    ///
    /// What the client gets has to be that which the preconditions know of: name its media type, and whatever else decides
    /// its octets, with [`with_variant`](Preconditions::with_variant).
    ///
    /// # Examples
    ///
    /// ```
    /// # #[cfg(all(feature = "derive", feature = "negotiation"))] {
    /// use axum::Json;
    /// use axum::response::{Html, IntoResponse, Response, Result};
    /// use etag_runtime::{Accept, ETag, Preconditions};
    ///
    /// #[derive(serde::Serialize, ETag)]
    /// struct Note {
    ///     text: String,
    ///     #[etag(version)]
    ///     version: u32,
    /// }
    ///
    /// #[derive(Clone, Copy)]
    /// enum Form {
    ///     Json,
    ///     Html,
    /// }
    ///
    /// const FORMS: &[(&str, Form)] = &[("application/json", Form::Json), ("text/html", Form::Html)];
    ///
    /// async fn show(preconditions: Preconditions, accept: Accept) -> Result<Response> {
    ///     # let load = || Note { text: "Hello".into(), version: 1 };
    ///     let (form, media_type) = accept.choose(FORMS)?;
    ///     let note = preconditions.with_variant(media_type).respond(load());
    ///     Ok(note.render(|note| match form {
    ///         Form::Json => Json(note).into_response(),
    ///         Form::Html => Html(format!("<p>{}</p>", note.text)).into_response(), // escaped, in earnest
    ///     }))
    /// }
    /// # }
    /// ```
    pub fn render<R: IntoResponse>(self, render: impl FnOnce(T) -> R) -> Response {
        self.into_response_with(|model| render(model).into_response(), not_modified)
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
        self.to_response_with(Body::from)
    }
}

/// As `application/problem+json`.
impl<T> IntoResponse for Refused<T> {
    fn into_response(self) -> Response {
        Rejected::from(self).into_response()
    }
}

/// The body of a `304`.
pub(super) fn not_modified() -> Body {
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
