//! Decisions by outcome and field.

use etag_runtime::ETag as _;
use etag_runtime::observe::describe;
use http::Method;
use http::header::{IF_MATCH, IF_NONE_MATCH};

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
        (Method::DELETE, "/note", vec![(IF_MATCH, current().etag().into())]),
        (Method::PUT, "/retried", vec![]),
    ];
    let counted = Counters::of(|| {
        for (method, path, fields) in &requests {
            send(method, path, fields);
        }
    });
    let expected = [
        (r#"etag_decisions_total{outcome="deleted",field="If-Match"}"#, 1),
        (r#"etag_decisions_total{outcome="lost",field="If-Match"}"#, 1),
        (r#"etag_decisions_total{outcome="not-modified",field="If-None-Match"}"#, 2),
        (r#"etag_decisions_total{outcome="required",field="none"}"#, 1),
        (r#"etag_decisions_total{outcome="sent",field="none"}"#, 1),
        (r#"etag_decisions_total{outcome="stale",field="If-Match"}"#, 1),
        (r#"etag_decisions_total{outcome="written",field="none"}"#, 1),
    ];
    assert_eq!(counted, expected.map(|(name, count)| (name.to_owned(), count)).into());
}

#[test]
fn both_counters_are_described() {
    assert_eq!(Counters::described(describe), ["etag_bytes_not_sent_total", "etag_decisions_total"]);
}
