//! HEAD: the tag of GET, or none (RFC 9110 § 9.3.2).

use axum::Router;
use axum::response::{AppendHeaders, Response};
use axum::routing::{get, head};
use etag_runtime::ConditionalLayer;
use http::header::{CONTENT_LENGTH, ETAG, IF_MATCH, IF_NONE_MATCH};
use http::{Method, StatusCode};
use tower::Layer as _;

use super::body::content;
use super::request::{field, request, send};

#[test]
fn head_has_the_fields_of_get() {
    let app = Router::new().route("/", get(|| async { "Hello" })).layer(ConditionalLayer::new());
    let tag = field(&send(&app, request(&Method::GET, "/", &[])), ETAG).to_owned();
    let conditions = [(IF_NONE_MATCH, tag.as_str(), 304), (IF_MATCH, "\"other\"", 412), (IF_MATCH, &tag, 200)];
    for (condition, value, status) in conditions {
        let [get, head] =
            [Method::GET, Method::HEAD].map(|m| send(&app, request(&m, "/", &[(condition.clone(), value)])));
        assert_eq!((get.status().as_u16(), head.status().as_u16()), (status, status), "{condition}: {value}");
        assert_eq!(head.headers(), get.headers(), "{condition}: {value}");
        assert_eq!(content(head.into_body()), "");
    }
}

/// Where axum has taken the content from the response already, it cannot be hashed, and nothing is hashed in its place.
#[test]
fn a_head_without_content_has_no_tag_of_its_own() {
    let with_length = || async { (AppendHeaders([(CONTENT_LENGTH, "5")]), "") };
    let around = ConditionalLayer::new().layer(Router::new().route("/", get(|| async { "Hello" })));
    let inside = |method_router| Router::new().route("/", method_router).layer(ConditionalLayer::new());
    let answers: [(&str, Response); 3] = [
        ("a layer around the router", send(&around, request(&Method::HEAD, "/", &[(IF_NONE_MATCH, "*")]))),
        (
            "a handler with a length",
            send(&inside(head(with_length)), request(&Method::HEAD, "/", &[(IF_NONE_MATCH, "*")])),
        ),
        ("a handler without", send(&inside(head(|| async {})), request(&Method::HEAD, "/", &[(IF_NONE_MATCH, "*")]))),
    ];
    for (name, answer) in answers {
        assert_eq!(answer.status(), StatusCode::OK, "{name}");
        assert!(!answer.headers().contains_key(ETAG), "{name}: {:?}", answer.headers());
    }
    let get = send(&around, request(&Method::GET, "/", &[]));
    assert!(get.headers().contains_key(ETAG));
}

/// So that both methods are treated alike, whatever the layer can see of the content.
#[test]
fn an_empty_content_has_no_tag() {
    let app = Router::new().route("/", get(|| async {})).layer(ConditionalLayer::new());
    for method in [Method::GET, Method::HEAD] {
        let answer = send(&app, request(&method, "/", &[(IF_NONE_MATCH, "*")]));
        assert_eq!(answer.status(), StatusCode::OK, "{method}");
        assert!(!answer.headers().contains_key(ETAG), "{method}");
        assert_eq!(field(&answer, CONTENT_LENGTH), "0", "{method}");
    }
}
