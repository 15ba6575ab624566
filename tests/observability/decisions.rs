//! Every kind of decision, once: in one event, and in the extensions of the response.

use etag_runtime::ETag as _;
use etag_runtime::observe::{Decided, Field, Half};
use http::header::{IF_MATCH, IF_MODIFIED_SINCE, IF_NONE_MATCH, IF_RANGE, IF_UNMODIFIED_SINCE, RANGE};
use http::{HeaderName, HeaderValue, Method};
use tracing::Level;

use crate::application::{FILE, WRITTEN, current, note, row};
use crate::ask::ask;

type Fields = Vec<(HeaderName, HeaderValue)>;

/// A request, and what is decided: the status, the outcome, the field and the half.
type Row = (Method, &'static str, Fields, u16, &'static str, &'static str, &'static str);

fn fields<const N: usize>(lines: [(HeaderName, &str); N]) -> Fields {
    lines.map(|(name, value)| (name, HeaderValue::from_str(value).unwrap())).into()
}

const EARLIER: &str = "Sat, 05 Nov 1994 08:49:37 GMT";

#[rustfmt::skip]
fn reads() -> Vec<Row> {
    let (now, mood, stale) = (&*current().etag().to_string(), &*note(7, 2).etag().to_string(), &*note(6, 1).etag().to_string());
    let get = || Method::GET;
    vec![
        (get(), "/note", fields([]),                                          200, "sent",         "",                    ""),
        (get(), "/note", fields([(IF_NONE_MATCH, now)]),                      304, "not-modified", "If-None-Match",       "representation"),
        (get(), "/note", fields([(IF_NONE_MATCH, stale), (IF_NONE_MATCH, now)]), 304, "not-modified", "If-None-Match",    "representation"),
        // What differs is the other half only, or more than that.
        (get(), "/note", fields([(IF_NONE_MATCH, mood)]),                     200, "sent",         "If-None-Match",       "representation"),
        (get(), "/note", fields([(IF_NONE_MATCH, stale)]),                    200, "sent",         "If-None-Match",       "state"),
        (get(), "/note", fields([(IF_NONE_MATCH, "*")]),                      304, "not-modified", "If-None-Match",       ""),
        (get(), "/note", fields([(IF_NONE_MATCH, "x")]),                      200, "sent",         "If-None-Match",       ""),
        (get(), "/note", fields([(IF_MODIFIED_SINCE, WRITTEN)]),              304, "not-modified", "If-Modified-Since",   ""),
        (get(), "/note", fields([(IF_MODIFIED_SINCE, EARLIER)]),              200, "sent",         "If-Modified-Since",   ""),
        (get(), "/note", fields([(IF_MODIFIED_SINCE, "x")]),                  200, "sent",         "",                    ""),
        (get(), "/note", fields([(IF_MATCH, now)]),                           200, "sent",         "If-Match",            "representation"),
        (get(), "/note", fields([(IF_MATCH, mood)]),                          412, "stale",        "If-Match",            "representation"),
        (get(), "/note", fields([(IF_MATCH, stale)]),                         412, "stale",        "If-Match",            "state"),
        (get(), "/note", fields([(IF_UNMODIFIED_SINCE, WRITTEN)]),            200, "sent",         "If-Unmodified-Since", ""),
        (get(), "/note", fields([(IF_UNMODIFIED_SINCE, EARLIER)]),            412, "stale",        "If-Unmodified-Since", ""),
        // The last one that was evaluated.
        (get(), "/note", fields([(IF_MATCH, now), (IF_NONE_MATCH, stale)]),   200, "sent",         "If-None-Match",       "state"),
        (get(), "/note", fields([(IF_MATCH, now), (IF_NONE_MATCH, now)]),     304, "not-modified", "If-None-Match",       "representation"),
        (Method::HEAD, "/note", fields([(IF_NONE_MATCH, now)]),               304, "not-modified", "If-None-Match",       "representation"),
        (get(), "/lazy", fields([(IF_NONE_MATCH, now)]),                      304, "not-modified", "If-None-Match",       "representation"),
        (get(), "/lazy", fields([(IF_NONE_MATCH, stale)]),                    200, "sent",         "If-None-Match",       "state"),
        (get(), "/absent", fields([]),                                        404, "not-found",    "",                    ""),
        // The decision stands, whatever becomes of the representation.
        (get(), "/failing", fields([]),                                       500, "sent",         "",                    ""),
    ]
}

#[rustfmt::skip]
fn parts() -> Vec<Row> {
    let now = &*current().etag().to_string();
    let (get, one, none) = (|| Method::GET, (RANGE, "bytes=0-1"), (RANGE, "bytes=50-"));
    let mut rows = vec![
        // There are no parts of it.
        (get(), "/note", fields([one.clone(), (IF_RANGE, now)]),               200, "sent",                  "",         ""),
        (get(), "/file", fields([one.clone()]),                                206, "partial",               "",         ""),
        (get(), "/file", fields([none.clone()]),                               416, "range-not-satisfiable", "",         ""),
        (get(), "/file", fields([none.clone(), (IF_RANGE, "\"v0\"")]),         200, "sent",                  "If-Range", ""),
    ];
    for path in ["/file", "/evaluated"] {
        rows.extend([
            (get(), path, fields([(IF_NONE_MATCH, FILE)]),                     304, "not-modified",          "If-None-Match", ""),
            (get(), path, fields([one.clone(), (IF_RANGE, FILE)]),             206, "partial",               "If-Range", ""),
            (get(), path, fields([one.clone(), (IF_RANGE, "\"v0\"")]),         200, "sent",                  "If-Range", ""),
            (get(), path, fields([none.clone(), (IF_RANGE, FILE)]),            416, "range-not-satisfiable", "If-Range", ""),
        ]);
    }
    rows
}

#[rustfmt::skip]
fn layers() -> Vec<Row> {
    let (get, now) = (|| Method::GET, &*current().etag().to_string());
    vec![
        (get(), "/layer/text",    fields([]),                       200, "sent",         "",              ""),
        (get(), "/layer/text",    fields([(IF_NONE_MATCH, "*")]),   304, "not-modified", "If-None-Match", ""),
        (get(), "/layer/of",      fields([]),                       200, "sent",         "",              ""),
        (get(), "/layer/of",      fields([(IF_NONE_MATCH, now)]),   304, "not-modified", "If-None-Match", "representation"),
        // By the layer, to which a tag is a text.
        (get(), "/layer/spawned", fields([(IF_NONE_MATCH, now)]),   304, "not-modified", "If-None-Match", ""),
        (get(), "/layer/spawned", fields([]),                       200, "sent",         "",              ""),
    ]
}

#[rustfmt::skip]
fn writes() -> Vec<Row> {
    let (now, mood, stale) = (&*current().etag().to_string(), &*note(7, 2).etag().to_string(), &*note(6, 1).etag().to_string());
    let (weak, row) = (&*format!("W/{now}"), &*row().etag().to_string());
    let (put, post, delete) = (|| Method::PUT, || Method::POST, || Method::DELETE);
    vec![
        (put(),    "/note",    fields([]),                                       428, "required",  "",              ""),
        (put(),    "/note",    fields([(IF_MATCH, "*")]),                        428, "required",  "If-Match",      ""),
        (put(),    "/note",    fields([(IF_MATCH, now)]),                        200, "written",   "If-Match",      "state"),
        (put(),    "/note",    fields([(IF_MATCH, mood)]),                       200, "written",   "If-Match",      "state"),
        (put(),    "/note",    fields([(IF_MATCH, stale)]),                      412, "stale",     "If-Match",      "state"),
        (put(),    "/note",    fields([(IF_MATCH, "x")]),                        412, "malformed", "If-Match",      ""),
        (put(),    "/note",    fields([(IF_MATCH, weak)]),                       412, "weak",      "If-Match",      ""),
        (put(),    "/note",    fields([(IF_MATCH, now), (IF_NONE_MATCH, mood)]), 412, "exists",    "If-None-Match", "state"),
        (delete(), "/note",    fields([(IF_MATCH, now)]),                        204, "deleted",   "If-Match",      "state"),
        (delete(), "/note",    fields([(IF_MATCH, stale)]),                      412, "stale",     "If-Match",      "state"),
        (post(),   "/note",    fields([]),                                       201, "created",   "",              ""),
        (post(),   "/note",    fields([(IF_MATCH, now)]),                        412, "missing",   "If-Match",      ""),
        (put(),    "/new",     fields([(IF_NONE_MATCH, "*")]),                   201, "created",   "If-None-Match", ""),
        (put(),    "/new",     fields([]),                                       428, "required",  "",              ""),
        (put(),    "/absent",  fields([(IF_MATCH, now)]),                        404, "not-found", "",              ""),
        (put(),    "/lost",    fields([(IF_MATCH, now)]),                        412, "lost",      "If-Match",      "state"),
        (put(),    "/lost",    fields([]),                                       409, "lost",      "",              ""),
        (delete(), "/lost",    fields([(IF_MATCH, now)]),                        404, "lost",      "If-Match",      ""),
        (post(),   "/lost",    fields([(IF_NONE_MATCH, "*")]),                   412, "lost",      "If-None-Match", ""),
        (post(),   "/lost",    fields([]),                                       409, "lost",      "",              ""),
        // Lost, and tried again.
        (put(),    "/retried", fields([]),                                       200, "written",   "",              ""),
        (put(),    "/applied", fields([(IF_MATCH, now)]),                        200, "written",   "If-Match",      "state"),
        (put(),    "/applied", fields([(IF_MATCH, stale)]),                      200, "applied",   "If-Match",      "state"),
        (put(),    "/unread",  fields([(IF_MATCH, row)]),                        200, "written",   "If-Match",      "state"),
        (put(),    "/unread",  fields([(IF_MATCH, stale)]),                      412, "stale",     "If-Match",      "state"),
        (put(),    "/unread",  fields([]),                                       428, "required",  "",              ""),
    ]
}

#[test]
fn a_decision_is_one_event_and_the_response_has_it() {
    for (method, path, fields, status, outcome, field, half) in [reads(), parts(), layers(), writes()].concat() {
        let request = format!("{method} {path} {fields:?}");
        let (response, events) = ask(&method, path, &fields);
        assert_eq!(response.status(), status, "{request}");
        let [event] = &*events else { panic!("{request}: {events:?}") };
        assert_eq!((event.level, &*event.target), (Level::DEBUG, "etag_runtime"), "{request}");
        let told = ["outcome", "status", "field", "half"].map(|name| event.field(name).unwrap_or_default());
        assert_eq!(told, [outcome, &status.to_string(), field, half], "{request}");
        if outcome == "deleted" {
            // The handler has made the response.
            continue;
        }
        let decided = response.extensions().get::<Decided>().unwrap_or_else(|| panic!("{request}: no extension"));
        let told = [decided.field().map_or("", Field::name), decided.half().map_or("", Half::name)];
        assert_eq!((decided.outcome().name(), told), (outcome, [field, half]), "{request}");
        let elapsed = decided.elapsed().map(|elapsed| elapsed.as_micros().to_string());
        assert_eq!(event.field("elapsed"), elapsed.as_deref(), "{request}");
        // The one that was made without preconditions.
        assert_eq!(elapsed.is_none(), method == Method::GET && path == "/absent", "{request}");
    }
}

/// What was evaluated by nobody is no decision: without a layer, of another method, and what a service answers without success.
#[test]
fn where_nothing_is_decided_there_is_no_event() {
    let by_tag = fields([(IF_NONE_MATCH, &current().etag().to_string())]);
    let of_nothing = fields([(RANGE, "bytes=50-")]);
    for (method, path, fields, status) in [
        (Method::GET, "/of", by_tag, 200),
        (Method::POST, "/layer/text", Fields::new(), 200),
        (Method::GET, "/evaluated", of_nothing, 416),
        (Method::GET, "/nowhere", Fields::new(), 404),
    ] {
        let (response, events) = ask(&method, path, &fields);
        assert_eq!((response.status().as_u16(), events), (status, vec![]), "{method} {path}");
        assert_eq!(response.extensions().get::<Decided>(), None, "{method} {path}");
    }
}
