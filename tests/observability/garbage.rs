//! Whatever a client sends is no fault of the server, and is repeated nowhere.

use http::header::{IF_MATCH, IF_MODIFIED_SINCE, IF_NONE_MATCH, IF_RANGE, IF_UNMODIFIED_SINCE, RANGE};
use http::{HeaderValue, Method};
use tracing::Level;

use crate::ask::{ask, send};
use crate::recorder::Counters;

/// No tag, no list, no date and no range; the word in it is found wherever it would be repeated.
const GARBAGE: [&[u8]; 8] = [
    b"",
    b"marker",
    b"\"marker",
    b"*, marker",
    b",,,marker,\"\xff\xfe\", W/",
    b"W/\"\"marker\"",
    b"99999999999999999999 marker GMT",
    b"bytes=marker-0",
];

const PATHS: [(Method, &str); 6] = [
    (Method::GET, "/note"),
    (Method::GET, "/file"),
    (Method::GET, "/evaluated"),
    (Method::GET, "/layer/text"),
    (Method::PUT, "/note"),
    (Method::PUT, "/unread"),
];

#[test]
fn garbage_is_one_event_of_the_level_debug() {
    for (method, path) in PATHS {
        for name in [IF_MATCH, IF_NONE_MATCH, IF_MODIFIED_SINCE, IF_UNMODIFIED_SINCE, IF_RANGE] {
            for garbage in GARBAGE {
                let garbage = HeaderValue::from_bytes(garbage).unwrap();
                let fields = [(name.clone(), garbage), (RANGE, HeaderValue::from_static("bytes=0-1"))];
                let (_, events) = ask(&method, path, &fields);
                let [event] = &*events else { panic!("{method} {path} {fields:?}: {events:?}") };
                assert_eq!(event.level, Level::DEBUG, "{method} {path} {fields:?}");
                assert!(!format!("{event:?}").contains("marker"), "{event:?}");
            }
        }
    }
}

#[test]
fn garbage_adds_no_label() {
    let counted = Counters::of(|| {
        for (name, garbage) in
            [IF_MATCH, IF_NONE_MATCH].into_iter().flat_map(|name| GARBAGE.map(|it| (name.clone(), it)))
        {
            let fields = [(name, HeaderValue::from_bytes(garbage).unwrap())];
            send(&Method::PUT, "/note", &fields);
        }
    });
    let labels: Vec<_> = counted.keys().map(String::as_str).collect();
    assert_eq!(
        labels,
        [
            "etag_decisions_total{outcome=\"malformed\",reason=\"malformed\",field=\"If-Match\"}",
            "etag_decisions_total{outcome=\"malformed\",reason=\"malformed\",field=\"If-None-Match\"}",
            "etag_decisions_total{outcome=\"required\",reason=\"required\",field=\"none\"}",
            "etag_decisions_total{outcome=\"stale\",reason=\"stale\",field=\"If-Match\"}",
        ]
    );
    assert_eq!(counted.values().sum::<u64>(), 2 * GARBAGE.len() as u64);
}
