//! What a `412` says beyond the tag, when the handler wants it to.

use etag_runtime::{ETag, Rejected};
use http::header::{CACHE_CONTROL, CONTENT_TYPE, ETAG};
use http::{Method, StatusCode};
use serde_json::{Value, json};

use crate::request::{Article, article, put, request, sent};

fn refused(report: impl FnOnce(&Article, Rejected) -> Rejected) -> Value {
    let refused = put(&article(1)).require().try_guard(Some(article(2))).unwrap_err().report(report);
    let (response, body) = sent(refused);
    assert_eq!(response.status(), StatusCode::PRECONDITION_FAILED);
    assert_eq!(response.headers()[ETAG], *article(2).etag().to_string());
    assert_eq!(response.headers()[CONTENT_TYPE], "application/problem+json");
    assert_eq!(response.headers()[CACHE_CONTROL], "no-store");
    assert_eq!(body["reason"], "stale");
    assert_eq!(body["status"], 412);
    body
}

fn refused_text(report: impl FnOnce(&Article, Rejected) -> Rejected) -> String {
    let refused = put(&article(1)).require().try_guard(Some(article(2))).unwrap_err().report(report);
    refused.to_response().into_body().into_owned()
}

#[test]
fn by_default_nothing() {
    let body = refused(|_, rejected| rejected);
    let members: Vec<&String> = body.as_object().unwrap().keys().collect();
    assert_eq!(members, ["detail", "reason", "status", "title", "type"]);
}

#[test]
fn the_current_representation() {
    let body = refused(|stored, rejected| rejected.with_current(stored));
    assert_eq!(body["current"], json!({ "title": "Title 2", "version": 2 }));
}

#[test]
fn only_what_the_handler_shows() {
    let body = refused(|stored, rejected| rejected.with_current(&json!({ "title": stored.title })));
    assert_eq!(body["current"], json!({ "title": "Title 2" }));
}

#[test]
fn what_has_changed_against_what_the_client_sent() {
    #[rustfmt::skip]
    let table = [
        // sent, current, changed
        (json!({"a": 1}),               json!({"a": 1}),                json!({})),
        (json!({"a": 1, "b": 2}),       json!({"a": 1, "b": 3}),        json!({"b": 3})),
        (json!({"a": 1}),               json!({"a": null}),             json!({"a": null})),
        (json!({}),                     json!({"a": 1}),                json!({"a": 1})),
        (json!({"a": {"x": 1, "y": 2}}), json!({"a": {"x": 1, "y": 3}}), json!({"a": {"y": 3}})),
        (json!({"a": [1, 2]}),          json!({"a": [1, 2, 3]}),        json!({"a": [1, 2, 3]})),
        (json!({"a": 1}),               json!({"a": {"x": 1}}),         json!({"a": {"x": 1}})),
        // What the client sent, and nobody shows, is not commented on.
        (json!({"a": 1, "secret": 2}),  json!({"a": 1}),                json!({})),
        (json!({"a": {"secret": 2}}),   json!({"a": {}}),               json!({})),
    ];
    for (sent, current, differences) in table {
        let body = refused(|_, rejected| rejected.with_differences(&sent, &current));
        assert_eq!(body["differences"], differences, "{sent} {current}");
    }
}

/// A map with keys that are no texts has no form in JSON: the refusal is sent without it.
#[test]
fn what_cannot_be_serialized_is_left_out() {
    let unwritable = std::collections::BTreeMap::from([((1, 2), 3)]);
    let body = refused(|_, rejected| rejected.with_current(&unwritable).with_differences(&unwritable, &1));
    assert_eq!(body.as_object().unwrap().len(), 5);
}

/// Whoever sends no precondition could ask with a GET, and is told no more than what one is.
#[test]
fn of_a_missing_precondition_only_that() {
    let asked = request(&Method::PUT, &[]).require().try_guard(Some(article(1))).unwrap_err();
    let (response, body) = sent(asked.report(|_, _| unreachable!("there is nothing to merge")));
    assert_eq!(response.status(), StatusCode::PRECONDITION_REQUIRED);
    assert_eq!(body["reason"], "required");
}

/// A second report of the same name takes the place of the first: JSON has no members of one name.
#[test]
fn the_last_of_a_name() {
    let body =
        refused(|stored, rejected| rejected.with_current(&1).with_differences(&json!({}), stored).with_current(&2));
    assert_eq!(body["current"], 2);
    assert_eq!(body["differences"]["version"], 2);
}

/// What is given is sent as it is, to the last digit, also if more is added after it.
#[test]
fn a_number_is_what_it_was() {
    let precise = 1.106_322_852_078_134_3e23;
    let body =
        refused_text(|_, rejected| rejected.with_current(&precise).with_differences(&json!({}), &json!({ "a": 1 })));
    assert!(body.contains(&format!("\"current\":{}", json!(precise))), "{body}");
}

#[test]
fn of_what_is_gone_nothing_is_known() {
    let gone = put(&article(1)).require().try_guard::<Article>(None).unwrap_err();
    let (response, body) = sent(gone.report(|_, _| unreachable!("there is none")));
    assert_eq!(response.status(), StatusCode::NOT_FOUND);
    assert_eq!(body["reason"], "not-found");
}
