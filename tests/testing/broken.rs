//! Endpoints with one fault each: the sentence names the rule that they break.

use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};

use axum::Router;
use axum::body::{Body, Bytes};
use axum::extract::Request;
use axum::response::Response;
use etag_runtime::testing::Endpoint;
use etag_runtime::{Current, Decision, EntityTag, HttpDate, Preconditions, Validators};
use http::header::{
    CACHE_CONTROL, CONTENT_LENGTH, CONTENT_TYPE, ETAG, HeaderName, IF_MATCH, IF_MODIFIED_SINCE, IF_NONE_MATCH,
    IF_UNMODIFIED_SINCE, LAST_MODIFIED, VARY,
};
use http::{HeaderMap, HeaderValue, Method, StatusCode};

/// How an endpoint treats a request, and then its answer.
#[derive(Clone, Copy)]
enum Fault {
    /// Before the preconditions are evaluated.
    Reads(fn(&mut HeaderMap)),
    /// The same, of a PUT.
    Writes(fn(&mut HeaderMap)),
    /// After the answer is made.
    Sends(fn(&Method, &mut Response)),
    /// Performs the method first, and then refuses it.
    WritesFirst,
    /// The text is another each time.
    Restless,
}

const DATE: &str = "Sun, 06 Nov 1994 08:49:37 GMT";

/// An endpoint at `/` with this fault and no other.
fn app(fault: Fault) -> Router {
    let text = Arc::new(AtomicU32::new(0));
    Router::new().fallback(async move |mut request: Request| {
        if let Fault::Reads(read) = fault {
            read(request.headers_mut());
        }
        let method = request.method().clone();
        if let (Fault::Writes(read), &Method::PUT) = (fault, &method) {
            read(request.headers_mut());
        }
        let version = text.load(Ordering::Relaxed);
        let tag = if matches!(fault, Fault::Restless) { "v".into() } else { format!("v{version}") };
        let date = HttpDate::parse(DATE.as_bytes(), std::time::SystemTime::now()).unwrap();
        let validators = Validators::new().with_entity_tag(EntityTag::strong(tag)).with_last_modified(date);
        if matches!(fault, Fault::WritesFirst | Fault::Restless)
            && (method == Method::PUT || matches!(fault, Fault::Restless))
        {
            text.fetch_add(1, Ordering::Relaxed);
        }
        let preconditions = Preconditions::new(&method, request.headers());
        let mut response = match preconditions.evaluate(Current::Present(&validators)) {
            Decision::PreconditionFailed => answer(StatusCode::PRECONDITION_FAILED),
            _ if method == Method::PUT => {
                text.fetch_add(1, Ordering::Relaxed);
                answer(StatusCode::NO_CONTENT)
            }
            _ => {
                let mut full = Response::new(Body::from(format!("version {version}")));
                full.headers_mut().append(VARY, HeaderValue::from_static("accept"));
                full.headers_mut().append(VARY, HeaderValue::from_static("origin"));
                full.headers_mut().insert(CONTENT_TYPE, HeaderValue::from_static("text/plain"));
                preconditions.respond_with(validators, full)
            }
        };
        if let Fault::Sends(send) = fault {
            send(&method, &mut response);
        }
        Ok::<_, std::convert::Infallible>(response)
    })
}

fn answer(status: StatusCode) -> Response {
    let mut response = Response::new(Body::empty());
    *response.status_mut() = status;
    response
}

async fn failure(fault: Fault) -> String {
    let app = app(fault);
    let endpoint = Endpoint::new(&app, "/").refuses(Method::PUT, Bytes::from("\"text\""));
    endpoint.check().await.err().map(|failure| failure.to_string()).unwrap_or_default()
}

/// Each line of this field, as another one that `make` makes of it.
fn rewrite(headers: &mut HeaderMap, name: &HeaderName, make: impl Fn(&str) -> Option<String>) {
    let lines: Vec<_> = headers.get_all(name).iter().map(|line| make(line.to_str().unwrap())).collect();
    headers.remove(name);
    for line in lines.into_iter().flatten() {
        headers.append(name, HeaderValue::try_from(line).unwrap());
    }
}

/// The first line of this field is all of it.
fn first_line_only(headers: &mut HeaderMap, name: HeaderName) {
    if let Some(first) = headers.get(&name).cloned() {
        headers.insert(name, first);
    }
}

fn on_304(response: &mut Response, change: impl Fn(&mut HeaderMap)) {
    if response.status() == StatusCode::NOT_MODIFIED {
        change(response.headers_mut());
    }
}

#[tokio::test]
async fn whoever_has_no_fault_passes() {
    assert_eq!(failure(Fault::Reads(|_| {})).await, "");
}

#[tokio::test]
async fn every_fault_is_named() {
    #[rustfmt::skip]
    let table: [(Fault, &str); 34] = [
        (Fault::Sends(|_, response| { response.headers_mut().insert(ETAG, HeaderValue::from_static("v0")); }), "an entity tag is quoted"),
        (Fault::Sends(|_, response| { response.headers_mut().append(ETAG, HeaderValue::from_static("\"b\"")); }), "a representation has one"),
        (Fault::Sends(|_, response| { response.headers_mut().remove(ETAG); response.headers_mut().remove(LAST_MODIFIED); }), "nothing to revalidate by"),
        (Fault::Sends(|_, response| { response.headers_mut().remove(CACHE_CONTROL); }), "may serve the response for hours"),
        (Fault::Sends(|_, response| { response.headers_mut().insert(LAST_MODIFIED, HeaderValue::from_static("Sun, 06 Nov 1994 08:49:37 +0000")); }), "a server sends one date"),
        (Fault::Sends(|_, response| { response.headers_mut().insert(LAST_MODIFIED, HeaderValue::from_static("Fri, 31 Dec 9999 23:59:59 GMT")); }), "later than now"),
        (Fault::Sends(|_, response| { *response.status_mut() = StatusCode::OK; }), "`if-none-match: \"v0\"` was answered 200 OK where 304 Not Modified is right"),
        (Fault::Restless, "a strong validator changes with every octet"),
        (Fault::Reads(|headers| { headers.remove(IF_NONE_MATCH); }), "the client has the current representation"),
        (Fault::Reads(|headers| rewrite(headers, &IF_NONE_MATCH, |line| (!line.starts_with("W/")).then(|| line.into()))), "compares weakly"),
        (Fault::Reads(|headers| rewrite(headers, &IF_NONE_MATCH, |line| Some(line.replace('*', "x")))), "stands for any representation"),
        (Fault::Reads(|headers| rewrite(headers, &IF_NONE_MATCH, |line| line.split(',').next().map(Into::into))), "one member of the list is enough"),
        (Fault::Reads(|headers| rewrite(headers, &IF_NONE_MATCH, |line| Some(line.strip_prefix(", ,").map_or(line, |_| "x").into()))), "empty members of a list are skipped"),
        (Fault::Reads(|headers| first_line_only(headers, IF_NONE_MATCH)), "several field lines are one list"),
        (Fault::Reads(|headers| rewrite(headers, &IF_NONE_MATCH, |line| Some(line.replace("\"*\"", "*")))), "a tag like any other"),
        (Fault::Reads(|headers| rewrite(headers, &IF_NONE_MATCH, |line| Some(if line == "v0" { "\"v0\"".into() } else { line.into() }))), "what is not quoted is no entity tag"),
        (Fault::Reads(|headers| rewrite(headers, &IF_NONE_MATCH, |line| Some(line.replace("v0x", "v0")))), "compared as a whole"),
        (Fault::Reads(|headers| { if headers.contains_key(IF_MODIFIED_SINCE) { headers.remove(IF_NONE_MATCH); } }), "does not count next to If-None-Match"),
        (Fault::Reads(|headers| { headers.remove(IF_MODIFIED_SINCE); }), "it has not been modified since"),
        (Fault::Reads(|headers| rewrite(headers, &IF_MODIFIED_SINCE, |line| line.contains("GMT").then(|| line.into()))), "1994` was answered 200"),
        (Fault::Reads(|headers| { headers.remove(IF_UNMODIFIED_SINCE); }), "it has been modified since"),
        (Fault::Reads(|headers| { headers.remove(IF_MATCH); }), "If-Match holds for every method"),
        (Fault::Sends(|_, response| on_304(response, |headers| { let first = headers[VARY].clone(); headers.insert(VARY, first); })), "every line of them"),
        (Fault::Sends(|_, response| on_304(response, |headers| { headers.remove(CACHE_CONTROL); })), "was answered 304 with another `cache-control` than the 200"),
        (Fault::Sends(|_, response| on_304(response, |headers| { headers.insert(CACHE_CONTROL, HeaderValue::from_static("max-age=60")); })), "304 with another `cache-control` than the 200"),
        (Fault::Sends(|_, response| { let lifetime = if response.status() == StatusCode::OK { "max-age=60" } else { "max-age=3600" }; response.headers_mut().insert(CACHE_CONTROL, HeaderValue::from_static(lifetime)); }), "304 with another `cache-control` than the 200"),
        (Fault::Sends(|_, response| on_304(response, |headers| { headers.insert(CONTENT_LENGTH, HeaderValue::from_static("0")); })), "Content-Length on a 304"),
        (Fault::Sends(|method, response| { if method == Method::HEAD { response.headers_mut().remove(VARY); } }), "HEAD"),
        (Fault::Reads(|headers| { if headers.get(IF_MATCH).is_some_and(|line| !line.as_bytes().starts_with(b"\"")) { headers.remove(IF_MATCH); } }), "no weak tag matches"),
        (Fault::Writes(|headers| { headers.remove(IF_NONE_MATCH); }), "asks that there is nothing"),
        (Fault::Writes(|headers| rewrite(headers, &IF_NONE_MATCH, |line| (line == "*").then(|| line.into()))), "304 is for GET and HEAD only"),
        (Fault::Writes(|headers| { headers.remove(IF_UNMODIFIED_SINCE); }), "it has been modified since, and the method must not be performed"),
        (Fault::Writes(|headers| { if headers.contains_key(IF_UNMODIFIED_SINCE) { headers.remove(IF_MATCH); } }), "does not count next to If-Match"),
        (Fault::WritesFirst, "must not be performed"),
    ];
    for (index, (fault, sentence)) in table.into_iter().enumerate() {
        let failure = failure(fault).await;
        assert!(failure.contains(sentence), "fault {index} should be called `{sentence}`, not:\n{failure}");
    }
}
