//! What a client knows after a write that has not gone as it should.

use std::sync::atomic::{AtomicU32, Ordering};

use axum::http::StatusCode;
use axum::response::IntoResponse;
use etag_runtime::client::{Client, Current, Error};
use http::header::{CONTENT_LOCATION, ETAG};

use crate::elsewhere::start;

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
        "the server says that the precondition is false, and what it shows makes it true; the server does not say why"
    );

    // As well where there should be nothing, and is nothing.
    let url = start(|_| StatusCode::NOT_FOUND.into_response(), |_| StatusCode::PRECONDITION_FAILED.into_response());
    let error = Client::default().create::<u32>(&url, &1).await.unwrap_err();
    assert!(matches!(error, Error::Contradiction(_)), "{error}");
}

/// What has no tag is something all the same.
#[tokio::test]
async fn a_creation_meets_also_what_has_no_tag() {
    let url = start(|_| "1".into_response(), |_| StatusCode::PRECONDITION_FAILED.into_response());
    let error = Client::default().create::<u32>(&url, &2).await.unwrap_err();
    let Error::Conflict(conflict) = error else { panic!("{error}") };
    assert_eq!(conflict.current.present().as_deref(), Some(&1));
}

/// It would not be known otherwise that there is nothing to repeat.
#[tokio::test]
async fn a_write_that_was_carried_out_is_told_so_where_what_is_stored_cannot_be_read() {
    static READS: AtomicU32 = AtomicU32::new(0);
    static WRITES: AtomicU32 = AtomicU32::new(0);
    let show = |_| match READS.fetch_add(1, Ordering::SeqCst) {
        0 => ([(ETAG, "\"a\"")], "1").into_response(),
        _ => StatusCode::NOT_FOUND.into_response(),
    };
    let save = |_| match WRITES.fetch_add(1, Ordering::SeqCst) {
        0 => StatusCode::NO_CONTENT.into_response(),
        _ => ([(ETAG, "\"b\""), (CONTENT_LOCATION, "/")], "<p>Saved.").into_response(),
    };
    let url = start(show, save);
    let seen = Client::default().get::<u32>(&url).await.unwrap();
    for reason in ["the server refuses with 404 Not Found", "the body is not the JSON that was expected"] {
        let error = Client::default().put(&seen, &2).await.unwrap_err();
        assert!(matches!(error, Error::Written(_)), "{error}");
        assert!(error.to_string().contains(reason), "{error}");
    }
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
