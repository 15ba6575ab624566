//! Serving until a signal says stop, and a little longer for requests that have begun.

use std::io;
use std::time::Duration;

use axum::Router;
use tokio::net::TcpListener;
use tokio::sync::watch;

/// How long requests that have begun may take after the signal: less than supervisors wait before they kill.
const GRACE: Duration = Duration::from_secs(5);

/// Serves until a signal; answers what has begun, for a bounded time.
pub(crate) async fn serve(listener: TcpListener, app: Router, mut stop: Stop) {
    let (stopping, mut stopped) = watch::channel(false);
    let server = axum::serve(listener, app).with_graceful_shutdown(async move {
        // An error would mean that nobody can say stop any more, which is one more reason to.
        let _ = stopped.wait_for(|&stopped| stopped).await;
    });
    let patience = async {
        stop.requested().await;
        tracing::info!("stopping");
        // The server that would hear it is polled beside this.
        let _ = stopping.send(true);
        tokio::select! {
            () = tokio::time::sleep(GRACE) => "the time is up",
            () = stop.requested() => "asked twice",
        }
    };
    tokio::select! {
        // axum answers errors of single connections itself, and returns none.
        _ = server => {}
        reason = patience => tracing::warn!("{reason}: requests are cut off"),
    }
}

/// The signals that stop the server.
#[derive(Debug)]
pub(crate) struct Stop {
    #[cfg(unix)]
    terminate: tokio::signal::unix::Signal,
    #[cfg(unix)]
    interrupt: tokio::signal::unix::Signal,
}

#[cfg(unix)]
impl Stop {
    /// From now on, signals no longer kill the process: see [`requested`](Stop::requested).
    pub(crate) fn listen() -> io::Result<Stop> {
        use tokio::signal::unix::{SignalKind, signal};
        Ok(Stop { terminate: signal(SignalKind::terminate())?, interrupt: signal(SignalKind::interrupt())? })
    }

    /// The next signal.
    async fn requested(&mut self) {
        tokio::select! {
            _ = self.terminate.recv() => {}
            _ = self.interrupt.recv() => {}
        }
    }
}

#[cfg(not(unix))]
impl Stop {
    /// Nothing is to be prepared here.
    #[allow(clippy::unnecessary_wraps, reason = "it can fail elsewhere")]
    pub(crate) fn listen() -> io::Result<Stop> {
        Ok(Stop {})
    }

    /// The next Ctrl-C.
    async fn requested(&mut self) {
        if tokio::signal::ctrl_c().await.is_err() {
            std::future::pending::<()>().await;
        }
    }
}
