//! One line for every request: what was asked, what was answered, and why.

use std::convert::Infallible;
use std::time::Instant;

use axum::extract::Request;
use axum::http::{Method, StatusCode};
use axum::middleware::Next;
use axum::response::{IntoResponseParts, Response, ResponseParts};

/// Why a request was answered as it was, where the status does not say. It is not sent.
#[derive(Debug, Clone)]
pub(crate) struct Outcome(String);

impl Outcome {
    pub(crate) fn new(outcome: String) -> Outcome {
        Outcome(outcome)
    }
}

impl IntoResponseParts for Outcome {
    type Error = Infallible;

    fn into_response_parts(self, mut parts: ResponseParts) -> Result<ResponseParts, Infallible> {
        parts.extensions_mut().insert(self);
        Ok(parts)
    }
}

/// The middleware that writes the line.
pub(crate) async fn log(request: Request, next: Next) -> Response {
    let begin = Instant::now();
    let (method, path) = (request.method().clone(), request.uri().path().to_owned());
    let response = next.run(request).await;
    let status = response.status();
    let outcome = match response.extensions().get::<Outcome>() {
        Some(Outcome(outcome)) => outcome.as_str(),
        None => outcome(&method, status),
    };
    tracing::info!("{method} {path} {} {outcome} ({:.1?})", status.as_u16(), begin.elapsed());
    response
}

fn outcome(method: &Method, status: StatusCode) -> &'static str {
    match status {
        StatusCode::OK if method.is_safe() => "sent",
        StatusCode::OK => "saved",
        StatusCode::CREATED => "created",
        StatusCode::NO_CONTENT => "deleted",
        StatusCode::NOT_MODIFIED => "the client has it already",
        _ => status.canonical_reason().unwrap_or("answered"),
    }
}
