//! What becomes of a connection whose request was answered before its body was read.

use std::future::poll_fn;
use std::task::Poll;

use h2::{Ping, Reason, SendStream};
use http::{Request, StatusCode};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;
use tokio::time::timeout;

use crate::client::{Ask, Http};
use crate::database::{Database, on_every_database};
use crate::server::{PATIENCE, Server};

on_every_database! {
    connection_that_is_closed_says_so,
    answer_survives_a_body_that_is_still_sent,
    connection_of_a_body_that_was_read_is_kept,
    stream_is_not_reset_with_the_response,
}

const DRAFT: &str = r#"{"title": "New", "body": "", "author_id": 1}"#;

/// A request of HTTP/1.1 with this much of a body that is as long as `length`.
async fn send(server: &Server, line: &str, fields: &str, length: usize, body: &str) -> TcpStream {
    let mut stream = TcpStream::connect(&server.address).await.unwrap();
    let head = format!(
        "{line} HTTP/1.1\r\nhost: {}\r\ncontent-type: application/json\r\ncontent-length: {length}\r\n{fields}\r\n",
        server.address
    );
    stream.write_all(format!("{head}{body}").as_bytes()).await.unwrap();
    stream
}

/// Status line and fields of the next response.
async fn head(stream: &mut TcpStream) -> String {
    let mut head = Vec::new();
    while !head.ends_with(b"\r\n\r\n") {
        head.push(timeout(PATIENCE, stream.read_u8()).await.expect("no answer").unwrap());
    }
    String::from_utf8(head).unwrap()
}

/// Nobody who keeps to what a response says sends another request into a connection that is closed.
async fn connection_that_is_closed_says_so(database: Database) {
    let server = Server::start(&database).await;
    let large = 1 << 23;
    #[rustfmt::skip]
    let table = [
        // request, fields, length, what of it is sent, status
        ("PUT /api/articles/1",   "",                         DRAFT.len(), "",    "428"),
        ("PUT /api/articles/1",   "expect: 100-continue\r\n", DRAFT.len(), "",    "428"),
        ("PUT /api/articles/1",   "if-match: \"old\"\r\n",    DRAFT.len(), "{",   "412"),
        ("PUT /api/articles/1",   "if-match: \"old\"\r\n",    DRAFT.len(), DRAFT, "412"),
        ("PUT /api/articles/1",   "if-match: \"old\"\r\n",    large,       DRAFT, "412"),
        ("PATCH /api/articles/9", "",                         large,       "",    "404"),
        ("POST /api/articles",    "if-match: \"old\"\r\n",    large,       "",    "412"),
        ("POST /api/articles/1",  "",                         large,       "",    "405"),
        ("GET /api/articles/1",   "",                         DRAFT.len(), "",    "200"),
    ];
    for (line, fields, length, body, status) in table {
        let mut stream = send(&server, line, fields, length, body).await;
        let head = head(&mut stream).await;
        assert!(head.starts_with(&format!("HTTP/1.1 {status} ")), "{line} {fields}: {head}");
        assert!(head.contains("\r\nconnection: close\r\n"), "{line} {fields}: {head}");
        let mut rest = Vec::new();
        timeout(PATIENCE, stream.read_to_end(&mut rest)).await.expect("it is not closed").unwrap();
    }
    server.stop().await;
}

/// Whoever is still sending when the refusal comes is not cut off: a reset could overtake it.
async fn answer_survives_a_body_that_is_still_sent(database: Database) {
    let server = Server::start(&database).await;
    let half = " ".repeat(400_000);
    let mut stream = send(&server, "PUT /api/articles/1", "if-match: \"old\"\r\n", 2 * half.len(), &half).await;
    let head = head(&mut stream).await;
    assert!(head.starts_with("HTTP/1.1 412 ") && head.contains("\r\nconnection: close\r\n"), "{head}");
    stream.write_all(half.as_bytes()).await.unwrap();
    let mut rest = String::new();
    timeout(PATIENCE, stream.read_to_string(&mut rest)).await.expect("it is not closed").unwrap();
    assert!(rest.ends_with('}'), "{rest}");
    server.stop().await;
}

async fn connection_of_a_body_that_was_read_is_kept(database: Database) {
    let server = Server::start(&database).await;
    let mut stream = send(&server, "POST /api/articles", "", DRAFT.len(), DRAFT).await;
    for status in ["201", "200"] {
        let head = head(&mut stream).await;
        assert!(head.starts_with(&format!("HTTP/1.1 {status} ")), "{head}");
        assert!(!head.contains("connection: "), "{head}");
        let length = head.lines().find_map(|line| line.strip_prefix("content-length: ")).unwrap();
        timeout(PATIENCE, stream.read_exact(&mut vec![0; length.parse().unwrap()])).await.expect("no body").unwrap();
        stream.write_all(b"GET /api/authors/1 HTTP/1.1\r\nhost: localhost\r\n\r\n").await.unwrap();
    }
    // There is no such field in HTTP/2, and no need for one.
    let client = server.client(Http::Two);
    let refused = client.send(Ask::put("/api/articles/1").with("content-type", "application/json").body(DRAFT)).await;
    assert!(refused.status.as_u16() == 428 && !refused.has("connection"), "{refused:?}");
    server.stop().await;
}

type Body = SendStream<axum::body::Bytes>;

/// Some clients take a reset for a failure, whatever its reason is. They have the response before it comes, and it does
/// not come if their body does.
async fn stream_is_not_reset_with_the_response(database: Database) {
    let server = Server::start(&database).await;
    let stream = TcpStream::connect(&server.address).await.unwrap();
    let (mut sender, mut connection) = h2::client::handshake(stream).await.unwrap();
    let mut pings = connection.ping_pong().unwrap();
    tokio::spawn(connection);
    for rest in ["", DRAFT] {
        let put = Request::put(format!("http://{}/api/articles/1", server.address));
        let put = put.header("content-type", "text/plain").header("content-length", DRAFT.len());
        sender = timeout(PATIENCE, sender.ready()).await.expect("no connection").unwrap();
        let (response, mut body) = sender.send_request(put.body(()).unwrap(), false).unwrap();
        let mut response = timeout(PATIENCE, response).await.expect("no answer").unwrap();
        assert_eq!(response.status(), StatusCode::UNSUPPORTED_MEDIA_TYPE);
        while let Some(part) = timeout(PATIENCE, response.body_mut().data()).await.expect("no body") {
            part.unwrap();
        }
        // Whatever the server had sent before it answers this is here.
        timeout(PATIENCE, pings.ping(Ping::opaque())).await.expect("no pong").unwrap();
        assert_eq!(reset(&mut body).await, None);
        if rest.is_empty() {
            let end = timeout(PATIENCE, poll_fn(|context| body.poll_reset(context))).await;
            assert_eq!(end.expect("the stream stays open").unwrap(), Reason::NO_ERROR);
        } else {
            body.send_data(rest.into(), true).unwrap();
            timeout(PATIENCE, pings.ping(Ping::opaque())).await.expect("no pong").unwrap();
            assert_eq!(reset(&mut body).await, None);
        }
    }
    server.stop().await;
}

/// Why the stream was reset, if it was.
async fn reset(body: &mut Body) -> Option<Reason> {
    poll_fn(|context| match body.poll_reset(context) {
        Poll::Ready(reason) => Poll::Ready(Some(reason.unwrap())),
        Poll::Pending => Poll::Ready(None),
    })
    .await
}
