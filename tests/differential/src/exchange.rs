//! One request and its answer, as octets on a connection of their own.

use std::io::{Read as _, Write as _};
use std::net::{SocketAddr, TcpStream};
use std::time::Duration;

use anyhow::{Context as _, Result};
use etag_oracle::Field;

/// No answer takes longer.
const PATIENCE: Duration = Duration::from_secs(30);

/// As much of an answer as matters.
#[derive(Debug)]
pub(crate) struct Answer {
    pub(crate) status: u16,
    /// What stands between the quotes of its `ETag`.
    pub(crate) opaque: Option<Vec<u8>>,
}

/// Sends a request, and reads what comes until the server closes the connection.
///
/// # Errors
///
/// If nobody listens, or what comes is no response, or not in time.
pub(crate) fn exchange(address: SocketAddr, method: &str, target: &str, lines: &[(Field, Vec<u8>)]) -> Result<Answer> {
    let mut fields: Vec<(&str, &[u8])> = lines.iter().map(|(field, value)| (field.name(), &**value)).collect();
    fields.push(("Connection", b"close"));
    let body = matches!(method, "PUT" | "POST" | "PATCH" | "QUERY").then_some(crate::resource::CONTENT.as_bytes());
    let octets = harness::request(method, target, &fields, body);

    let mut stream = TcpStream::connect_timeout(&address, PATIENCE)?;
    stream.set_read_timeout(Some(PATIENCE))?;
    stream.write_all(&octets)?;
    let mut response = Vec::new();
    // A server that has not read the body may reset the connection, after its answer has come.
    let read = stream.read_to_end(&mut response);
    let answer = parse(&response);
    answer.with_context(|| format!("{} was answered by {:?}, {read:?}", octets.escape_ascii(), response.escape_ascii()))
}

fn parse(response: &[u8]) -> Option<Answer> {
    let mut lines = response.split(|octet| *octet == b'\n').map(<[u8]>::trim_ascii_end);
    let status_line = lines.next()?.strip_prefix(b"HTTP/1.")?;
    let status = std::str::from_utf8(status_line.get(2..5)?).ok()?.parse().ok()?;
    let etag = lines.take_while(|line| !line.is_empty()).find_map(|line| {
        let (name, value) = line.split_at_checked(b"ETag:".len())?;
        name.eq_ignore_ascii_case(b"ETag:").then_some(value)
    });
    let quoted = |etag: &[u8]| Some(etag.split(|octet| *octet == b'"').nth(1)?.to_vec());
    Some(Answer { status, opaque: etag.and_then(quoted) })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_status_and_the_tag_are_read() {
        let answer = parse(b"HTTP/1.1 200 OK\r\netag: W/\"5f-1a\"\r\n\r\nETag: \"body\"").unwrap();
        assert_eq!((answer.status, answer.opaque.as_deref()), (200, Some(&b"5f-1a"[..])));
        let answer = parse(b"HTTP/1.0 304 Not Modified\r\nDate: now\r\n\r\n").unwrap();
        assert_eq!((answer.status, answer.opaque), (304, None));
        assert!(parse(b"").is_none());
    }
}
