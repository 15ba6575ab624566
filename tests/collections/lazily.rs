//! The model is loaded only for whom the stamp does not answer.

use std::cell::Cell;
use std::future::ready;
use std::time::{Duration, SystemTime};

use axum::response::IntoResponse;
use etag_runtime::{ETag, Preconditions, Rejected};
use http::header::{self, ETAG};
use http::{HeaderMap, HeaderName, HeaderValue, Method, StatusCode};

use crate::shelf::{Book, book};

/// A stamp of the same validators: the book itself.
struct Shelf {
    stamped: Book,
    loaded: Book,
    queries: Cell<(u8, u8)>,
}

impl Shelf {
    fn new(stamped: Book, loaded: Book) -> Shelf {
        Shelf { stamped, loaded, queries: Cell::new((0, 0)) }
    }

    async fn stamp(&self) -> Result<Book, Rejected> {
        let (stamps, models) = self.queries.get();
        self.queries.set((stamps + 1, models));
        ready(Ok(self.stamped.clone())).await
    }

    async fn load(&self) -> Result<Book, Rejected> {
        let (stamps, models) = self.queries.get();
        self.queries.set((stamps, models + 1));
        ready(Ok(self.loaded.clone())).await
    }
}

fn newer() -> Book {
    Book { version: 2, ..book(1) }
}

/// The status, the tag, and how many stamps and models were loaded.
async fn show(shelf: &Shelf, method: &Method, field: Option<(HeaderName, &Book)>) -> (StatusCode, String, (u8, u8)) {
    let mut headers = HeaderMap::new();
    if let Some((name, seen)) = field {
        headers.insert(name, seen.etag().into());
    }
    let preconditions = Preconditions::new(method, &headers);
    let response = preconditions.respond_lazily(shelf.stamp(), shelf.load()).await.unwrap().into_response();
    let tag = response.headers()[ETAG].to_str().unwrap().to_owned();
    (response.status(), tag, shelf.queries.replace((0, 0)))
}

#[tokio::test(flavor = "current_thread")]
async fn a_client_that_has_it_costs_a_stamp() {
    let shelf = Shelf::new(book(1), book(1));
    let tag = book(1).etag().to_string();
    for method in [Method::GET, Method::HEAD] {
        let answer = show(&shelf, &method, Some((header::IF_NONE_MATCH, &book(1)))).await;
        assert_eq!(answer, (StatusCode::NOT_MODIFIED, tag.clone(), (1, 0)), "{method}");
    }
    let late = show(&shelf, &Method::GET, Some((header::IF_NONE_MATCH, &newer()))).await;
    assert_eq!(late, (StatusCode::OK, tag, (1, 1)));
}

#[tokio::test(flavor = "current_thread")]
async fn a_request_without_conditions_costs_no_stamp() {
    let shelf = Shelf::new(book(1), book(1));
    let tag = book(1).etag().to_string();
    assert_eq!(show(&shelf, &Method::GET, None).await, (StatusCode::OK, tag.clone(), (0, 1)));
    let other_method = show(&shelf, &Method::POST, Some((header::IF_NONE_MATCH, &book(1)))).await;
    assert_eq!(other_method, (StatusCode::OK, tag.clone(), (0, 1)));
    let other_field = show(&shelf, &Method::GET, Some((header::IF_MATCH, &book(1)))).await;
    assert_eq!(other_field, (StatusCode::OK, tag, (0, 1)));
}

/// Somebody writes between the two queries: what is sent has the tag of what is sent.
#[tokio::test(flavor = "current_thread")]
async fn the_tag_is_that_of_what_was_loaded() {
    let shelf = Shelf::new(book(1), newer());
    let unseen = Book { version: 0, ..book(1) };
    let answer = show(&shelf, &Method::GET, Some((header::IF_NONE_MATCH, &unseen))).await;
    assert_eq!(answer, (StatusCode::OK, newer().etag().to_string(), (1, 1)));
    // The client has what the stamp did not know of: the model is what decides.
    let ahead = show(&shelf, &Method::GET, Some((header::IF_NONE_MATCH, &newer()))).await;
    assert_eq!(ahead, (StatusCode::NOT_MODIFIED, newer().etag().to_string(), (1, 1)));
}

#[tokio::test(flavor = "current_thread")]
async fn what_is_not_there_is_no_stamp() {
    let mut headers = HeaderMap::new();
    headers.insert(header::IF_NONE_MATCH, book(1).etag().into());
    let preconditions = Preconditions::new(&Method::GET, &headers);
    let absent = ready(Err::<Book, Rejected>(Rejected::not_found()));
    let refused = preconditions.respond_lazily(absent, ready(Ok(book(1)))).await.unwrap_err();
    assert_eq!(refused.status(), StatusCode::NOT_FOUND);
}

/// Within the second of a change another one may follow, which the date would not tell.
#[test]
fn a_date_whose_second_is_not_over_is_no_validator() {
    let asked = |date: &'static str| {
        let headers = HeaderMap::from_iter([(header::IF_MODIFIED_SINCE, HeaderValue::from_static(date))]);
        Preconditions::new(&Method::GET, &headers)
    };
    let far = asked("Fri, 01 Jan 2100 00:00:00 GMT");
    assert!(far.not_modified::<Book, _>(&book(1)).is_some());
    let changing = Book { updated_at: SystemTime::now() + Duration::from_secs(60), ..book(1) };
    assert!(far.not_modified::<Book, _>(&changing).is_none());
}

/// What a client tells caches on the way (RFC 9111 § 5.2.1) is no precondition.
#[test]
fn cache_control_of_a_request_changes_nothing() {
    let decide = |directives: &[&'static str]| {
        let mut headers = HeaderMap::new();
        headers.insert(header::IF_NONE_MATCH, book(1).etag().into());
        for directive in directives {
            headers.append(header::CACHE_CONTROL, HeaderValue::from_static(directive));
        }
        headers.insert(header::PRAGMA, HeaderValue::from_static("no-cache"));
        let preconditions = Preconditions::new(&Method::GET, &headers);
        (
            preconditions.respond(book(1)).into_response().status(),
            preconditions.respond(newer()).into_response().status(),
        )
    };
    for directives in [&["no-cache"][..], &["max-age=0"], &["no-store", "min-fresh=60"], &["only-if-cached"]] {
        assert_eq!(decide(directives), (StatusCode::NOT_MODIFIED, StatusCode::OK), "{directives:?}");
    }
}
