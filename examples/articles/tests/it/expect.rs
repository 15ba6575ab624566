//! A write that is refused costs the client no upload: `412` and `428` come instead of `100 Continue`.

use std::time::Duration;

use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;
use tokio::time::timeout;

use crate::client::Http;
use crate::database::{Database, on_every_database};
use crate::server::{PATIENCE, Server};

on_every_database! {
    refused_without_the_body,
    asked_for_the_body_when_it_may_be_written,
}

/// Sends the header of a PUT, and answers the first line that comes back.
async fn first_line(server: &Server, field: &str) -> (TcpStream, String) {
    let mut stream = TcpStream::connect(&server.address).await.unwrap();
    let header = format!(
        "PUT /api/articles/1 HTTP/1.1\r\nhost: {}\r\ncontent-type: application/json\r\ncontent-length: {}\r\n\
         expect: 100-continue\r\n{field}\r\n",
        server.address,
        DRAFT.len()
    );
    stream.write_all(header.as_bytes()).await.unwrap();
    let line = read_line(&mut stream).await;
    (stream, line)
}

const DRAFT: &str = r#"{"title": "Late", "body": "", "author_id": 1}"#;

async fn read_line(stream: &mut TcpStream) -> String {
    let mut line = Vec::new();
    while !line.ends_with(b"\r\n") {
        line.push(timeout(PATIENCE, stream.read_u8()).await.expect("no answer").unwrap());
    }
    String::from_utf8(line).unwrap().trim_end().to_owned()
}

async fn refused_without_the_body(database: Database) {
    let server = Server::start(&database).await;
    for (field, status) in [
        ("", "HTTP/1.1 428 Precondition Required"),
        ("if-match: *\r\n", "HTTP/1.1 428 Precondition Required"),
        ("if-match: \"old\"\r\n", "HTTP/1.1 412 Precondition Failed"),
        ("if-none-match: *\r\n", "HTTP/1.1 412 Precondition Failed"),
    ] {
        let (_, line) = first_line(&server, field).await;
        assert_eq!(line, status, "{field}");
    }
    server.stop().await;
}

async fn asked_for_the_body_when_it_may_be_written(database: Database) {
    let server = Server::start(&database).await;
    let tag = server.client(Http::One).tag("/api/articles/1").await;
    let (mut stream, line) = first_line(&server, &format!("if-match: {tag}\r\n")).await;
    assert_eq!(line, "HTTP/1.1 100 Continue");
    assert_eq!(read_line(&mut stream).await, "");
    // Nothing happens before the body is there.
    let early = timeout(Duration::from_millis(200), stream.read_u8()).await;
    assert!(early.is_err(), "{early:?}");
    stream.write_all(DRAFT.as_bytes()).await.unwrap();
    assert_eq!(read_line(&mut stream).await, "HTTP/1.1 200 OK");
    server.stop().await;
}
