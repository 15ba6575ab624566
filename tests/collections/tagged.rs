//! An item of a list that shows its own tag.

use axum::body::to_bytes;
use axum::response::IntoResponse;
use etag_runtime::{Conditional, ETag, Preconditions, StrongETag, Tagged};
use http::header::{ETAG, IF_MATCH};
use http::{HeaderMap, HeaderValue, Method, StatusCode};
use serde_json::Value;

use crate::shelf::{Book, Query, book, get, page};

async fn json(response: axum::response::Response) -> Value {
    serde_json::from_slice(&to_bytes(response.into_body(), 10_000).await.unwrap()).unwrap()
}

/// From the list to a write, without a GET of the item.
#[tokio::test(flavor = "current_thread")]
async fn the_tag_of_an_item_guards_a_write() {
    let shelf = [book(1), book(2)];
    let list = Preconditions::new(&Method::GET, &HeaderMap::new()).respond(page(
        &shelf,
        &Query { limit: 9, ..Query::default() },
        "ada",
    ));
    let list = json(list.into_response()).await;
    let shown = list["items"][1]["etag"].as_str().unwrap();
    assert_eq!(list["items"][1]["title"], "Book 2");

    let own = Preconditions::new(&Method::GET, &HeaderMap::new()).respond(book(2)).into_response();
    assert_eq!(own.headers()[ETAG], shown);

    let mut headers = HeaderMap::new();
    headers.insert(IF_MATCH, HeaderValue::from_str(shown).unwrap());
    let put = Preconditions::new(&Method::PUT, &headers);
    assert!(put.require().guard(Some(book(2))).is_ok());
    assert!(put.require().guard(Some(book(1))).is_err());
}

/// A list of its own, without a page around it.
#[test]
fn a_list_is_a_representation() {
    let seen = vec![book(1), book(2)];
    let status = |current: Vec<Book>| {
        let response: Conditional<Vec<Book>> = get(&seen).respond(current);
        response.into_response().status()
    };
    assert_eq!(status(vec![book(1), book(2)]), StatusCode::NOT_MODIFIED);
    assert_eq!(status(vec![book(2), book(1)]), StatusCode::OK);
    assert_eq!(status(vec![book(1)]), StatusCode::OK);
}

/// With one more member it is another representation of the same state.
#[test]
fn is_no_substitute_for_the_item() {
    let (own, tagged) = (book(1).etag().to_string(), Tagged(book(1)).etag().to_string());
    assert_ne!(own, tagged);
    assert_eq!(own.split_once('.').unwrap().0, tagged.split_once('.').unwrap().0);
    assert_ne!(vec![book(1)].etag(), vec![Tagged(book(1))].etag());
}

#[test]
fn is_the_entity_otherwise() {
    fn guards<T: StrongETag>(_: &T) {}
    let tagged = Tagged::from(book(1));
    guards(&tagged);
    assert_eq!(tagged.title, "Book 1");
    assert_eq!(tagged.validators().last_modified(), book(1).validators().last_modified());
}
