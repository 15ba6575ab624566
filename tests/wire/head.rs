//! HEAD: the fields of GET, and nothing after them (RFC 9110 § 9.3.2).

use harness::{Connection, Response};

use crate::application::{Note, serve};

#[test]
fn head_answers_with_the_fields_of_get() {
    let mut connection = Connection::open(serve());
    let tag = Note::tag();
    let stale = b"\"stale\"";
    let conditions: [&[(&str, &[u8])]; 3] = [&[], &[("If-None-Match", tag.as_bytes())], &[("If-Match", stale)]];
    for (fields, status) in conditions.into_iter().zip([200, 304, 412]) {
        for target in ["/note", "/plain"] {
            let get = connection.exchange("GET", target, fields, None);
            let head = connection.exchange("HEAD", target, fields, None);
            assert_eq!((get.status, head.status), (status, status), "{target}");
            assert_eq!(but_date(&head), but_date(&get), "{target} {status}");
            assert!(connection.is_silent(), "HEAD {target} {status} has no body");
        }
    }
}

#[test]
fn head_knows_the_length_of_the_representation() {
    let mut connection = Connection::open(serve());
    let length = connection.exchange("GET", "/note", &[], None).body.len();
    let head = connection.exchange("HEAD", "/note", &[], None);
    assert_eq!(head.text("content-length"), Some(length.to_string()));
}

/// The fields in the order of their names. Two requests may fall into different seconds.
fn but_date(response: &Response) -> Vec<(String, Vec<u8>)> {
    let mut fields: Vec<_> = response.fields.iter().filter(|(name, _)| name != "date").cloned().collect();
    fields.sort();
    fields
}
