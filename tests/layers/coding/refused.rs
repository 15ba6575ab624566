//! A refusal has the tag of the representation, and not of the document that says so.

use harness::Connection;

use super::application::serve;

#[test]
fn a_412_keeps_its_tag_however_it_is_compressed() {
    let mut connection = Connection::open(serve());
    for target in ["/note", "/own/strong"] {
        let plain = connection.exchange("GET", target, &[], None).text("etag").unwrap();
        for method in ["GET", "PUT"] {
            for coding in ["identity", "gzip", "br", "zstd", "deflate"] {
                let fields: [(&str, &[u8]); 2] =
                    [("Accept-Encoding", coding.as_bytes()), ("If-Match", b"\"of something else\"")];
                let refused = connection.exchange(method, target, &fields, None);
                assert_eq!(refused.status, 412, "{method} {target}");
                assert_eq!(refused.text("etag").as_ref(), Some(&plain), "{method} {target} as {coding}");
                let sent = Some(coding).filter(|coding| *coding != "identity");
                assert_eq!(refused.text("content-encoding").as_deref(), sent, "{method} {target}");
            }
        }
    }
}

/// It can be sent as it is, and is then compared as any other.
#[test]
fn the_tag_of_a_412_is_one_to_write_with() {
    let mut connection = Connection::open(serve());
    let late: [(&str, &[u8]); 2] = [("Accept-Encoding", b"gzip"), ("If-Match", b"\"stale-gzip\"")];
    let current = connection.exchange("PUT", "/note", &late, None).text("etag").unwrap();
    assert_eq!(connection.exchange("PUT", "/note", &[("If-Match", current.as_bytes())], None).status, 200);
}

#[test]
fn a_428_has_no_tag_to_begin_with() {
    let mut connection = Connection::open(serve());
    let refused = connection.exchange("PUT", "/note", &[("Accept-Encoding", b"gzip")], None);
    assert_eq!((refused.status, refused.has("content-encoding"), refused.has("etag")), (428, true, false));
}
