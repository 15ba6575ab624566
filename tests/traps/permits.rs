//! Writes that go through when they must not: what happens between the check and the write.

use axum::response::IntoResponse as _;
use etag_runtime::{ETag, Preconditions, Reason, StrongETag};
use http::header::{CONTENT_LOCATION, ETAG};
use http::{Method, StatusCode};
use serde::Serialize;

use crate::request::request;

/// An entity whose remarks change its representation, but not the state that a writer overwrites.
#[derive(Debug, Serialize, ETag)]
pub(crate) struct Page {
    #[etag(version)]
    version: u32,
    #[etag(related, guard = false)]
    remarks: Vec<Remark>,
}

#[derive(Debug, Serialize, ETag)]
struct Remark {
    #[etag(version)]
    number: u32,
}

impl Page {
    pub(crate) fn with(version: u32, remarks: u32) -> Page {
        Page { version, remarks: (0..remarks).map(|number| Remark { number }).collect() }
    }
}

/// A `PUT` with the tag of this page.
fn put(page: &Page) -> Preconditions {
    request(&Method::PUT, &[("If-Match", page.etag().to_string().as_bytes())])
}

#[test]
fn a_permit_carries_the_version_that_the_write_compares() {
    let seen = Page::with(7, 0);
    let permit = put(&seen).require().guard(Some(Page::with(7, 2))).unwrap();
    assert_eq!(permit.version, 7);
    assert_eq!(permit.remarks.len(), 2, "it is the loaded model, not what the client has seen");
}

#[test]
fn the_loser_of_a_race_is_answered_like_a_late_client() {
    let seen = Page::with(7, 0);
    let early = put(&seen).require().guard(Some(Page::with(8, 0))).unwrap_err();
    let late = put(&seen).require().guard(Some(Page::with(7, 0))).unwrap().commit(None).unwrap_err();
    assert_eq!((early.status(), early.reason()), (StatusCode::PRECONDITION_FAILED, Reason::Stale));
    assert_eq!((late.status(), late.reason()), (early.status(), early.reason()));
    assert_eq!(late.reason().problem(), early.reason().problem());
    let deleted = put(&seen).require().guard(Some(Page::with(7, 0))).unwrap().commit_deleted(false).unwrap_err();
    assert_eq!(deleted, late);
}

#[test]
fn the_loser_of_a_race_can_be_told_the_fresh_tag() {
    let fresh = Page::with(8, 0);
    let permit = put(&Page::with(7, 0)).require().guard(Some(Page::with(7, 0))).unwrap();
    let response = permit.superseded(Some(Page::with(8, 0))).into_response();
    assert_eq!(response.status(), StatusCode::PRECONDITION_FAILED);
    assert_eq!(response.headers()[ETAG], *fresh.etag().to_string());
    let permit = put(&Page::with(7, 0)).require().guard(Some(Page::with(7, 0))).unwrap();
    assert_eq!(permit.superseded(None).status(), StatusCode::NOT_FOUND);
}

#[test]
fn the_loser_of_a_creation_is_told_that_it_exists() {
    let create = request(&Method::PUT, &[("If-None-Match", b"*")]);
    let late = create.require().create::<Page>().unwrap().commit(None).unwrap_err();
    let early = create.guard(Some(Page::with(1, 0))).unwrap_err();
    assert_eq!((late.status(), late.reason()), (early.status(), early.reason()));
    assert_eq!(late.reason(), Reason::Exists);
}

#[test]
fn a_write_answers_with_the_tag_of_what_the_database_returned() {
    let permit = put(&Page::with(7, 0)).require().guard(Some(Page::with(7, 0))).unwrap();
    let stored = Page::with(9, 1);
    let tag = stored.etag().to_string();
    let response = permit.commit(Some(stored)).unwrap().into_response();
    assert_eq!(response.headers()[ETAG], *tag);
}

#[test]
fn a_response_without_a_known_target_claims_no_content_location() {
    let permit = put(&Page::with(7, 0)).require().guard(Some(Page::with(7, 0))).unwrap();
    let response = permit.commit(Some(Page::with(8, 0))).unwrap().into_response();
    assert_eq!(response.headers().get(CONTENT_LOCATION), None);
}

#[test]
fn a_writer_is_held_to_the_state_and_a_reader_to_the_whole() {
    let (seen, commented) = (Page::with(7, 0), Page::with(7, 1));
    assert_ne!(seen.etag(), commented.etag());
    assert!(put(&seen).require().guard(Some(Page::with(7, 1))).is_ok());
    assert!(put(&seen).require().guard(Some(Page::with(8, 0))).is_err());
    let get = request(&Method::GET, &[("If-None-Match", seen.etag().to_string().as_bytes())]);
    assert_eq!(get.respond(commented).into_response().status(), StatusCode::OK);
    assert_eq!(get.respond(Page::with(7, 0)).into_response().status(), StatusCode::NOT_MODIFIED);
    let head = request(&Method::HEAD, &[("If-Match", seen.etag().to_string().as_bytes())]);
    assert_eq!(head.respond(Page::with(7, 1)).into_response().status(), StatusCode::PRECONDITION_FAILED);
}

/// What would be a 304 is no refusal: the method is carried out, and its answer decided afterwards.
#[test]
fn only_what_would_be_a_412_refuses_a_permit() {
    let tag = Page::with(7, 0).etag().to_string();
    let permit = |method, name| request(method, &[(name, tag.as_bytes())]).guard(Some(Page::with(7, 0)));
    assert!(permit(&Method::GET, "If-None-Match").is_ok());
    assert!(permit(&Method::PUT, "If-None-Match").is_err());
    let other = Page::with(8, 0);
    assert!(request(&Method::GET, &[("If-Match", tag.as_bytes())]).guard(Some(other)).is_err());
}

#[test]
fn a_coding_that_a_proxy_appends_is_one_more_representation_of_the_same_state() {
    let seen = Page::with(7, 0).etag().to_string();
    let with = |coding: &str| format!("{}{coding}\"", seen.trim_end_matches('"'));
    for (coding, same) in
        [("-gzip", true), ("--gzip", true), ("-br", true), (".gzip", false), ("---gzip", false), ("-", false)]
    {
        let put = request(&Method::PUT, &[("If-Match", with(coding).as_bytes())]);
        assert_eq!(put.require().guard(Some(Page::with(7, 0))).is_ok(), same, "{coding}");
        assert!(put.require().guard(Some(Page::with(8, 0))).is_err(), "{coding}");
    }
    // A reader may hold octets that are coded in another way.
    let get = request(&Method::GET, &[("If-None-Match", with("-gzip").as_bytes())]);
    assert_eq!(get.respond(Page::with(7, 0)).into_response().status(), StatusCode::OK);
}

#[test]
fn a_tag_that_a_proxy_has_weakened_is_refused_for_that_reason() {
    let weakened = format!("W/{}", Page::with(7, 0).etag());
    let put = request(&Method::PUT, &[("If-Match", weakened.as_bytes())]);
    let refused = put.require().guard(Some(Page::with(7, 0))).unwrap_err();
    assert_eq!((refused.status(), refused.reason()), (StatusCode::PRECONDITION_FAILED, Reason::Weak));
    // It still saves a transfer.
    let get = request(&Method::GET, &[("If-None-Match", weakened.as_bytes())]);
    assert_eq!(get.respond(Page::with(7, 0)).into_response().status(), StatusCode::NOT_MODIFIED);
}

#[test]
fn a_wildcard_or_a_date_does_not_satisfy_require() {
    let lines: [&[(&str, &[u8])]; 3] =
        [&[], &[("If-Match", b"*")], &[("If-Unmodified-Since", b"Fri, 31 Dec 9999 23:59:59 GMT")]];
    for lines in lines {
        let refused = request(&Method::PUT, lines).require().guard(Some(Page::with(7, 0))).unwrap_err();
        assert_eq!(refused.status(), StatusCode::PRECONDITION_REQUIRED, "{lines:?}");
        assert!(request(&Method::PUT, lines).guard(Some(Page::with(7, 0))).is_ok(), "{lines:?}");
    }
    let create = request(&Method::PUT, &[("If-None-Match", b"\"v1\"")]).require().create::<Page>().unwrap_err();
    assert_eq!(create.status(), StatusCode::PRECONDITION_REQUIRED);
}

#[test]
fn nothing_to_change_goes_before_every_precondition() {
    for lines in [&[][..], &[("If-Match", &b"\"v1\""[..])], &[("If-Match", b"*")], &[("If-None-Match", b"*")]] {
        let refused = request(&Method::PUT, lines).require().guard(None::<Page>).unwrap_err();
        assert_eq!(refused.status(), StatusCode::NOT_FOUND, "{lines:?}");
    }
}

#[test]
fn a_permit_is_for_strong_tags_only() {
    fn strong<T: StrongETag>(_: &T) {}
    // That a weak type is refused is a matter of the compiler: `tests/compile`.
    strong(&Page::with(1, 0));
}
