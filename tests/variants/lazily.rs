//! Parameters, roles and views: named before the view is made.

use harness::Connection;

use crate::application::serve;

#[test]
fn a_view_is_made_only_if_it_is_sent() {
    let (address, store) = serve();
    let mut connection = Connection::open(address);
    let first = connection.exchange("GET", "/some?fields=title", &[], None);
    assert_eq!((first.status, store.rendered()), (200, 1));
    let tag = first.text("etag").unwrap();
    let again = connection.exchange("GET", "/some?fields=title", &[("If-None-Match", tag.as_bytes())], None);
    assert_eq!((again.status, store.rendered()), (304, 1));
    assert_eq!(again.text("cache-control").as_deref(), Some("private, no-cache"));
}

#[test]
fn parameters_and_roles_are_variants() {
    let mut connection = Connection::open(serve().0);
    let editor: &[(&str, &[u8])] = &[("Cookie", b"role=editor")];
    let mut tags: Vec<String> = Vec::new();
    for (target, fields) in [("/some", &[][..]), ("/some?fields=title", &[]), ("/some", editor)] {
        let response = connection.exchange("GET", target, fields, None);
        // What is in the address needs no mention: only a field of the request does.
        assert_eq!(response.lines("vary"), ["cookie"], "{target}");
        tags.extend(response.text("etag"));
    }
    tags.sort_unstable();
    tags.dedup();
    assert_eq!(tags.len(), 3, "{tags:?}");
}
