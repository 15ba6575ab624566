//! A port for a program that cannot take one by itself.

use std::net::TcpListener;
use std::sync::atomic::{AtomicU16, Ordering};

/// A port on which nobody listens, and that no outgoing connection is given.
pub(crate) fn free_port() -> u16 {
    /// Below those that Linux and others give to connections.
    const FIRST: u16 = 10_000;
    const NUMBER: u16 = 20_000;
    static NEXT: AtomicU16 = AtomicU16::new(0);
    // Tests of another checkout, running at the same time, begin elsewhere.
    let begin = std::process::id().wrapping_mul(7919) % u32::from(NUMBER);
    let tried = (0..NUMBER).map(|_| u32::from(NEXT.fetch_add(1, Ordering::Relaxed)));
    let mut ports = tried.map(|next| FIRST + u16::try_from((begin + next) % u32::from(NUMBER)).unwrap());
    ports.find(|port| TcpListener::bind(("127.0.0.1", *port)).is_ok()).expect("a free port")
}
