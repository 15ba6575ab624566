//! An axum application behind a real listener.

use std::net::{SocketAddr, TcpListener};
use std::thread;

use axum::Router;

/// Serves the application on a free port of the loopback interface until the test process ends.
///
/// # Panics
///
/// If there is no free port.
#[must_use]
pub fn serve(application: Router) -> SocketAddr {
    let listener = TcpListener::bind("127.0.0.1:0").expect("a free port");
    let address = listener.local_addr().expect("a bound listener has an address");
    listener.set_nonblocking(true).expect("a listener can be made non-blocking");
    thread::spawn(move || {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().expect("a runtime");
        runtime.block_on(async {
            let listener = tokio::net::TcpListener::from_std(listener).expect("the listener is non-blocking");
            axum::serve(listener, application).await.expect("serving never ends");
        });
    });
    address
}
