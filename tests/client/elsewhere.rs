//! Servers as others write them: weak tags, dates, no representation in the answer to a write.

use std::sync::atomic::{AtomicU32, Ordering};

use axum::Router;
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use etag_runtime::client::{Client, Current, Error};
use http::header::{CONTENT_LOCATION, ETAG, IF_MATCH, IF_MODIFIED_SINCE, IF_NONE_MATCH, LAST_MODIFIED};

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

/// RFC 9110 § 15.5.10: a conflict with the state of the resource, or of another one.
#[tokio::test]
async fn a_409_is_a_conflict_of_versions_only_if_another_one_is_there() {
    let url = start(|_| ([(ETAG, "\"a\"")], "1").into_response(), |_| StatusCode::CONFLICT.into_response());
    let seen = Client::default().get::<u32>(&url).await.unwrap();
    let error = Client::default().put(&seen, &2).await.unwrap_err();
    assert!(matches!(error, Error::Refused(StatusCode::CONFLICT, _)), "{error}");
    // There should have been nothing.
    let error = Client::default().create::<u32>(&url, &2).await.unwrap_err();
    let Error::Conflict(conflict) = error else { panic!("{error}") };
    assert_eq!(conflict.current.present().as_deref(), Some(&1));

    let url = start(|_| StatusCode::NOT_FOUND.into_response(), |_| StatusCode::CONFLICT.into_response());
    let error = Client::default().create::<u32>(&url, &2).await.unwrap_err();
    assert!(matches!(error, Error::Refused(StatusCode::CONFLICT, _)), "{error}");
}

/// Some servers say 409 where 412 is meant.
#[tokio::test]
async fn a_409_after_which_another_version_is_there_is_a_conflict_of_versions() {
    static VERSION: AtomicU32 = AtomicU32::new(1);
    let url = start(
        |_| {
            let version = VERSION.load(Ordering::SeqCst);
            ([(ETAG, format!("\"{version}\""))], version.to_string()).into_response()
        },
        |_| StatusCode::CONFLICT.into_response(),
    );
    let seen = Client::default().get::<u32>(&url).await.unwrap();
    VERSION.store(2, Ordering::SeqCst);
    let error = Client::default().put(&seen, &2).await.unwrap_err();
    let Error::Conflict(conflict) = error else { panic!("{error}") };
    assert_eq!(conflict.current.present().as_deref(), Some(&2));
}

/// Whoever was refused has to know it, whatever becomes of the question what is there instead.
#[tokio::test]
async fn a_412_is_a_conflict_also_where_what_is_there_cannot_be_read() {
    static READS: AtomicU32 = AtomicU32::new(0);
    let show = |_| match READS.fetch_add(1, Ordering::SeqCst) {
        0 => ([(ETAG, "\"a\"")], "1").into_response(),
        1 => StatusCode::INTERNAL_SERVER_ERROR.into_response(),
        2 => ([(ETAG, "\"b\"")], "<p>Two").into_response(),
        3 => std::panic::resume_unwind(Box::new("the connection breaks off, and nothing is printed")),
        4 => StatusCode::GONE.into_response(),
        _ => StatusCode::NOT_FOUND.into_response(),
    };
    let url = start(show, |_| StatusCode::PRECONDITION_FAILED.into_response());
    let client = Client::default();
    let seen = client.get::<u32>(&url).await.unwrap();
    let mut found = Vec::new();
    for _ in 0..5 {
        let error = client.put(&seen, &2).await.unwrap_err();
        let (text, has_source) = (error.to_string(), std::error::Error::source(&error).is_some());
        let Error::Conflict(conflict) = error else { panic!("{error}") };
        let current = match conflict.current {
            Current::Present(current) => panic!("{current:?}"),
            Current::Absent => "absent",
            Current::Unread(error) => match *error {
                Error::Refused(StatusCode::INTERNAL_SERVER_ERROR, _) => "refused",
                Error::Json(_) => "no JSON",
                Error::Http(_) => "no answer",
                error => panic!("{error}"),
            },
        };
        assert_eq!(text.contains("could not be read"), current != "absent", "{text}");
        found.push((current, has_source));
    }
    let expected = [("refused", false), ("no JSON", true), ("no answer", true), ("absent", false), ("absent", false)];
    assert_eq!(found, expected);
}

/// A cache in between that shows what is no longer current, or a server that compares wrongly: to try again would be in vain.
#[tokio::test]
async fn a_412_to_the_very_version_that_is_shown_is_not_tried_again() {
    static WRITES: AtomicU32 = AtomicU32::new(0);
    let url = start(
        |_| ([(ETAG, "\"a\"")], "1").into_response(),
        |_| {
            WRITES.fetch_add(1, Ordering::SeqCst);
            StatusCode::PRECONDITION_FAILED.into_response()
        },
    );
    let error = Client::default().edit(&url, |value: &u32| value + 1).await.unwrap_err();
    assert_eq!(WRITES.load(Ordering::SeqCst), 1);
    let Error::Contradiction(_) = &error else { panic!("{error}") };
    assert_eq!(
        error.to_string(),
        "the server refuses the version that it shows as the current one; the server does not say why"
    );

    // As well where there should be nothing, and is nothing.
    let url = start(|_| StatusCode::NOT_FOUND.into_response(), |_| StatusCode::PRECONDITION_FAILED.into_response());
    let error = Client::default().create::<u32>(&url, &1).await.unwrap_err();
    assert!(matches!(error, Error::Contradiction(_)), "{error}");
}

/// Nor does a 409 become another error. Whether it is about a version is not known then.
#[tokio::test]
async fn a_409_stays_one_where_what_is_there_cannot_be_read() {
    static READS: AtomicU32 = AtomicU32::new(0);
    let show = |_| match READS.fetch_add(1, Ordering::SeqCst) {
        0 => ([(ETAG, "\"a\"")], "1").into_response(),
        _ => StatusCode::INTERNAL_SERVER_ERROR.into_response(),
    };
    let url = start(show, |_| StatusCode::CONFLICT.into_response());
    let seen = Client::default().get::<u32>(&url).await.unwrap();
    let error = Client::default().put(&seen, &2).await.unwrap_err();
    assert!(matches!(error, Error::Refused(StatusCode::CONFLICT, _)), "{error}");
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
