//! Octets of one coding are never joined to those of another.

use harness::{Connection, Response};

use super::application::{DATE, TEXT, serve};

fn fetch(connection: &mut Connection, target: &str, fields: &[(&str, &str)]) -> Response {
    let fields: Vec<(&str, &[u8])> = fields.iter().map(|(name, value)| (*name, value.as_bytes())).collect();
    connection.exchange("GET", target, &fields, None)
}

/// A client that lost its connection after five octets, with what it says in `If-Range`, and what it accepts.
fn resumed(connection: &mut Connection, target: &str, first: &Response, if_range: &str, accepted: &str) -> Vec<u8> {
    let fields = [("Range", "bytes=5-"), ("If-Range", if_range), ("Accept-Encoding", accepted)];
    let rest = fetch(connection, target, &fields);
    match rest.status {
        206 => [&first.body[..5], &rest.body].concat(),
        200 => rest.body,
        status => panic!("{status} to {fields:?}"),
    }
}

#[test]
fn what_is_resumed_is_what_was_begun_or_the_whole() {
    const ACCEPTED: [&str; 6] = ["identity", "gzip", "br", "zstd, gzip;q=0.5", "deflate", "*"];
    let mut connection = Connection::open(serve());
    for begun in ACCEPTED {
        for (target, validator) in
            [("/part/tagged", "etag"), ("/part/careless", "etag"), ("/part/dated", "last-modified")]
        {
            let first = fetch(&mut connection, target, &[("Accept-Encoding", begun)]);
            assert_eq!(first.has("content-encoding"), begun != "identity");
            let if_range = first.text(validator).unwrap();
            for accepted in ACCEPTED {
                // A date says nothing of codings. That another field asks for another representation is said by Vary.
                if validator == "last-modified" && accepted != begun {
                    continue;
                }
                let whole = fetch(&mut connection, target, &[("Accept-Encoding", accepted)]);
                let resumed = resumed(&mut connection, target, &first, &if_range, accepted);
                let joined = [TEXT.as_bytes(), &whole.body].contains(&&*resumed);
                assert!(joined, "{target}: begun with {begun}, and resumed with {accepted}");
            }
        }
    }
}

#[test]
fn a_part_without_coding_is_still_a_part() {
    let mut connection = Connection::open(serve());
    for (target, if_range, accepted) in [
        ("/part/tagged", "\"v7\"", "identity"),
        ("/part/tagged", "\"v7\"", "gzip"),
        ("/part/dated", DATE, "identity"),
        // What browsers send with every range.
        ("/part/dated", DATE, "identity;q=1, *;q=0"),
    ] {
        let fields = [("Range", "bytes=5-"), ("If-Range", if_range), ("Accept-Encoding", accepted)];
        let part = fetch(&mut connection, target, &fields);
        assert_eq!((part.status, &*part.body), (206, &TEXT.as_bytes()[5..]), "{target} {fields:?}");
        assert!(!part.has("content-encoding"));
        assert_eq!(part.lines("vary"), ["accept-encoding"]);
    }
}

/// Without `If-Range`, the client compares the tags itself (RFC 9110 § 15.3.7.3).
#[test]
fn a_part_has_the_tag_of_the_representation_it_belongs_to() {
    let mut connection = Connection::open(serve());
    let first = fetch(&mut connection, "/part/tagged", &[("Accept-Encoding", "gzip")]);
    let part = fetch(&mut connection, "/part/tagged", &[("Accept-Encoding", "gzip"), ("Range", "bytes=5-")]);
    assert_eq!((first.text("etag").as_deref(), part.text("etag").as_deref()), (Some("\"v7-gzip\""), Some("\"v7\"")));
    assert_eq!((part.status, part.has("content-encoding")), (206, false));
}

#[test]
fn if_match_with_a_coding_gets_the_whole_and_no_part() {
    let mut connection = Connection::open(serve());
    let fields = [("Accept-Encoding", "gzip"), ("If-Match", "\"v7-gzip\""), ("Range", "bytes=5-")];
    assert_eq!(fetch(&mut connection, "/part/tagged", &fields[..2]).status, 200);
    assert_eq!(fetch(&mut connection, "/part/tagged", &fields).status, 412);
    assert_eq!(fetch(&mut connection, "/part/tagged", &fields[1..2]).status, 412, "gzip is not accepted any more");
    let plain = [("Accept-Encoding", "gzip"), ("If-Match", "\"v7\""), ("Range", "bytes=5-")];
    assert_eq!(fetch(&mut connection, "/part/tagged", &plain).status, 206);
}
