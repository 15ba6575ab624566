//! Problem documents (RFC 9457), for every error that is not about a precondition; those bring their own.

use std::borrow::Cow;

use axum::Json;
use axum::http::header::{CACHE_CONTROL, CONTENT_TYPE};
use axum::http::{HeaderValue, StatusCode};
use axum::response::{IntoResponse, Response};
use serde::Serialize;
use utoipa::ToSchema;

/// What is wrong, and with which fields of the request.
#[derive(Debug)]
pub(crate) struct Problem {
    status: StatusCode,
    detail: Cow<'static, str>,
    errors: Vec<Invalid>,
}

/// A field of the request that cannot be accepted.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Invalid {
    /// A JSON pointer (RFC 6901) into the body, as a fragment of a URI.
    pointer: String,
    #[schema(value_type = String)]
    detail: Cow<'static, str>,
}

impl Invalid {
    pub(crate) fn new(field: &str, detail: impl Into<Cow<'static, str>>) -> Invalid {
        Invalid { pointer: format!("#/{field}"), detail: detail.into() }
    }
}

impl Problem {
    pub(crate) fn new(status: StatusCode, detail: impl Into<Cow<'static, str>>) -> Problem {
        Problem { status, detail: detail.into(), errors: Vec::new() }
    }

    /// `422`: the body is understood, but these of its fields cannot be accepted.
    pub(crate) fn invalid(errors: Vec<Invalid>) -> Problem {
        let detail = "Nothing was changed. The fields in `errors` cannot be accepted.".into();
        Problem { status: StatusCode::UNPROCESSABLE_ENTITY, detail, errors }
    }
}

/// What is wrong with a request (RFC 9457). Its type is `about:blank`, where the status says what kind of problem it is.
#[derive(Serialize, ToSchema)]
#[schema(as = Problem)]
pub(crate) struct Document<'a> {
    r#type: &'a str,
    title: &'a str,
    status: u16,
    detail: &'a str,
    #[serde(skip_serializing_if = "<[_]>::is_empty")]
    #[schema(required = false)]
    errors: &'a [Invalid],
}

impl IntoResponse for Problem {
    fn into_response(self) -> Response {
        let document = Document {
            r#type: "about:blank",
            title: self.status.canonical_reason().unwrap_or("Error"),
            status: self.status.as_u16(),
            detail: &self.detail,
            errors: &self.errors,
        };
        let mut response = (self.status, Json(document)).into_response();
        let headers = response.headers_mut();
        headers.insert(CONTENT_TYPE, HeaderValue::from_static("application/problem+json"));
        headers.insert(CACHE_CONTROL, HeaderValue::from_static("no-store"));
        response
    }
}
