//! One HTTP/2 connection.

use std::net::SocketAddr;
use std::time::Duration;

use http::{Request, Response};

/// A response as it came.
#[derive(Debug)]
pub struct Answer {
    /// Status and fields.
    pub head: Response<()>,
    /// Whether the stream ended with the fields.
    pub ended: bool,
    /// What followed them.
    pub body: Vec<u8>,
    /// Whether that was all. A stream that is reset has no end.
    pub complete: bool,
}

/// Sends the requests over one connection, one after the other.
///
/// # Panics
///
/// If the server ends the connection, or does not answer in time.
#[must_use]
pub fn exchange(address: SocketAddr, requests: Vec<Request<()>>) -> Vec<Answer> {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().expect("a runtime");
    runtime.block_on(async {
        let talk = async {
            let stream = tokio::net::TcpStream::connect(address).await.expect("the server listens");
            let (mut sender, connection) = h2::client::handshake(stream).await.expect("the server knows HTTP/2");
            let connection = tokio::spawn(connection);
            let mut answers = Vec::new();
            for request in requests {
                sender = sender.ready().await.expect("the connection is open");
                let (response, _) = sender.send_request(request, true).expect("a valid request");
                let (parts, mut stream) = response.await.expect("a response").into_parts();
                let mut answer = Answer {
                    head: Response::from_parts(parts, ()),
                    ended: stream.is_end_stream(),
                    body: Vec::new(),
                    complete: true,
                };
                while let Some(chunk) = stream.data().await {
                    let Ok(chunk) = chunk else {
                        answer.complete = false;
                        break;
                    };
                    stream.flow_control().release_capacity(chunk.len()).expect("no more than was received");
                    answer.body.extend_from_slice(&chunk);
                }
                answers.push(answer);
            }
            connection.abort();
            answers
        };
        tokio::time::timeout(Duration::from_secs(10), talk).await.expect("the server answers in time")
    })
}
