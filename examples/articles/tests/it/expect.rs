//! A write that is refused costs the client no upload: `412` and `428` come instead of `100 Continue`.

use std::time::Duration;

use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::time::timeout;

use crate::client::Http;
use crate::database::{Database, on_every_database};
use crate::server::Server;
use crate::upload::{DRAFT, first_line, read_line};

on_every_database! {
    refused_without_the_body,
    asked_for_the_body_when_it_may_be_written,
}

async fn refused_without_the_body(database: Database) {
    let server = Server::start(&database).await;
    for (field, status) in [
        ("", "HTTP/1.1 428 Precondition Required"),
        ("if-match: *\r\n", "HTTP/1.1 428 Precondition Required"),
        ("if-match: \"old\"\r\n", "HTTP/1.1 412 Precondition Failed"),
        ("if-none-match: *\r\n", "HTTP/1.1 412 Precondition Failed"),
    ] {
        let (_, line) = first_line(&server.address, field).await;
        assert_eq!(line, status, "{field}");
    }
    server.stop().await;
}

async fn asked_for_the_body_when_it_may_be_written(database: Database) {
    let server = Server::start(&database).await;
    let tag = server.client(Http::One).tag("/api/articles/1").await;
    let (mut stream, line) = first_line(&server.address, &format!("if-match: {tag}\r\n")).await;
    assert_eq!(line, "HTTP/1.1 100 Continue");
    assert_eq!(read_line(&mut stream).await, "");
    // Nothing happens before the body is there.
    let early = timeout(Duration::from_millis(200), stream.read_u8()).await;
    assert!(early.is_err(), "{early:?}");
    stream.write_all(DRAFT.as_bytes()).await.unwrap();
    assert_eq!(read_line(&mut stream).await, "HTTP/1.1 200 OK");
    server.stop().await;
}
