//! A write that is refused costs no upload over HTTP/2 either. hyper says no `100 Continue` there: a client that may write
//! sends its body when it has waited long enough.

use std::future::poll_fn;
use std::time::Duration;

use axum::body::Bytes;
use h2::client::{ResponseFuture, SendRequest};
use h2::{Reason, SendStream};
use http::header::{CONTENT_LENGTH, CONTENT_TYPE, EXPECT, IF_MATCH};
use http::{Request, Response};

use crate::application::{Note, serve};

/// Talks over one connection, for a bounded time.
fn talk(conversation: impl AsyncFnOnce(SendRequest<Bytes>)) {
    let address = serve();
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    runtime.block_on(async {
        let talk = async {
            let stream = tokio::net::TcpStream::connect(address).await.unwrap();
            let (sender, connection) = h2::client::handshake(stream).await.unwrap();
            let connection = tokio::spawn(connection);
            conversation(sender.ready().await.unwrap()).await;
            connection.abort();
        };
        tokio::time::timeout(Duration::from_secs(10), talk).await.expect("the server answers in time");
    });
}

/// A `PUT` with a body of one octet, which the client holds back.
fn announced(sender: &mut SendRequest<Bytes>, if_match: &str) -> (ResponseFuture, SendStream<Bytes>) {
    let request = Request::put("http://test/note")
        .header(IF_MATCH, if_match)
        .header(CONTENT_TYPE, "application/json")
        .header(CONTENT_LENGTH, "1")
        .header(EXPECT, "100-continue");
    sender.send_request(request.body(()).unwrap(), false).unwrap()
}

async fn receive(response: ResponseFuture) -> (Response<()>, Vec<u8>) {
    let (parts, mut stream) = response.await.unwrap().into_parts();
    let mut body = Vec::new();
    while let Some(chunk) = stream.data().await {
        body.extend_from_slice(&chunk.unwrap());
    }
    (Response::from_parts(parts, ()), body)
}

#[test]
fn a_refused_write_is_answered_before_its_body_is_sent() {
    talk(async |mut sender| {
        for (if_match, status) in [("\"stale\"", 412), ("*", 428)] {
            let (response, mut body) = announced(&mut sender, if_match);
            let (head, problem) = receive(response).await;
            assert_eq!(head.status(), status, "{if_match}");
            assert_eq!(head.headers()[CONTENT_TYPE], "application/problem+json");
            assert!(problem.ends_with(b"}"), "the problem document is whole");
            // The body is not wanted, and that is no error of the response (RFC 9113 § 8.1).
            assert_eq!(poll_fn(|context| body.poll_reset(context)).await.unwrap(), Reason::NO_ERROR);
        }
    });
}

#[test]
fn an_accepted_write_waits_for_its_body() {
    talk(async |mut sender| {
        let (mut response, mut body) = announced(&mut sender, &Note::tag());
        let early = tokio::time::timeout(Duration::from_millis(200), &mut response).await;
        assert!(early.is_err(), "{early:?}");
        body.send_data(Bytes::from_static(b"8"), true).unwrap();
        let (head, note) = receive(response).await;
        assert_eq!((head.status().as_u16(), &note[..]), (200, &br#"{"text":"remember the milk","version":8}"#[..]));
    });
}
