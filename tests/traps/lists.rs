//! Lists of tags, over one field line or several.

use etag_runtime::Decision::{NotModified, PreconditionFailed, Proceed};
use etag_runtime::{Current, EntityTag, EntityTagList};
use http::Method;

use crate::request::{decide, request, tagged};

#[test]
fn every_field_line_counts() {
    let current = tagged(b"\"v3\"");
    let lines = |name: &'static str| -> [(&'static str, &'static [u8]); 3] {
        [(name, b"\"v1\""), (name, b"\"v2\", W/\"x\""), (name, b"\"v3\"")]
    };
    let put = request(&Method::PUT, &lines("If-Match"));
    assert_eq!(put.evaluate(Current::Present(&current)), Proceed);
    let put = request(&Method::PUT, &lines("If-None-Match"));
    assert_eq!(put.evaluate(Current::Present(&current)), PreconditionFailed);
    let get = request(&Method::GET, &lines("If-None-Match"));
    assert_eq!(get.evaluate(Current::Present(&current)), NotModified);
}

#[test]
fn a_wildcard_on_a_second_line_is_none() {
    let put = request(&Method::PUT, &[("If-Match", b"*"), ("If-Match", b"\"v2\"")]);
    assert_eq!(put.evaluate(Current::Present(&tagged(b"\"v1\""))), PreconditionFailed);
    let put = request(&Method::PUT, &[("If-Match", b"*"), ("If-Match", b"*")]);
    assert_eq!(put.evaluate(Current::Present(&tagged(b"\"v1\""))), PreconditionFailed);
}

/// Whoever forwards a request may join the lines of a field (RFC 9110 § 5.3), and that must not change what it says.
#[test]
fn an_empty_line_counts_as_the_comma_that_it_becomes() {
    let current = tagged(b"\"v1\"");
    for (name, method) in [("If-Match", Method::PUT), ("If-None-Match", Method::GET), ("If-None-Match", Method::PUT)] {
        for (one, other) in [("*", ""), ("", "*"), ("*", " "), ("\"v1\"", ""), ("", "\"v1\"")] {
            let lines = request(&method, &[(name, one.as_bytes()), (name, other.as_bytes())]);
            let joined = decide(&method, name, format!("{one}, {other}").as_bytes(), &current);
            assert_eq!(lines.evaluate(Current::Present(&current)), joined, "{method} {name}: {one:?} and {other:?}");
        }
    }
    let create = request(&Method::PUT, &[("If-None-Match", b"*"), ("If-None-Match", b"")]);
    assert_eq!(create.evaluate(Current::Absent), PreconditionFailed, "neither the wildcard nor absent");
    assert_eq!(EntityTagList::parse(["*", ""]), EntityTagList::parse(["*, "]));
}

#[test]
fn a_comma_inside_quotes_belongs_to_the_tag() {
    let current = tagged(b"\"a,b\"");
    assert_eq!(decide(&Method::PUT, "If-Match", b"\"x\",\"a,b\",\"y\"", &current), Proceed);
    assert_eq!(decide(&Method::PUT, "If-Match", b"\"a\", \"b\"", &current), PreconditionFailed);
    assert_eq!(decide(&Method::PUT, "If-Match", b"\"a,b\"", &tagged(b"\"b\"")), PreconditionFailed);
    assert_eq!(decide(&Method::PUT, "If-Match", b"\"x,W/\", \"y\"", &tagged(b"\",\"")), PreconditionFailed);
}

#[test]
fn a_broken_member_spoils_itself_only() {
    for broken in ["oops", "\"open", "\"a b\"", "*", "w/\"x\"", "\"x\"\"y\"", "\"x\" \"y\"", "W/"] {
        for list in [format!("{broken}, \"v1\""), format!("\"v1\", {broken}"), format!("\"v1\",{broken},\"v2\"")] {
            let decision = decide(&Method::PUT, "If-Match", list.as_bytes(), &tagged(b"\"v1\""));
            assert_eq!(decision, Proceed, "{list}");
            let decision = decide(&Method::PUT, "If-Match", list.as_bytes(), &tagged(b"\"v0\""));
            assert_eq!(decision, PreconditionFailed, "{list}");
            let decision = decide(&Method::GET, "If-None-Match", list.as_bytes(), &tagged(b"\"v1\""));
            assert_eq!(decision, NotModified, "{list}");
        }
    }
}

#[test]
fn an_unusable_if_none_match_costs_a_reader_nothing_but_the_transfer() {
    for value in [&b"v1"[..], b"\"v1", b"*, \"v2\"", b"\xff", b""] {
        assert_eq!(decide(&Method::GET, "If-None-Match", value, &tagged(b"\"v1\"")), Proceed);
        assert_eq!(decide(&Method::HEAD, "If-None-Match", value, &tagged(b"\"v1\"")), Proceed);
    }
}

#[test]
fn a_backslash_escapes_nothing() {
    assert_eq!(decide(&Method::PUT, "If-Match", br#""a\b""#, &tagged(br#""a\b""#)), Proceed);
    assert_eq!(decide(&Method::PUT, "If-Match", br#""a\"b""#, &tagged(br#""a""#)), PreconditionFailed);
    assert_eq!(decide(&Method::PUT, "If-Match", br#""\"""#, &tagged(br#""\""#)), PreconditionFailed);
}

#[test]
fn a_list_says_whether_all_of_it_could_be_read() {
    let list = |line: &[u8]| EntityTagList::parse([line]);
    assert!(!list(br#""a", W/"b""#).is_malformed());
    assert!(!list(b"*").is_malformed());
    assert!(list(b"*").is_any() && !list(br#""a""#).is_any());
    assert!(!list(b"").is_malformed());
    let broken = list(br#""a", b, "c""#);
    assert!(broken.is_malformed());
    assert_eq!(broken.tags(), [EntityTag::strong("a"), EntityTag::strong("c")]);
    let refused = EntityTag::parse(b"b").unwrap_err();
    assert!(refused.to_string().contains("not an entity tag"), "{refused}");
}

#[test]
fn no_octets_panic_a_parser() {
    let nasty: [&[u8]; 14] = [
        b"", b"\"", b"\"\"", b"W", b"W/", b"W/\"", b"\"a b\"", b"\"\0\"", b"\xff", b"\"\xff", b",", b"*\"", b"\"\"\"",
        b"W/*",
    ];
    for left in nasty {
        _ = EntityTag::parse(left);
        _ = EntityTagList::parse([left]);
        for right in nasty {
            _ = EntityTag::parse(&[left, right].concat());
            _ = EntityTagList::parse([left, right]);
            _ = EntityTagList::parse([[left, b",", right].concat()]);
        }
    }
}
