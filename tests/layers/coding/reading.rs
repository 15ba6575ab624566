//! `If-None-Match` on GET and HEAD, and what a `304` says.

use harness::{Connection, Response};

use super::application::serve;
use super::content::CODINGS;

/// The answer to a request that accepts this, and has these lines of `If-None-Match`.
fn ask(connection: &mut Connection, target: &str, accepted: Option<&str>, lines: &[&str]) -> Response {
    let mut fields: Vec<(&str, &[u8])> = lines.iter().map(|line| ("If-None-Match", line.as_bytes())).collect();
    fields.extend(accepted.map(|accepted| ("Accept-Encoding", accepted.as_bytes())));
    let get = connection.exchange("GET", target, &fields, None);
    let head = connection.exchange("HEAD", target, &fields, None);
    assert_eq!(head.status, get.status, "HEAD {target} {fields:?}");
    assert_eq!(head.text("etag"), get.text("etag"), "HEAD {target} {fields:?}");
    get
}

#[test]
fn a_coding_that_is_accepted_is_not_modified() {
    let mut connection = Connection::open(serve());
    for target in ["/note", "/own/strong", "/own/weak", "/own/named-like-a-coding"] {
        for coding in CODINGS {
            let held = ask(&mut connection, target, Some(coding), &[]).text("etag").unwrap();
            // Whichever the server would choose now, the client has one that it can read.
            for accepted in [coding, "*", "br;q=0.1, gzip;q=0.1, zstd;q=0.1, deflate;q=0.1", "identity;q=0, *;q=0.5"] {
                let unchanged = ask(&mut connection, target, Some(accepted), &[&held]);
                assert_eq!(unchanged.status, 304, "{target}: {held} with {accepted}");
                assert_eq!(unchanged.text("etag").as_ref(), Some(&held));
                assert_eq!(unchanged.lines("vary"), ["accept-encoding"]);
                for name in ["content-encoding", "content-type", "content-length", "transfer-encoding"] {
                    assert!(!unchanged.has(name), "{name} on a 304 to {held}");
                }
            }
            assert!(connection.is_silent(), "a 304 has no content");
        }
    }
}

#[test]
fn a_coding_that_is_not_accepted_any_more_is_sent_anew() {
    let mut connection = Connection::open(serve());
    for target in ["/note", "/own/strong", "/own/weak"] {
        let held = ask(&mut connection, target, Some("gzip"), &[]).text("etag").unwrap();
        for accepted in [None, Some(""), Some("br"), Some("gzip;q=0"), Some("*, gzip;q=0.000"), Some("identity")] {
            let anew = ask(&mut connection, target, accepted, &[&held]);
            assert_eq!(anew.status, 200, "{target}: {held} with {accepted:?}");
            assert_ne!(anew.text("etag").as_ref(), Some(&held));
            assert_ne!(anew.text("content-encoding").as_deref(), Some("gzip"));
        }
    }
}

#[test]
fn identity_is_accepted_until_it_is_refused() {
    let mut connection = Connection::open(serve());
    for target in ["/note", "/own/strong", "/own/weak", "/own/named-like-a-coding"] {
        let plain = ask(&mut connection, target, None, &[]).text("etag").unwrap();
        for accepted in [None, Some("gzip"), Some("gzip, identity;q=0.1"), Some("*")] {
            let unchanged = ask(&mut connection, target, accepted, &[&plain]);
            assert_eq!((unchanged.status, unchanged.text("etag").as_ref()), (304, Some(&plain)), "with {accepted:?}");
        }
        let compressed = ask(&mut connection, target, Some("gzip"), &[]).text("etag").unwrap();
        for accepted in ["gzip, identity;q=0", "gzip, *;q=0"] {
            let anew = ask(&mut connection, target, Some(accepted), &[&plain]);
            assert_eq!((anew.status, anew.text("etag").as_ref()), (200, Some(&compressed)), "{plain} with {accepted}");
            let unchanged = ask(&mut connection, target, Some(accepted), &[&plain, &compressed]);
            assert_eq!((unchanged.status, unchanged.text("etag").as_ref()), (304, Some(&compressed)));
        }
    }
}

#[test]
fn a_list_may_come_in_several_lines() {
    let mut connection = Connection::open(serve());
    #[rustfmt::skip]
    let table: [(&[&str], Option<&str>); 9] = [
        (&["\"a\"", "\"v0-gzip\""],                 Some("\"v0-gzip\"")),
        (&["\"v0-br\", \"v0-gzip\"", "\"v0\""],     Some("\"v0-gzip\"")),
        (&["\"v0\"", "\"v0-gzip\""],                Some("\"v0\"")),
        (&["oops", "\"unterminated", "\"v0-gzip\""], Some("\"v0-gzip\"")),
        (&["", ",", "W/\"v0-gzip\""],               Some("\"v0-gzip\"")),
        (&["\"v1-gzip\"", "\"v0-gzip-br\""],        None),
        (&["\"v0-br\"", "v0-gzip"],                 None),
        (&["*"],                                    Some("\"v0\"")),
        (&["*", "\"v9\""],                          None),
    ];
    for (lines, named) in table {
        let answer = ask(&mut connection, "/own/strong", Some("gzip"), lines);
        let expected = named.map_or((200, "\"v0-gzip\""), |tag| (304, tag));
        assert_eq!((answer.status, answer.text("etag").as_deref()), (expected.0, Some(expected.1)), "{lines:?}");
    }
}

/// Many evaluators do not get further.
#[test]
fn what_is_added_stands_in_the_first_line() {
    let mut connection = Connection::open(serve());
    for lines in [&["\"v7-gzip\""][..], &["\"a\"", "\"v7-gzip\""], &["oops \"", "\"v7-gzip\""]] {
        let answer = ask(&mut connection, "/careless", Some("gzip"), lines);
        assert_eq!((answer.status, answer.text("etag").as_deref()), (304, Some("\"v7-gzip\"")), "{lines:?}");
    }
}

/// The date counts only if there is no list of tags, also when none of its members counts.
#[test]
fn a_date_next_to_tags_that_do_not_count_does_not_count_either() {
    let mut connection = Connection::open(serve());
    let fields: [(&str, &[u8]); 3] = [
        ("Accept-Encoding", b"gzip, identity;q=0"),
        ("If-None-Match", b"\"v7\""),
        ("If-Modified-Since", super::application::DATE.as_bytes()),
    ];
    assert_eq!(connection.exchange("GET", "/part/tagged", &fields[1..], None).status, 304);
    assert_eq!(connection.exchange("GET", "/part/tagged", &fields, None).status, 200);
    assert_eq!(connection.exchange("GET", "/part/tagged", &fields[2..], None).status, 304);
}
