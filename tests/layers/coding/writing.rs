//! Whoever writes may have seen any coding.

use harness::{Connection, Response};

use super::application::serve;
use super::content::CODINGS;

const TARGETS: [&str; 3] = ["/note", "/own/strong", "/own/octets"];

fn tag(response: &Response) -> Vec<u8> {
    let tag = response.fields.iter().find(|(name, _)| name == "etag");
    tag.unwrap().1.clone()
}

#[test]
fn a_write_may_name_the_tag_of_any_coding() {
    for target in TARGETS {
        let mut connection = Connection::open(serve());
        for seen in CODINGS {
            for accepted in [&b"identity"[..], b"gzip", b"br, *;q=0", b"identity;q=0, zstd"] {
                let held = tag(&connection.exchange("GET", target, &[("Accept-Encoding", seen.as_bytes())], None));
                assert!(held.ends_with(format!("-{seen}\"").as_bytes()), "{target} {}", held.escape_ascii());
                let fields: [(&str, &[u8]); 2] = [("Accept-Encoding", accepted), ("If-Match", &held)];

                let saved = connection.exchange("PUT", target, &fields, None);
                assert_eq!(saved.status, 200, "{target} {}", held.escape_ascii());
                let read = connection.exchange("GET", target, &fields[..1], None);
                assert_eq!(tag(&saved), tag(&read), "what a write answers is what the next read answers");
                assert_ne!(tag(&read), held);

                let late = connection.exchange("PUT", target, &fields, None);
                assert_eq!(late.status, 412, "{target} {}", held.escape_ascii());
            }
        }
    }
}

#[test]
fn a_write_that_is_to_create_fails_on_any_coding_of_what_is_there() {
    for target in TARGETS {
        let mut connection = Connection::open(serve());
        for seen in CODINGS {
            let held = tag(&connection.exchange("GET", target, &[("Accept-Encoding", seen.as_bytes())], None));
            let fields: [(&str, &[u8]); 2] = [("If-Match", b"*"), ("If-None-Match", &held)];
            let refused = connection.exchange("PUT", target, &fields, None);
            assert_eq!(refused.status, 412, "{target} {}", held.escape_ascii());
        }
    }
}

#[test]
fn a_tag_in_which_a_coding_was_named_by_nobody_holds_for_no_write() {
    let mut connection = Connection::open(serve());
    for held in
        ["\"v0-draft\"", "\"v0-gzip-draft\"", "\"v0-GZIP\"", "W/\"v0-gzip\"", "\"v0-\"", "\"v1-gzip\"", "v0-gzip"]
    {
        let late = connection.exchange("PUT", "/own/strong", &[("If-Match", held.as_bytes())], None);
        assert_eq!(late.status, 412, "{held}");
    }
    // Of tags that only look like it, each is the one that it is.
    let like = "/own/named-like-a-coding";
    assert_eq!(connection.exchange("PUT", like, &[("If-Match", b"\"v0\"")], None).status, 412);
    assert_eq!(connection.exchange("PUT", like, &[("If-Match", b"\"v0-gzip-gzip\"")], None).status, 200);
    assert_eq!(connection.exchange("PUT", like, &[("If-Match", b"\"v1-gzip\"")], None).status, 200);
}
