//! The table against a server: what the axum interface and hyper make of octets on a connection.

use std::sync::Arc;

use axum::Router;
use axum::extract::{Path, State};
use axum::response::{IntoResponse as _, Response};
use etag_runtime::{Current, Deferred, Preconditions, Validators};
use harness::{Connection, request, serve};
use http::header::ETAG;
use http::{HeaderName, HeaderValue, Method, StatusCode};

use crate::case::{self, Case, Exchange, Layer, Resource};
use crate::verdict::{Observed, Reasons, Report, Verdict};

/// SHOULD and MAY that we do not follow: none.
const DEVIATIONS: Reasons = &[];

/// Requests that hyper answers itself, with 400, before any handler sees them: none.
const REFUSED_BY_HYPER: Reasons = &[];

/// On every response that a handler has made.
const HANDLED: HeaderName = HeaderName::from_static("x-handled");
/// On the response to a method that was carried out.
const PERFORMED: HeaderName = HeaderName::from_static("x-performed");

#[test]
fn every_case_of_a_server() {
    let cases = Arc::new(case::load());
    let application = Router::new().route("/{index}", axum::routing::any(answer)).with_state(cases.clone());
    let address = serve(application);
    let mut report = Report::default();
    for (index, case) in cases.iter().enumerate().filter(|(_, case)| case.layer != Layer::Core) {
        let exchange = case.exchange().expect("only exchanges need a server");
        report.add(case, observe(&mut Connection::open(address), index, case, exchange));
    }
    report.assert(DEVIATIONS, REFUSED_BY_HYPER);
    insta::assert_snapshot!("socket", report.summary());
}

/// Sends the request, and says whether the answer is what the case expects.
fn observe(connection: &mut Connection, index: usize, case: &Case, exchange: &Exchange) -> Verdict {
    let lines: Vec<_> = exchange.request_headers.iter().map(|(name, value)| (&**name, case.octets(value))).collect();
    let lines: Vec<_> = lines.iter().map(|(name, value)| (*name, &**value)).collect();
    let body = matches!(&*exchange.method, "PUT" | "POST" | "PATCH").then_some(&b"text"[..]);
    let octets = request(&exchange.method, &format!("/{index}"), &lines, body);

    // With Expect: 100-continue, the body waits for the interim response.
    let waits = lines.iter().any(|(name, _)| *name == "Expect");
    let (head, content) = octets.split_at(octets.len() - body.map_or(0, <[u8]>::len));
    connection.send(if waits { head } else { &octets });
    let mut response = connection.receive(&exchange.method);
    if waits && response.status == 100 {
        connection.send(content);
        response = connection.receive(&exchange.method);
    }

    if !response.has(HANDLED.as_str()) {
        assert_eq!(response.status, 400, "{}: no handler, but {response:?}", case.id);
        return Verdict::NotModelled;
    }
    for field in &exchange.expect.headers_present {
        let present = match field.split_once(": ") {
            Some((name, value)) => response.lines(&name.to_lowercase()).iter().any(|line| line == value),
            None => response.has(&field.to_lowercase()),
        };
        if !present {
            return Verdict::Deviates(format!("no {field}"));
        }
    }
    for field in &exchange.expect.headers_absent {
        // `Name: value` forbids that value. What is forbidden is stricter here: we send no such field at all.
        let name = field.split_once(": ").map_or(&**field, |(name, _)| name);
        if response.has(&name.to_lowercase()) {
            return Verdict::Deviates(format!("{name} is there"));
        }
    }
    exchange.expect.judge(Observed { status: response.status, performed: response.has(PERFORMED.as_str()) })
}

/// A server as a user of the toolkit writes it, for whatever resource a case describes.
async fn answer(
    State(cases): State<Arc<Vec<Case>>>,
    Path(index): Path<usize>,
    method: Method,
    preconditions: Preconditions,
    body: Deferred<String>,
) -> Response {
    let case = &cases[index];
    let resource = &case.exchange().expect("only exchanges are sent").resource;
    let validators = case.validators(resource);
    let current = validators.as_ref().map_or(Current::Absent, Current::Present);
    let mut response = match (method, &validators) {
        // RFC 9110 § 13.2.1: an answer that is no success goes before the preconditions.
        _ if unconditioned(resource).is_some_and(|status| !status.is_success()) => error(resource),
        (Method::GET | Method::HEAD, None) => StatusCode::NOT_FOUND.into_response(),
        (Method::GET | Method::HEAD, Some(validators)) => show(resource, &preconditions, validators.clone()),
        _ => perform(resource, &preconditions, current, body).await,
    };
    response.headers_mut().insert(HANDLED, HeaderValue::from_static("yes"));
    response
}

fn unconditioned(resource: &Resource) -> Option<StatusCode> {
    resource.unconditioned_status.map(|status| StatusCode::from_u16(status).expect("a status code"))
}

fn error(resource: &Resource) -> Response {
    let mut response = unconditioned(resource).into_iter().next().expect("there is an error").into_response();
    if let Some(tag) = &resource.etag_on_error {
        response.headers_mut().insert(ETAG, HeaderValue::from_str(tag).expect("a tag in ASCII"));
    }
    response
}

/// The representation, or the parts of it that were asked for, if it has parts.
fn show(resource: &Resource, preconditions: &Preconditions, validators: Validators) -> Response {
    let whole = vec![b'x'; resource.length];
    let status = unconditioned(resource).unwrap_or_default();
    let fields = resource.headers_200.iter().map(|(name, value)| {
        let name = HeaderName::from_bytes(name.as_bytes()).expect("a field name");
        (name, HeaderValue::from_str(value).expect("a field value"))
    });
    if !resource.range_support {
        let mut response = (status, whole).into_response();
        response.headers_mut().extend(fields);
        return preconditions.respond_with(validators, response);
    }
    let response = preconditions.respond_with_content(validators, whole).status(status);
    fields.fold(response, |response, (name, value)| response.header(name, value)).into_response()
}

/// A method that is not GET or HEAD.
async fn perform(
    resource: &Resource,
    preconditions: &Preconditions,
    current: Current<'_>,
    body: Deferred<String>,
) -> Response {
    if let Err(rejected) = preconditions.check(current) {
        return rejected.into_response();
    }
    if let Err(rejection) = body.extract().await {
        return rejection.into_response();
    }
    let status = unconditioned(resource).unwrap_or(StatusCode::NO_CONTENT);
    (status, [(PERFORMED, "yes")]).into_response()
}
