//! What the layer answers.

use axum::Router;
use axum::response::{AppendHeaders, IntoResponse};
use axum::routing::get;
use etag_runtime::ConditionalLayer;
use http::header::{
    CACHE_CONTROL, CONTENT_LANGUAGE, CONTENT_LENGTH, CONTENT_LOCATION, CONTENT_TYPE, ETAG, EXPIRES, IF_MATCH,
    IF_MODIFIED_SINCE, IF_NONE_MATCH, IF_UNMODIFIED_SINCE, LAST_MODIFIED, LINK, SET_COOKIE, VARY,
};
use http::{HeaderName, StatusCode};

use super::body::content;
use super::request::{self, Fields, field, lines};

const CHANGED: &str = "Fri, 13 Feb 2009 23:31:30 GMT";
const BEFORE: &str = "Fri, 13 Feb 2009 23:31:29 GMT";

/// A page with whatever a handler may say of it.
async fn page() -> impl IntoResponse {
    let fields = AppendHeaders([
        (VARY, "Accept"),
        (VARY, "Cookie, Origin"),
        (CACHE_CONTROL, "private"),
        (CACHE_CONTROL, "max-age=0"),
        (SET_COOKIE, "a=1"),
        (SET_COOKIE, "b=2"),
        (LINK, "</style.css>; rel=preload"),
        (CONTENT_LOCATION, "/page.html"),
        (LAST_MODIFIED, CHANGED),
        (CONTENT_LANGUAGE, "en"),
    ]);
    (fields, "Hello")
}

fn app() -> Router {
    Router::new().route("/", get(page)).layer(ConditionalLayer::new())
}

fn tag() -> String {
    field(&request::get(&app(), &[]), ETAG).to_owned()
}

#[test]
fn a_request_without_conditions_gets_the_representation_and_its_tag() {
    let response = request::get(&app(), &[]);
    assert_eq!(response.status(), StatusCode::OK);
    assert_eq!(field(&response, ETAG).len(), 24);
    assert_eq!(field(&response, CONTENT_LENGTH), "5");
    assert_eq!(lines(&response, VARY), ["Accept", "Cookie, Origin"]);
    assert_eq!(lines(&response, LAST_MODIFIED), [CHANGED]);
    assert_eq!(content(response.into_body()), "Hello");
}

#[test]
fn a_304_keeps_every_line_but_those_of_the_content() {
    let full = request::get(&app(), &[]);
    let response = request::get(&app(), &[(IF_NONE_MATCH, &tag())]);
    assert_eq!(response.status(), StatusCode::NOT_MODIFIED);
    for name in [ETAG, VARY, CACHE_CONTROL, SET_COOKIE, LINK, CONTENT_LOCATION] {
        assert_eq!(lines(&response, name.clone()), lines(&full, name.clone()), "{name}");
    }
    assert_eq!(lines(&response, SET_COOKIE), ["a=1", "b=2"]);
    for name in [CONTENT_TYPE, CONTENT_LANGUAGE, CONTENT_LENGTH, LAST_MODIFIED] {
        assert!(full.headers().contains_key(&name), "{name}");
        assert!(!response.headers().contains_key(&name), "{name}");
    }
    assert_eq!(content(response.into_body()), "");
}

#[test]
fn the_preconditions_are_evaluated_in_the_order_of_the_rfc() {
    let tag = tag();
    let weak = format!("W/{tag}");
    let listed = format!("\"a, b\", {tag}");
    #[rustfmt::skip]
    let table: [(Fields<'_>, u16); 14] = [
        (&[(IF_NONE_MATCH, &tag)],                                      304),
        (&[(IF_NONE_MATCH, &weak)],                                     304),
        (&[(IF_NONE_MATCH, &listed)],                                   304),
        (&[(IF_NONE_MATCH, "\"other\""), (IF_NONE_MATCH, &tag)],        304),
        (&[(IF_NONE_MATCH, "*")],                                       304),
        (&[(IF_NONE_MATCH, "\"other\"")],                               200),
        (&[(IF_MATCH, &tag)],                                           200),
        (&[(IF_MATCH, &weak)],                                          412),
        (&[(IF_MATCH, "\"other\""), (IF_NONE_MATCH, &tag)],             412),
        (&[(IF_MODIFIED_SINCE, CHANGED)],                               304),
        (&[(IF_MODIFIED_SINCE, BEFORE)],                                200),
        (&[(IF_MODIFIED_SINCE, CHANGED), (IF_NONE_MATCH, "\"other\"")], 200),
        (&[(IF_UNMODIFIED_SINCE, BEFORE)],                              412),
        (&[(IF_UNMODIFIED_SINCE, BEFORE), (IF_MATCH, &tag)],            200),
    ];
    for (fields, status) in table {
        assert_eq!(request::get(&app(), fields).status(), status, "{fields:?}");
    }
}

#[test]
fn a_false_if_match_is_a_problem() {
    let response = request::get(&app(), &[(IF_MATCH, "\"other\"")]);
    assert_eq!(response.status(), StatusCode::PRECONDITION_FAILED);
    assert_eq!(field(&response, CONTENT_TYPE), "application/problem+json");
    assert_eq!(lines(&response, CACHE_CONTROL), ["no-store"]);
    assert_eq!(field(&response, ETAG), tag());
    assert!(content(response.into_body()).contains(r#""reason":"stale""#));
}

/// `Last-Modified` of this second, of the future, of several lines, or of none that can be read, decides nothing.
#[test]
fn a_date_that_is_no_validator_is_left_out_of_the_decision() {
    let lines: [&'static [&'static str]; 3] = [&["Fri, 31 Dec 9999 23:59:59 GMT"], &[BEFORE, BEFORE], &["yesterday"]];
    for lines in lines {
        let dates = AppendHeaders(lines.iter().map(|line| (LAST_MODIFIED, *line)).collect::<Vec<_>>());
        let handler = get(move || async move { (AppendHeaders(dates.0.clone()), "Hello") });
        let app = Router::new().route("/", handler).layer(ConditionalLayer::new());
        for field in [IF_MODIFIED_SINCE, IF_UNMODIFIED_SINCE] {
            let response = request::get(&app, &[(field.clone(), CHANGED)]);
            assert_eq!(response.status(), StatusCode::OK, "{field} and {lines:?}");
            assert_eq!(request::lines(&response, LAST_MODIFIED), lines);
        }
    }
}

#[test]
fn no_cache_is_added_where_nothing_is_said_of_freshness() {
    let app = |field: Option<(HeaderName, &'static str)>| {
        let handler = get(move || async move { (AppendHeaders(field), "Hello") });
        Router::new().route("/", handler).layer(ConditionalLayer::new())
    };
    #[rustfmt::skip]
    let table: [(_, &[&str]); 3] = [
        (None,                                              &["no-cache"]),
        (Some((CACHE_CONTROL, "max-age=60")),               &["max-age=60"]),
        (Some((EXPIRES, "Fri, 31 Dec 9999 23:59:59 GMT")),  &[]),
    ];
    for (said, expected) in table {
        let app = app(said.clone());
        let full = request::get(&app, &[]);
        let again = request::get(&app, &[(IF_NONE_MATCH, field(&full, ETAG))]);
        assert_eq!((full.status(), again.status()), (StatusCode::OK, StatusCode::NOT_MODIFIED), "{said:?}");
        assert_eq!(lines(&full, CACHE_CONTROL), expected, "{said:?}");
        assert_eq!(lines(&again, CACHE_CONTROL), expected, "{said:?}");
    }
}
