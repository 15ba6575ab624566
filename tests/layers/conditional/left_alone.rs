//! Responses that the layer leaves as they are, octet by octet.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use axum::body::Body;
use axum::response::Response;
use etag_runtime::{ConditionalLayer, EntityTag};
use http::header::{CACHE_CONTROL, CONTENT_LENGTH, CONTENT_RANGE, ETAG, IF_MATCH, IF_NONE_MATCH, SET_COOKIE, TRAILER};
use http::{HeaderName, HeaderValue, Method, StatusCode};
use tower::{Layer as _, service_fn};

use super::body::{Script, Step, frames};
use super::request::{Fields, request, send};

/// The answer to a request whose conditions are false for whatever has a tag, and how often the body was polled before it.
fn answered(
    method: &Method,
    condition: (HeaderName, &str),
    response: impl Fn(Script) -> Response,
) -> (Response, usize) {
    let polled = Arc::new(AtomicUsize::new(0));
    let service = service_fn(|_| {
        let body = Script::new([Step::Data("He"), Step::Data("llo")]).says(5).counting(&polled);
        std::future::ready(Ok::<_, std::convert::Infallible>(response(body)))
    });
    let answer = send(&ConditionalLayer::new().layer(service), request(method, "/", &[condition]));
    (answer, polled.load(Ordering::SeqCst))
}

/// A response with this status and these fields.
fn response(status: u16, fields: Fields<'_>, body: Script) -> Response {
    let mut response = Response::new(Body::new(body));
    *response.status_mut() = StatusCode::from_u16(status).unwrap();
    for (name, value) in fields {
        response.headers_mut().append(name, HeaderValue::from_str(value).unwrap());
    }
    response
}

/// Every row differs in one thing from what the layer takes, which is the first.
#[test]
fn only_what_is_complete_and_nameless_is_taken() {
    let (get, head) = (Method::GET, Method::HEAD);
    #[rustfmt::skip]
    let table: [(&Method, u16, Fields<'_>, bool); 20] = [
        (&get,              200, &[],                                               true),
        (&head,             200, &[],                                               true),
        (&get,              200, &[(CONTENT_LENGTH, "5")],                          true),
        (&get,              200, &[(CACHE_CONTROL, "no-cache")],                    true),
        (&get,              200, &[(ETAG, "\"mine\"")],                             false),
        (&get,              200, &[(ETAG, "no tag at all")],                        false),
        (&get,              200, &[(CACHE_CONTROL, "no-store")],                    false),
        (&get,              200, &[(CACHE_CONTROL, "private"), (CACHE_CONTROL, "max-age=0, No-Store")], false),
        (&get,              200, &[(CONTENT_RANGE, "bytes 0-4/9")],                 false),
        (&get,              200, &[(TRAILER, "checksum")],                          false),
        (&get,              200, &[(CONTENT_LENGTH, "6")],                          false),
        (&head,             200, &[(CONTENT_LENGTH, "6")],                          false),
        (&get,              201, &[],                                               false),
        (&get,              203, &[],                                               false),
        (&get,              206, &[],                                               false),
        (&get,              404, &[],                                               false),
        (&get,              500, &[],                                               false),
        (&Method::POST,     200, &[],                                               false),
        (&Method::OPTIONS,  200, &[],                                               false),
        (&Method::from_bytes(b"QUERY").unwrap(), 200, &[],                          false),
    ];
    for (method, status, fields, taken) in table {
        for (condition, answer) in [((IF_NONE_MATCH, "*"), 304), ((IF_MATCH, "\"none\""), 412)] {
            let row = format!("{method} {status} {fields:?} {condition:?}");
            let fields = [fields, &[(SET_COOKIE, "a=1"), (SET_COOKIE, "b=2")]].concat();
            let (answered, polled) = answered(method, condition, |body| response(status, &fields, body));
            if taken {
                assert_eq!(answered.status(), answer, "{row}");
                continue;
            }
            let untouched = response(status, &fields, Script::new([]));
            assert_eq!(answered.status(), untouched.status(), "{row}");
            assert_eq!(answered.headers(), untouched.headers(), "{row}");
            assert_eq!(polled, 0, "{row}");
            assert_eq!(frames(answered.into_body()), [Step::Data("He"), Step::Data("llo")], "{row}");
        }
    }
}

#[test]
fn a_tag_from_elsewhere_is_not_compared() {
    let tag = EntityTag::strong("mine").to_string();
    let (answer, _) = answered(&Method::GET, (IF_NONE_MATCH, &tag), |body| response(200, &[(ETAG, &tag)], body));
    assert_eq!(answer.status(), StatusCode::OK);
}
