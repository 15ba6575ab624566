//! One line for every request: what was asked, what was answered, and what the preconditions had to do with it.

use std::borrow::Cow;
use std::time::Instant;

use axum::extract::Request;
use axum::middleware::Next;
use axum::response::Response;
use etag_runtime::observe::Decided;

/// The middleware that writes the line.
pub(crate) async fn log(request: Request, next: Next) -> Response {
    let begin = Instant::now();
    let (method, path) = (request.method().clone(), request.uri().path().to_owned());
    let response = next.run(request).await;
    let (status, outcome) = (response.status().as_u16(), outcome(&response));
    tracing::info!("{method} {path} {status} {outcome} ({:.1?})", begin.elapsed());
    response
}

/// What was decided, in the words of the runtime; of an answer without a decision, such as that to a deletion, what its status means.
fn outcome(response: &Response) -> Cow<'static, str> {
    let Some(decided) = response.extensions().get::<Decided>() else {
        return response.status().canonical_reason().unwrap_or("answered").into();
    };
    match decided.field() {
        Some(field) => format!("{} by {}", decided.outcome(), field.name()).into(),
        None => decided.outcome().name().into(),
    }
}
