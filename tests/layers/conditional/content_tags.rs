//! The tag of a content: what decides it, and what does not.

use axum::Router;
use axum::body::Body;
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use etag_runtime::ConditionalLayer;
use http::HeaderValue;
use http::header::{CONTENT_ENCODING, CONTENT_LANGUAGE, CONTENT_TYPE, ETAG, X_CONTENT_TYPE_OPTIONS};

use super::body::{Script, Step, content};
use super::request::{self, Fields, field};

/// The answer to a GET that is rendered with these fields.
fn rendered(fields: Fields<'static>, body: fn() -> Body) -> Response {
    let handler = move || async move {
        let mut response = Response::new(body());
        for (name, value) in fields {
            response.headers_mut().append(name, HeaderValue::from_static(value));
        }
        response
    };
    request::get(&Router::new().route("/", get(handler)).layer(ConditionalLayer::new()), &[])
}

fn hello() -> Body {
    Body::from("Hello")
}

/// Computed in another language from § 7 of `docs/wire-format.md`. They never change: that would be a new format.
#[test]
fn the_tag_is_the_sha_256_of_the_content_and_of_what_a_304_leaves_out() {
    #[rustfmt::skip]
    let table: [(Fields<'_>, &str); 3] = [
        (&[],                                               "\"ZJc84APP3wVZnNNBBEVIHw\""),
        (&[(CONTENT_TYPE, "text/plain; charset=utf-8")],    "\"bs-z4yLWFBa4tAFhBVBRfQ\""),
        (&[(CONTENT_TYPE, "text/plain"), (CONTENT_LANGUAGE, "de"), (CONTENT_ENCODING, "gzip"), (CONTENT_LANGUAGE, "en")],
                                                            "\"OS7FpTet7wY_ozrVf3qVyg\""),
    ];
    for (fields, tag) in table {
        assert_eq!(field(&rendered(fields, hello), ETAG), tag, "{fields:?}");
    }
}

#[test]
fn another_content_has_another_tag_and_the_same_has_the_same() {
    let tag = |body: fn() -> Body| field(&rendered(&[], body), ETAG).to_owned();
    assert_eq!(tag(hello), tag(hello));
    assert_ne!(tag(hello), tag(|| Body::from("Hallo")));
}

#[test]
fn fields_that_a_304_repeats_are_not_in_the_tag() {
    let with_options = rendered(&[(X_CONTENT_TYPE_OPTIONS, "nosniff")], hello);
    assert_eq!(field(&with_options, ETAG), field(&rendered(&[], hello), ETAG));
}

#[test]
fn how_the_content_is_cut_into_frames_does_not_matter() {
    let cut = || {
        let steps = [Step::Data("H"), Step::Pause, Step::Data(""), Step::Data("ell"), Step::Data("o")];
        Body::new(Script::new(steps).says(5))
    };
    let app = Router::new().route("/", get(move || async move { cut() })).layer(ConditionalLayer::new());
    let response = request::block_on(tower::ServiceExt::oneshot(app, request::request(&http::Method::GET, "/", &[])));
    let response = response.into_response();
    assert_eq!(field(&response, ETAG), field(&rendered(&[], hello), ETAG));
    assert_eq!(content(response.into_body()), "Hello");
}
