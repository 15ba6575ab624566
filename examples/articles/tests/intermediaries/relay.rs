//! What stands between an intermediary and the server, and can hold an answer back.

use std::sync::{Arc, Mutex};

use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::tcp::{OwnedReadHalf, OwnedWriteHalf};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::oneshot;

/// Passes on all that comes, from where it listens to the server and back.
pub(crate) struct Relay {
    pub(crate) address: String,
    next: Next,
}

/// Whom to tell of the next answer, if it is to be held.
type Next = Arc<Mutex<Option<oneshot::Sender<Held>>>>;

/// An answer that has left the server, and has not arrived.
pub(crate) struct Held(oneshot::Sender<()>);

impl Held {
    pub(crate) fn release(self) {
        self.0.send(()).expect("it is waited for");
    }
}

impl Relay {
    pub(crate) async fn start(server: &str) -> Relay {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap().to_string();
        let next = Next::default();
        let (server, held) = (server.to_owned(), Arc::clone(&next));
        tokio::spawn(async move {
            while let Ok((front, _)) = listener.accept().await {
                let Ok(back) = TcpStream::connect(&server).await else { continue };
                let (from_front, to_front) = front.into_split();
                let (from_back, to_back) = back.into_split();
                tokio::spawn(pass(from_front, to_back, Next::default()));
                tokio::spawn(pass(from_back, to_front, Arc::clone(&held)));
            }
        });
        Relay { address, next }
    }

    /// Holds the next answer that the server gives from now on, whoever has asked. It is there when the server has given it.
    pub(crate) fn hold(&self) -> oneshot::Receiver<Held> {
        let (tell, told) = oneshot::channel();
        *self.next.lock().unwrap() = Some(tell);
        told
    }
}

/// Until one of the two closes.
async fn pass(mut from: OwnedReadHalf, mut to: OwnedWriteHalf, next: Next) {
    let mut octets = [0; 16 * 1024];
    while let Ok(number @ 1..) = from.read(&mut octets).await {
        let held = next.lock().unwrap().take();
        if let Some(tell) = held {
            let (release, released) = oneshot::channel();
            if tell.send(Held(release)).is_ok() {
                // If nobody is left to release it, the test is over.
                let _ = released.await;
            }
        }
        if to.write_all(&octets[..number]).await.is_err() {
            return;
        }
    }
}
