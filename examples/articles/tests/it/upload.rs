//! A write that asks before it sends its body, on a connection that shows every line.

use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;
use tokio::time::timeout;

use crate::server::PATIENCE;

/// The body.
pub(crate) const DRAFT: &str = r#"{"title": "Late", "body": "", "author_id": 1}"#;

/// Sends the header of a PUT with these lines, and answers the first line that comes back.
pub(crate) async fn first_line(address: &str, lines: &str) -> (TcpStream, String) {
    let mut stream = TcpStream::connect(address).await.unwrap();
    let header = format!(
        "PUT /api/articles/1 HTTP/1.1\r\nhost: {address}\r\ncontent-type: application/json\r\ncontent-length: {}\r\n\
         expect: 100-continue\r\n{lines}\r\n",
        DRAFT.len()
    );
    stream.write_all(header.as_bytes()).await.unwrap();
    let line = read_line(&mut stream).await;
    (stream, line)
}

/// The next line, without its end.
pub(crate) async fn read_line(stream: &mut TcpStream) -> String {
    let mut line = Vec::new();
    while !line.ends_with(b"\r\n") {
        line.push(timeout(PATIENCE, stream.read_u8()).await.expect("no answer").unwrap());
    }
    String::from_utf8(line).unwrap().trim_end().to_owned()
}
