//! 404, 409, 412 and 428: which problem they name, and what they tell a client that wants to go on.

use std::collections::BTreeMap;

use harness::{Connection, Response};
use serde_json::Value;

use crate::application::{CHANGED, Note, serve};

/// Method, target, field, and the status and reason it is answered with.
type Row<'a> = (&'a str, &'a str, Option<(&'a str, &'a str)>, u16, &'a str);

#[test]
fn every_reason_has_a_problem_type_of_its_own() {
    let weak = format!("W/{}", Note::tag());
    let date = "Thu, 12 Feb 2009 23:31:30 GMT";
    #[rustfmt::skip]
    let table: [Row<'_>; 15] = [
        ("PUT", "/note",      Some(("If-Match", "\"stale\"")),             412, "stale"),
        ("GET", "/note",      Some(("If-Match", "\"stale\"")),             412, "stale"),
        ("PUT", "/unguarded", Some(("If-Unmodified-Since", date)),         412, "stale"),
        ("PUT", "/raced",     Some(("If-Match", "CURRENT")),               412, "stale"),
        ("PUT", "/raced-unasked", None,                                    409, "conflict"),
        ("PUT", "/note",      Some(("If-None-Match", "*")),                412, "exists"),
        ("PUT", "/new",       Some(("If-Match", "\"v1\"")),                412, "missing"),
        ("PUT", "/new",       Some(("If-Match", "*")),                     412, "missing"),
        ("PUT", "/note",      Some(("If-Match", "unquoted")),              412, "malformed"),
        ("PUT", "/note",      Some(("If-None-Match", "\"unterminated")),   412, "malformed"),
        ("PUT", "/note",      Some(("If-Match", &weak)),                   412, "weak"),
        ("PUT", "/note",      None,                                        428, "required"),
        ("PUT", "/note",      Some(("If-Match", "*")),                     428, "required"),
        ("PUT", "/new",       None,                                        428, "required"),
        ("PUT", "/gone",      Some(("If-Match", "\"v1\"")),                404, "not-found"),
    ];
    let mut connection = Connection::open(serve());
    let mut types = BTreeMap::new();
    for row @ (method, target, field, status, reason) in table {
        let value = field.map(|(name, value)| (name, value.replace("CURRENT", &Note::tag())));
        let fields: Vec<_> = value.iter().map(|(name, value)| (*name, value.as_bytes())).collect();
        let response = connection.exchange(method, target, &fields, None);
        assert_eq!(response.status, status, "{row:?}");
        let problem = problem(&response);
        assert_eq!(problem["reason"], reason, "{row:?}");
        assert_eq!(problem["status"], status, "{row:?}");
        assert!(problem["title"].as_str().is_some_and(|title| !title.is_empty()), "{row:?}");
        assert!(problem["detail"].as_str().is_some_and(|detail| !detail.is_empty()), "{row:?}");
        let known = types.entry(reason).or_insert_with(|| problem["type"].clone());
        assert_eq!(*known, problem["type"], "{row:?}: one reason, one type");
    }
    let mut distinct: Vec<_> = types.values().map(Value::to_string).collect();
    distinct.sort();
    distinct.dedup();
    assert_eq!(distinct.len(), types.len(), "types are distinct: {types:?}");
}

#[test]
fn a_412_tells_what_is_current() {
    let mut connection = Connection::open(serve());
    let response = connection.exchange("PUT", "/note", &[("If-Match", b"\"stale\"")], None);
    assert_eq!(response.status, 412);
    assert_eq!(response.text("etag"), Some(Note::tag()));
    assert_eq!(response.text("last-modified").as_deref(), Some(CHANGED));
    // With what the 412 has told, the write goes on.
    let tag = response.text("etag").unwrap();
    let fields = [("If-Match", tag.as_bytes()), ("Content-Type", b"application/json")];
    assert_eq!(connection.exchange("PUT", "/note", &fields, Some(b"8")).status, 200);
}

#[test]
fn a_refusal_has_no_validators_of_what_is_not_there() {
    let mut connection = Connection::open(serve());
    for target in ["/new", "/gone"] {
        let response = connection.exchange("PUT", target, &[("If-Match", b"\"v1\"")], None);
        assert!(!response.has("etag") && !response.has("last-modified"), "{response:?}");
    }
}

#[test]
fn a_refusal_repeats_nothing_that_the_client_sent() {
    let mut connection = Connection::open(serve());
    let response = connection.exchange("PUT", "/note", &[("If-Match", b"<script>alert(1)</script>")], None);
    assert!(!String::from_utf8_lossy(&response.body).contains("script"));
}

/// The problem details of a refusal, whose fields are right.
fn problem(response: &Response) -> Value {
    assert_eq!(response.text("content-type").as_deref(), Some("application/problem+json"));
    assert_eq!(response.text("cache-control").as_deref(), Some("no-store"));
    serde_json::from_slice(&response.body).unwrap()
}
