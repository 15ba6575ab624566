//! What the tests of the examples without axum ask a server, and what it has to answer.
//!
//! Over a socket and octet by octet, since a client of a library would add, take away and forgive.

use std::net::SocketAddr;
use std::time::Duration;

use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpStream;
use tokio::time::timeout;

/// Reads, revalidates and edits the note at `/note`, and lets another client be late with its edit.
///
/// # Panics
///
/// With the first answer that is not the right one.
pub async fn hold(server: SocketAddr) {
    let seen = exchange(server, "GET", &[], "").await;
    assert_eq!(seen.status, 200, "{seen:?}");
    assert!(seen.body.contains("\"Hello\""), "{seen:?}");
    let old = seen.field("etag").expect("a representation has a tag").to_owned();

    for method in ["GET", "HEAD"] {
        let again = exchange(server, method, &[("If-None-Match", &old)], "").await;
        assert_eq!((again.status, again.field("etag")), (304, Some(&*old)), "{method} {again:?}");
        assert_eq!((again.field("content-length"), &*again.body), (None, ""), "{method} {again:?}");
    }

    let blind = exchange(server, "PUT", &[], "\"Blind\"").await;
    assert_eq!((blind.status, blind.field("content-type")), (428, Some("application/problem+json")), "{blind:?}");
    let broken = exchange(server, "PUT", &[("If-Match", &old)], "no JSON").await;
    assert!(matches!(broken.status, 400 | 422), "{broken:?}");

    let saved = exchange(server, "PUT", &[("If-Match", &old)], "\"Saved\"").await;
    assert_eq!((saved.status, saved.field("content-location")), (200, Some("/note")), "{saved:?}");
    let new = saved.field("etag").expect("a write answers with the tag of what it has written").to_owned();
    assert_ne!(old, new);

    // Not an octet of the body is ever sent: who waits for it waits for good.
    let late = exchange(server, "PUT", &[("If-Match", &old), ("Content-Length", "1000")], "").await;
    assert_eq!((late.status, late.field("etag")), (412, Some(&*new)), "{late:?}");

    let last = exchange(server, "GET", &[("If-None-Match", &old)], "").await;
    assert_eq!((last.status, last.field("etag")), (200, Some(&*new)), "{last:?}");
    assert!(last.body.contains("\"Saved\""), "{last:?}");
}

/// The first line of the answer to a late edit of a client that waits for `100 Continue`.
pub async fn first_line_to_who_waits(server: SocketAddr) -> String {
    let fields = [("If-Match", "\"old\""), ("Expect", "100-continue"), ("Content-Length", "1000")];
    let answer = send(server, "PUT", &fields, "").await;
    answer.lines().next().unwrap_or_default().to_owned()
}

/// What a server has answered.
#[derive(Debug)]
struct Answer {
    status: u16,
    head: String,
    body: String,
}

impl Answer {
    fn field(&self, name: &str) -> Option<&str> {
        self.head.lines().find_map(|line| {
            let (field, value) = line.split_once(": ")?;
            field.eq_ignore_ascii_case(name).then_some(value)
        })
    }
}

async fn exchange(server: SocketAddr, method: &str, fields: &[(&str, &str)], body: &str) -> Answer {
    let answer = send(server, method, fields, body).await;
    let (head, body) = answer.split_once("\r\n\r\n").expect("a head ends with an empty line");
    let status = head.split(' ').nth(1).and_then(|status| status.parse().ok()).expect("a status");
    Answer { status, head: head.to_owned(), body: body.to_owned() }
}

/// All that the server sends until it closes the connection.
async fn send(server: SocketAddr, method: &str, fields: &[(&str, &str)], body: &str) -> String {
    let fields: String = fields.iter().map(|(name, value)| [name, ": ", value, "\r\n"].concat()).collect();
    let content = match body.len() {
        0 => String::new(),
        octets => format!("Content-Type: application/json\r\nContent-Length: {octets}\r\n"),
    };
    let request =
        format!("{method} /note HTTP/1.1\r\nHost: {server}\r\nConnection: close\r\n{fields}{content}\r\n{body}");
    let mut answer = String::new();
    let conversation = async {
        let mut stream = TcpStream::connect(server).await?;
        stream.write_all(request.as_bytes()).await?;
        stream.read_to_string(&mut answer).await
    };
    timeout(Duration::from_secs(20), conversation).await.expect("an answer in time").expect("an answer");
    answer
}
