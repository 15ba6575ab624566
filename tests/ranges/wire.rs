//! On real connections, of HTTP/1.1 and HTTP/2: lengths that are true, and connections that go on.

use std::io::{Read as _, Write as _};
use std::net::{SocketAddr, TcpStream};
use std::time::Duration;

use axum::Router;
use axum::extract::State;
use axum::routing::get;
use etag_runtime::{Conditional, Content, Preconditions, Validators};
use harness::{Connection, exchange_http2, request, try_exchange_http2};
use http::Request;
use http::header::{CONTENT_LENGTH, CONTENT_RANGE, CONTENT_TYPE, RANGE};

use crate::answer::split;
use crate::fresh::{Chunks, Document};

/// A document of a thousand octets, in memory and as a stream, and a stream that ends too early.
fn serve() -> SocketAddr {
    let router = Router::new()
        .route("/document", get(document))
        .route("/stream", get(stream))
        .route("/short", get(short))
        .with_state(Document::new(1000));
    harness::serve(router)
}

async fn document(State(document): State<Document>, preconditions: Preconditions) -> Conditional<Content> {
    preconditions.respond_with_content(document.validators(), document.content())
}

async fn stream(State(document): State<Document>, preconditions: Preconditions) -> Conditional<Content> {
    let octets = document.octets();
    let content = Content::stream(1000, move |part| {
        let place = |octet| usize::try_from(octet).unwrap();
        Chunks::of(&octets[place(part.start)..place(part.end)], 64)
    });
    preconditions.respond_with_content(document.validators(), content.content_type("application/pdf"))
}

async fn short(preconditions: Preconditions) -> Conditional<Content> {
    preconditions.respond_with_content(Validators::new(), Content::stream(1000, |_| Chunks::of(b"ten octets", 4)))
}

/// Each with its status, and how many octets of the document it has.
const REQUESTS: [(&str, Option<&str>, u16, Option<usize>); 8] = [
    ("GET", Some("bytes=990-"), 206, Some(10)),
    ("GET", Some("bytes=0-9,500-509"), 206, Some(20)),
    ("GET", Some("bytes=1000-"), 416, None),
    ("HEAD", Some("bytes=990-"), 200, Some(0)),
    ("GET", Some("items=1"), 200, Some(1000)),
    ("GET", Some("bytes=0-9,10-999"), 200, Some(1000)),
    ("HEAD", None, 200, Some(0)),
    ("GET", None, 200, Some(1000)),
];

/// How many octets of the document these are. Everything but a `416` has them.
fn octets(media_type: &str, body: &[u8]) -> Option<usize> {
    let ours = |octets: &[u8]| octets.iter().all(|octet| *octet == b'B').then_some(octets.len());
    match media_type.strip_prefix("multipart/byteranges; boundary=") {
        Some(boundary) => split(body, boundary).iter().map(|part| ours(&part.body)).sum(),
        None => ours(body),
    }
}

#[test]
fn a_connection_of_http_1_goes_on_after_every_answer() {
    for target in ["/document", "/stream"] {
        let mut connection = Connection::open(serve());
        for _ in 0..2 {
            for (method, range, status, expected) in REQUESTS {
                let fields: Vec<_> = range.iter().map(|range| ("Range", range.as_bytes())).collect();
                let answer = connection.exchange(method, target, &fields, None);
                assert_eq!(answer.status, status, "{method} {target} {range:?}");
                assert_eq!(octets(&answer.text("content-type").unwrap(), &answer.body), expected, "{target} {range:?}");
                let length = answer.text("content-length").unwrap();
                match method {
                    "HEAD" => assert_eq!(length, "1000"),
                    _ => assert_eq!(length, answer.body.len().to_string(), "{target} {range:?}"),
                }
                assert!(!answer.has("transfer-encoding") && !answer.has("connection"), "{answer:?}");
                assert_eq!(answer.has("content-range"), status == 416 || expected == Some(10));
            }
        }
        assert!(connection.is_silent());
    }
}

#[test]
fn a_connection_of_http_2_goes_on_after_every_answer() {
    for target in ["/document", "/stream"] {
        let requests = REQUESTS.map(|(method, range, ..)| {
            let request = Request::builder().method(method).uri(format!("http://test{target}"));
            let request = range.into_iter().fold(request, |request, range| request.header(RANGE, range));
            request.body(()).unwrap()
        });
        let answers = exchange_http2(serve(), requests.into());
        for (answer, (method, range, status, expected)) in answers.iter().zip(REQUESTS) {
            let text = |name| answer.head.headers().get(name).map(|value| value.to_str().unwrap());
            assert_eq!(answer.head.status(), status, "{method} {target} {range:?}");
            assert_eq!(octets(text(CONTENT_TYPE).unwrap(), &answer.body), expected, "{target} {range:?}");
            let length = if method == "HEAD" { 1000 } else { answer.body.len() };
            assert_eq!(text(CONTENT_LENGTH), Some(&*length.to_string()), "{target} {range:?}");
            assert_eq!(text(CONTENT_RANGE).is_some(), status == 416 || expected == Some(10), "{range:?}");
        }
    }
}

/// What is missing cannot be taken for the end, nor the next response for what is missing.
#[test]
fn a_connection_ends_with_a_content_that_ends_early() {
    let address = serve();
    for range in [&b"bytes=500-999"[..], b"bytes=0-99,500-599"] {
        let mut stream = TcpStream::connect(address).unwrap();
        stream.set_read_timeout(Some(Duration::from_secs(10))).unwrap();
        stream.write_all(&request("GET", "/short", &[("Range", range)], None)).unwrap();
        let mut response = Vec::new();
        // A reset would do as well as an end.
        _ = stream.read_to_end(&mut response);
        let text = String::from_utf8_lossy(&response);
        let (head, body) = text.split_once("\r\n\r\n").unwrap();
        let length: usize =
            head.split_once("content-length: ").unwrap().1.split("\r\n").next().unwrap().parse().unwrap();
        assert!(head.starts_with("HTTP/1.1 206 ") && body.contains("ten octets"), "{text}");
        assert!(body.len() < length, "{text}");
    }
    let request = Request::get("http://test/short").header(RANGE, "bytes=500-999").body(()).unwrap();
    let answers = try_exchange_http2(address, vec![request]);
    assert!(answers[0].is_err(), "{answers:?}");
}

/// The parts of a part: what hyper makes of the fields is what was written.
#[test]
fn a_multipart_has_its_fields_in_its_parts() {
    let mut connection = Connection::open(serve());
    let answer = connection.exchange("GET", "/stream", &[("Range", b"bytes=500-509,0-9")], None);
    let media_type = answer.text("content-type").unwrap();
    let parts = split(&answer.body, media_type.strip_prefix("multipart/byteranges; boundary=").unwrap());
    let seen: Vec<_> = parts.iter().map(|part| (&*part.media_type, part.octets.clone())).collect();
    assert_eq!(seen, [("application/pdf", 500..510), ("application/pdf", 0..10)]);
}
