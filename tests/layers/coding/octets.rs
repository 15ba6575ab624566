//! Whatever octets come, fields of others are left alone.

use harness::Connection;

use super::application::serve;

#[test]
fn the_services_within_see_what_the_client_has_sent() {
    let mut connection = Connection::open(serve());
    let fields: [(&str, &[u8]); 9] = [
        ("Accept-Encoding", b"gzip\xff, \xfe;q=0"),
        ("Accept-Encoding", b"gzip"),
        ("If-None-Match", b"\"\xff-gzip\", \xe9, \"\x80"),
        ("If-Match", b"\"\xe9\""),
        ("If-Range", b"\"v7-gzip\""),
        ("If-Modified-Since", b"\xc3\xa4"),
        ("Vary", b"\xff"),
        ("ETag", b"\"\xff"),
        ("Content-Encoding", b"\xff"),
    ];
    let seen = connection.exchange("GET", "/echo", &fields, None);
    assert_eq!(seen.status, 200);
    for (name, value) in fields {
        let echoed: Vec<_> =
            seen.fields.iter().filter(|(field, _)| *field == format!("echo-{}", name.to_lowercase())).collect();
        let expected: &[u8] = match name {
            "Accept-Encoding" => continue,
            "If-None-Match" => b"\"\xff\", \"\xff-gzip\", \xe9, \"\x80",
            _ => value,
        };
        assert_eq!(echoed.len(), 1, "{name}");
        assert_eq!(echoed[0].1.escape_ascii().to_string(), expected.escape_ascii().to_string(), "{name}");
    }
}

#[test]
fn an_octet_that_is_no_text_may_belong_to_a_tag() {
    let mut connection = Connection::open(serve());
    let accepted: (&str, &[u8]) = ("Accept-Encoding", b"br");
    let tag = |response: &harness::Response| {
        response.fields.iter().find(|(name, _)| name == "etag").unwrap().1.escape_ascii().to_string()
    };
    let coded = connection.exchange("GET", "/own/octets", &[accepted], None);
    assert_eq!(tag(&coded), b"\"\xff,0-br\"".escape_ascii().to_string());
    let held = b"\xff, \"\xff,0-br\", \"";
    let unchanged = connection.exchange("GET", "/own/octets", &[accepted, ("If-None-Match", held)], None);
    assert_eq!((unchanged.status, tag(&unchanged)), (304, tag(&coded)));
}
