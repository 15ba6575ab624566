//! Something is added to a collection, if that is still the one the client has seen.

use etag_runtime::{ETag, Reason};
use http::header::{CONTENT_LOCATION, ETAG, LOCATION};
use http::{Method, StatusCode};
use serde::Serialize;

use crate::request::{Article, article, request, sent};

#[derive(Debug, Serialize, ETag)]
struct Page {
    #[etag(related)]
    items: Vec<Article>,
    #[etag(content)]
    number: u32,
}

fn page(versions: &[u32]) -> Page {
    Page { items: versions.iter().copied().map(article).collect(), number: 1 }
}

#[test]
fn to_an_unchanged_page() {
    let post = request(&Method::POST, &[("if-match", &page(&[1, 2]).etag().to_string())]);
    let current = post.guard(Some(page(&[1, 2]))).unwrap();
    let added = current.commit_appended(Some(article(3))).unwrap().created("/articles/3");
    let (response, body) = sent(added);
    assert_eq!(response.status(), StatusCode::CREATED);
    assert_eq!(response.headers()[LOCATION], "/articles/3");
    assert_eq!(response.headers()[CONTENT_LOCATION], "/articles/3");
    assert_eq!(response.headers()[ETAG], *article(3).etag().to_string());
    assert_eq!(body["version"], 3);
}

#[test]
fn to_a_page_that_has_changed() {
    let post = request(&Method::POST, &[("if-match", &page(&[1, 2]).etag().to_string())]);
    for other in [&[1][..], &[2, 1], &[1, 3], &[1, 2, 3]] {
        assert_eq!(post.guard(Some(page(other))).unwrap_err().reason(), Reason::Stale, "{other:?}");
    }
    let late = post.guard(Some(page(&[1, 2]))).unwrap();
    let lost = late.commit_appended(None::<Article>).unwrap_err();
    assert_eq!(lost.reason(), Reason::Stale);
}
