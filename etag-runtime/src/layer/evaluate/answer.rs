//! One call of the service, or two; and what is answered.

use std::future;
use std::time::SystemTime;

use axum::body::{Body, Bytes};
use http::header::{
    CONTENT_LENGTH, ETAG, IF_MATCH, IF_MODIFIED_SINCE, IF_NONE_MATCH, IF_RANGE, IF_UNMODIFIED_SINCE, LAST_MODIFIED,
    RANGE, TRANSFER_ENCODING,
};
use http::{HeaderMap, HeaderName, HeaderValue, Method, Request, Response, StatusCode};
use tower_service::Service;

use crate::basis::Basis;
use crate::precondition::Range;
use crate::{Current, Decision, EntityTag, HttpDate, Preconditions, Reason, Validators};

/// The fields that are evaluated here, and by nobody else.
const CONDITIONAL: [HeaderName; 5] = [IF_MATCH, IF_MODIFIED_SINCE, IF_NONE_MATCH, IF_RANGE, IF_UNMODIFIED_SINCE];

/// The answer to a request of a service that is ready.
pub(super) async fn answer<S, A, B>(mut service: S, mut request: Request<A>) -> Result<Response<Body>, S::Error>
where
    S: Service<Request<A>, Response = Response<B>>,
    A: Default,
    B: http_body::Body<Data = Bytes> + Send + 'static,
    B::Error: Into<axum::BoxError>,
{
    if !matches!(*request.method(), Method::GET | Method::HEAD) {
        return Ok(service.call(request).await?.map(Body::new));
    }
    let preconditions = Preconditions::new(request.method(), request.headers());
    for name in CONDITIONAL {
        request.headers_mut().remove(name);
    }
    let Some(range) = preconditions.range() else {
        // On HEAD it means nothing (RFC 9110 § 14.2).
        request.headers_mut().remove(RANGE);
        return Ok(evaluated(&preconditions, service.call(request).await?.map(Body::new)));
    };

    let whole = without_range(&request);
    let first = service.call(request).await?.map(Body::new);
    let refusal = match first.status() {
        StatusCode::PARTIAL_CONTENT if wants_whole(&preconditions, first.headers()) => {
            drop(first);
            None
        }
        StatusCode::RANGE_NOT_SATISFIABLE if !is_asked_plainly(&preconditions, range) => Some(first),
        _ => return Ok(evaluated(&preconditions, first)),
    };
    future::poll_fn(|context| service.poll_ready(context)).await?;
    let second = service.call(whole).await?.map(Body::new);
    match refusal.filter(|_| is_one_range_of_octets(range)) {
        // There are no such octets, and of no other version has the client asked for any.
        Some(mut refusal) if wants_part(&preconditions, &second) => {
            let validators = validators(second.headers());
            let basis = Basis::of_true(&preconditions, Current::Present(&validators));
            basis.record_refusal(Reason::RangeNotSatisfiable, &mut refusal);
            Ok(refusal)
        }
        _ => Ok(evaluated(&preconditions, second)),
    }
}

/// The same request, for all.
fn without_range<A: Default>(request: &Request<A>) -> Request<A> {
    let mut whole = Request::new(A::default());
    *whole.method_mut() = request.method().clone();
    *whole.uri_mut() = request.uri().clone();
    *whole.version_mut() = request.version();
    *whole.headers_mut() = request.headers().clone();
    *whole.extensions_mut() = request.extensions().clone();
    // A content, which no GET needs, has gone with the first.
    for name in [RANGE, CONTENT_LENGTH, TRANSFER_ENCODING] {
        whole.headers_mut().remove(name);
    }
    whole
}

/// Whether the preconditions are true of what has these fields, and `If-Range` is not.
fn wants_whole(preconditions: &Preconditions, headers: &HeaderMap) -> bool {
    let validators = validators(headers);
    let current = Current::Present(&validators);
    preconditions.evaluate(current) == Decision::Proceed && !preconditions.range_applies(current)
}

/// Whether the preconditions are true of this success, and so is `If-Range`.
fn wants_part(preconditions: &Preconditions, response: &Response<Body>) -> bool {
    let validators = validators(response.headers());
    let current = Current::Present(&validators);
    response.status().is_success()
        && preconditions.evaluate(current) == Decision::Proceed
        && preconditions.range_applies(current)
}

/// Whether no condition can make anything else of a `416`.
fn is_asked_plainly(preconditions: &Preconditions, range: &Range) -> bool {
    preconditions.is_unconditional() && range.if_range.is_none() && is_one_range_of_octets(range)
}

/// An unknown unit has to be ignored (RFC 9110 § 14.2), and several ranges are better answered with all than with nothing: § 15.5.17 has
/// `416` for them, too, in a service that cannot send several parts.
fn is_one_range_of_octets(range: &Range) -> bool {
    let unit = |field: &[u8]| field.get(..6).is_some_and(|unit| unit.eq_ignore_ascii_case(b"bytes="));
    range.field.single().is_some_and(|field| unit(field) && !field.contains(&b','))
}

/// What the preconditions make of this answer.
fn evaluated(preconditions: &Preconditions, mut response: Response<Body>) -> Response<Body> {
    let validators = validators(response.headers());
    if response.status().is_success() {
        // Written again, unless they are not to be sent. What cannot be read stays as it is.
        if validators.entity_tag().is_some() {
            response.headers_mut().remove(ETAG);
        }
        if validators.last_modified().is_some() {
            response.headers_mut().remove(LAST_MODIFIED);
        }
    }
    preconditions.respond_with(validators, response)
}

/// The validators in the fields of a response.
fn validators(headers: &HeaderMap) -> Validators {
    let only = |name| {
        let mut lines = headers.get_all(name).into_iter();
        lines.next().filter(|_| lines.next().is_none()).map(HeaderValue::as_bytes)
    };
    let mut validators = Validators::new();
    if let Some(tag) = only(ETAG).and_then(|tag| EntityTag::parse(tag).ok()) {
        validators = validators.with_entity_tag(tag);
    }
    if let Some(date) = only(LAST_MODIFIED).and_then(|date| HttpDate::parse(date, SystemTime::now())) {
        validators = validators.with_last_modified(date);
    }
    validators
}
