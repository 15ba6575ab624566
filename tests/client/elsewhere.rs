//! Servers as others write them: weak tags, dates, no representation in the answer to a write.

use axum::Router;
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use etag_runtime::client::{Client, Error};
use http::header::{ETAG, IF_MATCH, IF_MODIFIED_SINCE, LAST_MODIFIED};

fn start(show: fn(HeaderMap) -> Response, save: fn(HeaderMap) -> Response) -> String {
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

/// RFC 9110 § 9.3.4: many answer a PUT with 204, and the version is that of the next GET.
#[tokio::test]
async fn what_a_write_does_not_show_is_read() {
    let url = start(
        |_| ([(ETAG, "\"b\"")], "2").into_response(),
        |headers| {
            assert_eq!(headers[IF_MATCH], "\"b\"");
            StatusCode::NO_CONTENT.into_response()
        },
    );
    let seen = Client::default().get::<u32>(&url).await.unwrap();
    let saved = Client::default().patch(&seen, &2).await.unwrap();
    assert_eq!((*saved, saved.entity_tag().unwrap().to_string()), (2, "\"b\"".into()));
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
