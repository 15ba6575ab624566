//! One HTTP/2 connection.

use std::net::SocketAddr;
use std::time::Duration;

use http::{Request, Response};

/// No answer takes longer, on any machine that can run the tests.
const PATIENCE: Duration = Duration::from_secs(10);

/// A response as it came over HTTP/2.
#[derive(Debug)]
pub struct Answer {
    /// The status and the fields.
    pub head: Response<()>,
    /// Whether the stream ended with the fields.
    pub ended: bool,
    /// What followed them.
    pub body: Vec<u8>,
}

/// Sends the requests over one connection, one after the other.
///
/// # Panics
///
/// If an answer does not come in time, or is not complete.
#[must_use]
pub fn exchange_http2(address: SocketAddr, requests: Vec<Request<()>>) -> Vec<Answer> {
    let answers = try_exchange_http2(address, requests).into_iter();
    answers.map(|answer| answer.expect("the answer is complete")).collect()
}

/// The same, where the server may reset a stream.
///
/// # Panics
///
/// If an answer does not come in time, or the connection breaks.
#[must_use]
pub fn try_exchange_http2(address: SocketAddr, requests: Vec<Request<()>>) -> Vec<Result<Answer, h2::Error>> {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().expect("a runtime");
    let talk = async {
        let stream = tokio::net::TcpStream::connect(address).await.expect("the server listens");
        let (mut sender, connection) = h2::client::handshake(stream).await.expect("the server talks HTTP/2");
        let connection = tokio::spawn(connection);
        let mut answers = Vec::new();
        for request in requests {
            sender = sender.ready().await.expect("the connection stays open");
            let (response, _) = sender.send_request(request, true).expect("the request is one");
            answers.push(receive(response).await);
        }
        connection.abort();
        answers
    };
    runtime.block_on(async { tokio::time::timeout(PATIENCE, talk).await.expect("the server answers in time") })
}

async fn receive(response: h2::client::ResponseFuture) -> Result<Answer, h2::Error> {
    let (parts, mut stream) = response.await?.into_parts();
    let ended = stream.is_end_stream();
    let mut body = Vec::new();
    while let Some(chunk) = stream.data().await {
        let chunk = chunk?;
        stream.flow_control().release_capacity(chunk.len())?;
        body.extend_from_slice(&chunk);
    }
    Ok(Answer { head: Response::from_parts(parts, ()), ended, body })
}
