//! Servers as others write them: weak tags, dates, no representation in the answer to a write.

use axum::Router;
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use etag_runtime::client::{Client, Error};
use http::header::{CONTENT_LOCATION, ETAG, IF_MATCH, IF_MODIFIED_SINCE, IF_NONE_MATCH, LAST_MODIFIED};

pub(crate) fn start(show: fn(HeaderMap) -> Response, save: fn(HeaderMap) -> Response) -> String {
    let app = Router::new().route(
        "/",
        get(async move |headers: HeaderMap| show(headers))
            .put(async move |headers: HeaderMap| save(headers))
            .patch(async move |headers: HeaderMap| save(headers)),
    );
    format!("http://{}/", harness::serve(app))
}

fn refused(_: HeaderMap) -> Response {
    StatusCode::METHOD_NOT_ALLOWED.into_response()
}

#[tokio::test]
async fn no_write_names_what_a_server_calls_weak_or_nothing() {
    let shows: [fn(HeaderMap) -> Response; 2] =
        [|_| "1".into_response(), |_| ([(ETAG, "W/\"a\"")], "1").into_response()];
    for show in shows {
        let url = start(show, |_| panic!("nothing is to be sent"));
        let seen = Client::default().get::<u32>(&url).await.unwrap();
        assert!(matches!(Client::default().put(&seen, &2).await, Err(Error::Unversioned)));
    }
}

#[tokio::test]
async fn a_date_is_enough_to_ask_whether_it_is_current() {
    const DATE: &str = "Sun, 06 Nov 1994 08:49:37 GMT";
    let url = start(
        |headers| match headers.get(IF_MODIFIED_SINCE) {
            Some(date) if date == DATE => StatusCode::NOT_MODIFIED.into_response(),
            _ => ([(LAST_MODIFIED, DATE)], "1").into_response(),
        },
        refused,
    );
    let mut seen = Client::default().get::<u32>(&url).await.unwrap();
    assert!(!Client::default().refresh(&mut seen).await.unwrap());
}

#[tokio::test]
async fn without_validators_whatever_comes_counts_as_changed() {
    let url = start(|_| "1".into_response(), refused);
    let mut seen = Client::default().get::<u32>(&url).await.unwrap();
    assert!(Client::default().refresh(&mut seen).await.unwrap());
}

/// RFC 9110 § 6.4.2: the body is the representation only if `Content-Location` says so. Many answer a PUT without one, or with a word
/// about it, and the version is that of the next GET.
#[tokio::test]
async fn what_a_write_does_not_show_is_read() {
    let answers: [fn(HeaderMap) -> Response; 5] = [
        |headers| {
            assert_eq!(headers[IF_MATCH], "\"b\"");
            StatusCode::NO_CONTENT.into_response()
        },
        |_| (StatusCode::NO_CONTENT, [(ETAG, "\"c\"")]).into_response(),
        |_| [(ETAG, "\"c\"")].into_response(),
        |_| ([(ETAG, "\"c\"")], "<p>Saved.").into_response(),
        |_| ([(ETAG, "\"c\""), (CONTENT_LOCATION, "/receipts/3")], "3").into_response(),
    ];
    for answer in answers {
        let url = start(|_| ([(ETAG, "\"b\"")], "2").into_response(), answer);
        let seen = Client::default().get::<u32>(&url).await.unwrap();
        let saved = Client::default().patch(&seen, &2).await.unwrap();
        assert_eq!((*saved, saved.entity_tag().unwrap().to_string()), (2, "\"b\"".into()));
    }
}

/// RFC 9111 § 4.3.4: the strong tag is that of octets which nobody has seen here.
#[tokio::test]
async fn a_304_makes_no_strong_tag_of_a_weak_one() {
    let url = start(
        |headers| match headers.get(IF_NONE_MATCH) {
            Some(tag) if tag == "W/\"a\"" => (StatusCode::NOT_MODIFIED, [(ETAG, "\"a\"")]).into_response(),
            _ => ([(ETAG, "W/\"a\"")], "1").into_response(),
        },
        |_| panic!("nothing is to be sent"),
    );
    let mut seen = Client::default().get::<u32>(&url).await.unwrap();
    assert!(!Client::default().refresh(&mut seen).await.unwrap());
    assert!(matches!(Client::default().put(&seen, &2).await, Err(Error::Unversioned)));
}

#[tokio::test]
async fn a_refusal_is_told_with_its_reason_if_it_has_one() {
    let url = start(
        |_| ([(ETAG, "\"a\"")], "1").into_response(),
        |_| {
            let problem = r#"{"title":"Out of paper","detail":"Only 3 sheets are left.","sheets":3}"#;
            (StatusCode::UNPROCESSABLE_ENTITY, [("content-type", "application/problem+json")], problem).into_response()
        },
    );
    let seen = Client::default().get::<u32>(&url).await.unwrap();
    let error = Client::default().put(&seen, &2).await.unwrap_err();
    assert_eq!(
        error.to_string(),
        "the server refuses with 422 Unprocessable Entity; Out of paper: Only 3 sheets are left."
    );
    let Error::Refused(_, problem) = error else { panic!("refused") };
    assert_eq!(problem.extensions["sheets"], 3);
}
