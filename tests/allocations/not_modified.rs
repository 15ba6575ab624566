//! A `304`, whose tag the client has sent.

use allocation_counter::measure;
use axum::response::IntoResponse as _;
use etag_runtime::{ETag as _, Preconditions};
use http::header::{ETAG, IF_NONE_MATCH};
use http::{HeaderMap, HeaderValue, Method, StatusCode};

use crate::article::Article;

/// The line of the request is the field of the response, where it is the tag and nothing else.
#[test]
fn a_tag_that_has_been_sent_is_not_written_again() {
    let tag = Article::load().etag();
    let answer = |line: &str| {
        let mut headers = HeaderMap::new();
        headers.insert(IF_NONE_MATCH, HeaderValue::from_str(line).unwrap());
        let preconditions = Preconditions::new(&Method::GET, &headers);
        let send = || {
            let article = Article::load();
            let mut response = None;
            let allocations = measure(|| response = Some(preconditions.respond(article).into_response())).count_total;
            let response = response.unwrap();
            assert_eq!(response.status(), StatusCode::NOT_MODIFIED, "{line}");
            assert_eq!(response.headers()[ETAG], *tag.to_string(), "{line}");
            allocations
        };
        // What is made once, at the first response, is nobody's cost.
        send();
        send()
    };
    let (alone, listed) = (answer(&tag.to_string()), answer(&format!("{tag}, \"other\"")));
    assert!(alone < listed, "allocations: {alone} for one tag, {listed} for a list");
}
