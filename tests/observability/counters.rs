//! Decisions by outcome, reason and field.

use etag_runtime::ETag as _;
use etag_runtime::observe::describe;
use http::header::{IF_MATCH, IF_NONE_MATCH};
use http::{HeaderValue, Method};

use crate::application::{current, note};
use crate::ask::send;
use crate::recorder::Counters;

#[test]
fn a_decision_is_counted_once() {
    let (now, stale) = (current().etag().into(), note(6, 1).etag().into());
    let requests = [
        (Method::GET, "/note", vec![]),
        (Method::GET, "/note", vec![(IF_NONE_MATCH, now)]),
        (Method::GET, "/lazy", vec![(IF_NONE_MATCH, current().etag().into())]),
        (Method::PUT, "/note", vec![]),
        (Method::PUT, "/note", vec![(IF_MATCH, stale)]),
        (Method::PUT, "/lost", vec![(IF_MATCH, current().etag().into())]),
        (Method::PUT, "/lost", vec![]),
        (Method::POST, "/lost", vec![(IF_NONE_MATCH, HeaderValue::from_static("*"))]),
        (Method::DELETE, "/lost", vec![(IF_MATCH, current().etag().into())]),
        (Method::DELETE, "/note", vec![(IF_MATCH, current().etag().into())]),
        (Method::PUT, "/retried", vec![]),
    ];
    let counted = Counters::of(|| {
        for (method, path, fields) in &requests {
            send(method, path, fields);
        }
    });
    let expected = [
        (r#"etag_decisions_total{outcome="deleted",reason="none",field="If-Match"}"#, 1),
        (r#"etag_decisions_total{outcome="lost",reason="conflict",field="none"}"#, 1),
        (r#"etag_decisions_total{outcome="lost",reason="exists",field="If-None-Match"}"#, 1),
        (r#"etag_decisions_total{outcome="lost",reason="not-found",field="If-Match"}"#, 1),
        (r#"etag_decisions_total{outcome="lost",reason="stale",field="If-Match"}"#, 1),
        (r#"etag_decisions_total{outcome="not-modified",reason="none",field="If-None-Match"}"#, 2),
        (r#"etag_decisions_total{outcome="required",reason="required",field="none"}"#, 1),
        (r#"etag_decisions_total{outcome="sent",reason="none",field="none"}"#, 1),
        (r#"etag_decisions_total{outcome="stale",reason="stale",field="If-Match"}"#, 1),
        (r#"etag_decisions_total{outcome="written",reason="none",field="none"}"#, 1),
    ];
    assert_eq!(counted, expected.map(|(name, count)| (name.to_owned(), count)).into());
}

#[test]
fn both_counters_are_described() {
    assert_eq!(Counters::described(describe), ["etag_bytes_not_sent_total", "etag_decisions_total"]);
}
