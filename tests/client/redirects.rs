//! What happens to a tag where another address is named: it is that of one resource.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU32, Ordering};

use axum::Router;
use axum::http::{HeaderMap, HeaderValue, StatusCode};
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use etag_runtime::client::{Client, Error, redirects};
use http::header::{AUTHORIZATION, CONTENT_LOCATION, ETAG, IF_MATCH, IF_NONE_MATCH, LOCATION};

/// A number at `/`, which is its version as well. Each write raises it, if it names what is there, and is answered with a `303` to `location`,
/// with as many fields as could be mistaken for those of a representation.
fn counter(location: &'static str) -> (Arc<AtomicU32>, String) {
    let version = Arc::new(AtomicU32::new(1));
    let shown = Arc::clone(&version);
    let show = async move |headers: HeaderMap| {
        let tag = format!("\"{}\"", shown.load(Ordering::SeqCst));
        match headers.get(IF_MATCH) {
            Some(named) if named != tag.as_str() => StatusCode::PRECONDITION_FAILED.into_response(),
            _ => ([(ETAG, tag.clone())], tag.trim_matches('"').to_owned()).into_response(),
        }
    };
    let written = Arc::clone(&version);
    let save = async move |headers: HeaderMap| {
        let named = headers[IF_MATCH].to_str().unwrap().trim_matches('"').parse().unwrap();
        match written.compare_exchange(named, named + 1, Ordering::SeqCst, Ordering::SeqCst) {
            Ok(_) => (StatusCode::SEE_OTHER, [(ETAG, "\"0\""), (CONTENT_LOCATION, "/"), (LOCATION, location)])
                .into_response(),
            Err(_) => StatusCode::PRECONDITION_FAILED.into_response(),
        }
    };
    let app = Router::new()
        .route("/", get(show).put(save.clone()).patch(save.clone()).delete(save))
        .route("/receipt", get(async || ([(ETAG, "\"1\"")], "99")));
    (version, format!("http://{}/", harness::serve(app)))
}

/// RFC 9110 § 15.4.4. Whoever followed it with the same `If-Match` would take its own write for that of somebody else, and write again;
/// and what is found there may be about the write.
#[tokio::test]
async fn a_write_that_is_answered_with_303_is_carried_out_once() {
    for location in ["/", "/receipt"] {
        let (version, url) = counter(location);
        let client = Client::default();
        let saved = client.edit(&url, |version: &u32| version + 1).await.unwrap();
        assert_eq!((*saved, saved.entity_tag().unwrap().to_string()), (2, "\"2\"".into()), "{location}");
        let saved = client.patch(&saved, &3).await.unwrap();
        assert_eq!((*saved, version.load(Ordering::SeqCst)), (3, 3), "{location}");
        client.delete(&saved).await.unwrap();
        assert_eq!(version.load(Ordering::SeqCst), 4, "{location}");
    }
}

/// A server whose `/` sends on to `/other`, once it has moved; there is another number of the same tag.
fn moved(status: StatusCode) -> (Arc<AtomicU32>, String) {
    let is_moved = Arc::new(AtomicU32::new(0));
    let moves = Arc::clone(&is_moved);
    let answer = |headers: &HeaderMap, value: &'static str| match headers.get(IF_NONE_MATCH) {
        Some(tag) if tag == "\"1\"" => StatusCode::NOT_MODIFIED.into_response(),
        _ => ([(ETAG, "\"1\"")], value).into_response(),
    };
    let here = async move |headers: HeaderMap| match moves.load(Ordering::SeqCst) {
        0 => answer(&headers, "10"),
        _ => (status, [(LOCATION, "/other")]).into_response(),
    };
    let other = async move |headers: HeaderMap| -> Response { answer(&headers, "20") };
    let app = Router::new().route("/", get(here)).route("/other", get(other));
    (is_moved, format!("http://{}/", harness::serve(app)))
}

/// RFC 9110 § 15.4: what a cache has added to a request stays behind, as a tag tells apart the versions of one resource only (§ 8.8.3).
#[tokio::test]
async fn a_304_of_another_address_says_nothing_of_what_was_seen() {
    for status in [301, 302, 303, 307, 308] {
        let (is_moved, url) = moved(StatusCode::from_u16(status).unwrap());
        let client = Client::default();
        let mut seen = client.get::<u32>(&url).await.unwrap();
        assert!(!client.refresh(&mut seen).await.unwrap(), "{status}");
        is_moved.store(1, Ordering::SeqCst);
        assert!(client.refresh(&mut seen).await.unwrap(), "{status}");
        assert_eq!((*seen, seen.url().path()), (20, "/other"), "{status}");
        assert!(!client.refresh(&mut seen).await.unwrap(), "{status}: from now on it is that one");
        assert_eq!(*client.get::<u32>(&url).await.unwrap(), 20, "{status}");
    }
}

/// What is added to every request goes along only as far as reqwest lets it.
#[tokio::test]
async fn whoever_was_not_asked_gets_no_credentials() {
    let there = Router::new().route(
        "/",
        get(async |headers: HeaderMap| {
            assert!(!headers.contains_key(AUTHORIZATION), "{headers:?}");
            if headers.contains_key(IF_NONE_MATCH) {
                StatusCode::NOT_MODIFIED.into_response()
            } else {
                ([(ETAG, "\"1\"")], "20").into_response()
            }
        })
        .put(async |headers: HeaderMap| {
            assert!(!headers.contains_key(AUTHORIZATION), "{headers:?}");
            assert_eq!(headers[IF_MATCH], "\"1\"");
            StatusCode::NO_CONTENT
        }),
    );
    let there = format!("http://{}/", harness::serve(there));
    let is_moved = Arc::new(AtomicBool::new(false));
    let moved_to = there.clone();
    let here = Router::new().route(
        "/",
        get(async move |headers: HeaderMap| {
            assert_eq!(headers[AUTHORIZATION], "Bearer a");
            if is_moved.swap(true, Ordering::SeqCst) {
                (StatusCode::FOUND, [(LOCATION, moved_to)]).into_response()
            } else {
                ([(ETAG, "\"1\"")], "10").into_response()
            }
        })
        .put(async move || (StatusCode::TEMPORARY_REDIRECT, [(LOCATION, there)])),
    );
    let here = format!("http://{}/", harness::serve(here));
    let credentials = HeaderMap::from_iter([(AUTHORIZATION, HeaderValue::from_static("Bearer a"))]);
    let http = reqwest::Client::builder().redirect(redirects()).default_headers(credentials).build().unwrap();
    let client = Client::new(http);
    let mut seen = client.get::<u32>(&here).await.unwrap();
    assert_eq!(*client.put(&seen, &20).await.unwrap(), 20);
    assert!(client.refresh(&mut seen).await.unwrap());
    assert_eq!(*seen, 20);
}

/// The client of reqwest may add credentials to every request, and takes them away only where it follows by itself.
#[tokio::test]
async fn a_303_is_not_followed_to_another_origin() {
    let (_, there) = counter("/");
    let here = Router::new().route("/", get(async move || (StatusCode::SEE_OTHER, [(LOCATION, there)])));
    let here = format!("http://{}/", harness::serve(here));
    let error = Client::default().get::<u32>(&here).await.unwrap_err();
    assert!(matches!(error, Error::Refused(StatusCode::SEE_OTHER, _)), "{error}");

    // Nor is one of another origin, to which reqwest has gone before.
    let (is_moved, there) = moved(StatusCode::SEE_OTHER);
    is_moved.store(1, Ordering::SeqCst);
    let here = Router::new().route("/", get(async move || (StatusCode::FOUND, [(LOCATION, there)])));
    let here = format!("http://{}/", harness::serve(here));
    let error = Client::default().get::<u32>(&here).await.unwrap_err();
    assert!(matches!(error, Error::Refused(StatusCode::SEE_OTHER, _)), "{error}");
}

#[tokio::test]
async fn a_303_that_leads_nowhere_is_a_refusal() {
    for location in [Some("/"), Some("http://:/"), None] {
        let fields: HeaderMap =
            location.map(|location| (LOCATION, HeaderValue::from_static(location))).into_iter().collect();
        let here = Router::new().route("/", get(async move || (StatusCode::SEE_OTHER, fields)));
        let here = format!("http://{}/", harness::serve(here));
        let error = Client::default().get::<u32>(&here).await.unwrap_err();
        assert!(matches!(error, Error::Refused(StatusCode::SEE_OTHER, _)), "{location:?}: {error}");
    }
}
