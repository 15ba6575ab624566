//! The layer on real connections, where hyper and axum add fields of their own.

use std::net::SocketAddr;

use axum::Router;
use axum::body::Body;
use axum::routing::get;
use etag_runtime::{Conditional, ConditionalLayer};
use harness::{Connection, exchange_http2, try_exchange_http2};
use http::header::{CONTENT_LENGTH, CONTENT_TYPE, ETAG, IF_NONE_MATCH, TRANSFER_ENCODING};
use http::{Method, Request, Response};
use tower::Layer as _;

use super::body::{Script, Step};
use super::note::Note;

fn routes() -> Router {
    let body = |steps: &'static [Step]| {
        get(move || async move { Response::new(Body::new(Script::new(steps.iter().cloned()).says(5))) })
    };
    Router::new()
        .route("/text", get(|| async { "Hello" }))
        .route("/note", get(|| async { Conditional::of(Note::new(7)) }))
        .route("/broken", body(&[Step::Data("He"), Step::Failure("gone")]))
        .route("/broken-later", body(&[Step::Data("He"), Step::Pause, Step::Failure("gone")]))
        .route("/short", body(&[Step::Data("He")]))
}

/// Once within the router and once around it, with what distinguishes the two.
fn servers() -> [(&'static str, SocketAddr); 2] {
    let within = routes().layer(ConditionalLayer::new());
    let around = ConditionalLayer::new().layer(routes());
    [("within", harness::serve(within)), ("around", harness::serve(Router::new().fallback_service(around)))]
}

const OF_THE_CONTENT: [http::HeaderName; 3] = [CONTENT_LENGTH, CONTENT_TYPE, TRANSFER_ENCODING];

#[test]
fn a_304_over_http_1_says_nothing_of_the_content() {
    for (name, address) in servers() {
        let mut connection = Connection::open(address);
        for target in ["/text", "/note"] {
            let full = connection.exchange("GET", target, &[], None);
            assert_eq!(full.text("content-length"), Some(full.body.len().to_string()), "{name} {target}");
            let tag = full.text("etag").unwrap();
            let again = connection.exchange("GET", target, &[("If-None-Match", tag.as_bytes())], None);
            assert_eq!(again.status, 304, "{name} {target}");
            assert_eq!(again.text("etag"), Some(tag), "{name} {target}");
            let sent: Vec<_> = OF_THE_CONTENT.iter().filter(|field| again.has(field.as_str())).collect();
            assert!(sent.is_empty(), "{name} {target}: {again:?}");
            assert!(connection.is_silent(), "{name} {target}: a 304 ends with its fields");
        }
    }
}

#[test]
fn a_304_over_http_2_says_nothing_of_the_content() {
    for (name, address) in servers() {
        for target in ["/text", "/note"] {
            let request = || Request::get(format!("http://test{target}"));
            let full = exchange_http2(address, vec![request().body(()).unwrap()]).remove(0);
            assert_eq!(full.head.headers()[CONTENT_LENGTH], full.body.len().to_string(), "{name} {target}");
            let tag = &full.head.headers()[ETAG];
            let conditional = request().header(IF_NONE_MATCH, tag).body(()).unwrap();
            let again = exchange_http2(address, vec![conditional]).remove(0);
            assert_eq!(again.head.status(), 304, "{name} {target}");
            assert_eq!(again.head.headers()[ETAG], tag, "{name} {target}");
            let sent: Vec<_> =
                OF_THE_CONTENT.iter().filter(|field| again.head.headers().contains_key(*field)).collect();
            assert!(sent.is_empty(), "{name} {target}: {again:?}");
            assert!(again.ended && again.body.is_empty(), "{name} {target}: a 304 ends with its fields");
        }
    }
}

#[test]
fn head_has_the_length_of_get() {
    let address = harness::serve(routes().layer(ConditionalLayer::new()));
    let mut connection = Connection::open(address);
    let [get, head] = ["GET", "HEAD"].map(|method| connection.exchange(method, "/text", &[], None));
    let fields = ["etag", "content-length", "content-type"];
    assert_eq!(fields.map(|name| head.lines(name)), fields.map(|name| get.lines(name)));
    assert!(head.has("etag") && connection.is_silent());
    let request = |method| Request::builder().method(method).uri("http://test/text").body(()).unwrap();
    let answers = exchange_http2(address, vec![request(Method::GET), request(Method::HEAD)]);
    for name in [ETAG, CONTENT_LENGTH, CONTENT_TYPE] {
        assert_eq!(answers[1].head.headers()[&name], answers[0].head.headers()[&name], "{name}");
    }
}

/// The client learns that the content is not complete, as it does without the layer.
#[test]
fn a_body_that_fails_is_no_complete_response() {
    let [within, around] = servers();
    for (name, address) in [("without", harness::serve(routes())), within, around] {
        for target in ["/broken", "/broken-later", "/short"] {
            let octets = raw(address, &harness::request("GET", target, &[], None));
            let (head, body) = octets.split_once("\r\n\r\n").unwrap_or((&octets, ""));
            assert!(head.is_empty() || head.contains("content-length: 5"), "{name} {target}: {head}");
            assert!(!head.contains("etag") && body.len() < 5, "{name} {target}: {octets}");

            let request = Request::get(format!("http://test{target}")).body(()).unwrap();
            let answer = try_exchange_http2(address, vec![request]).remove(0);
            assert!(answer.is_err(), "{name} {target}: {answer:?}");
        }
    }
}

/// Whatever comes until the server closes the connection.
fn raw(address: SocketAddr, request: &[u8]) -> String {
    use std::io::{Read as _, Write as _};

    let mut stream = std::net::TcpStream::connect(address).unwrap();
    stream.set_read_timeout(Some(std::time::Duration::from_secs(10))).unwrap();
    stream.write_all(request).unwrap();
    let mut octets = Vec::new();
    stream.read_to_end(&mut octets).unwrap();
    String::from_utf8(octets).unwrap()
}
