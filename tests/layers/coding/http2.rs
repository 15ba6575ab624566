//! HTTP/2, where hyper sends whatever content it is given, also on a `304`.

use std::time::Duration;

use http::header::{ACCEPT_ENCODING, CONTENT_ENCODING, CONTENT_LENGTH, ETAG, IF_NONE_MATCH};
use http::{Method, Request};

use super::application::serve;

#[test]
fn a_304_ends_with_its_fields() {
    let address = serve();
    let talk = async {
        let stream = tokio::net::TcpStream::connect(address).await.unwrap();
        let (mut sender, connection) = h2::client::handshake(stream).await.unwrap();
        let connection = tokio::spawn(connection);
        for target in ["/note", "/own/strong", "/careless"] {
            let request = |method: &Method, held: &str| {
                let request = Request::builder().method(method).uri(format!("http://test{target}"));
                request.header(ACCEPT_ENCODING, "gzip").header(IF_NONE_MATCH, held).body(()).unwrap()
            };
            sender = sender.ready().await.unwrap();
            let (seen, _) = sender.send_request(request(&Method::GET, "\"stale\""), true).unwrap();
            let seen = seen.await.unwrap();
            assert_eq!((seen.status().as_u16(), &seen.headers()[CONTENT_ENCODING]), (200, &"gzip".parse().unwrap()));
            let tag = &seen.headers()[ETAG];

            for method in [Method::GET, Method::HEAD] {
                sender = sender.ready().await.unwrap();
                let (unchanged, _) = sender.send_request(request(&method, tag.to_str().unwrap()), true).unwrap();
                let (head, mut content) = unchanged.await.unwrap().into_parts();
                assert_eq!((head.status.as_u16(), &head.headers[ETAG]), (304, tag), "{method} {target}");
                for name in [CONTENT_ENCODING, CONTENT_LENGTH] {
                    assert_eq!(head.headers.get(&name), None, "{method} {target}: {name} on a 304");
                }
                assert!(content.is_end_stream() && content.data().await.is_none(), "{method} {target}");
            }
        }
        connection.abort();
    };
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    runtime.block_on(async {
        tokio::time::timeout(Duration::from_secs(10), talk).await.expect("the server answers in time");
    });
}
