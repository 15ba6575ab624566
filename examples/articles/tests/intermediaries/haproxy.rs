//! `HAProxy`.

use std::ffi::OsString;
use std::path::Path;

use crate::intermediary::Intermediary;
use crate::measure;
use crate::tag::Fate;

pub(crate) const HAPROXY: Intermediary = Intermediary {
    version: ["haproxy", "-v"],
    listens: Some(("bind :80", |address| format!("bind {address}"))),
    file: "haproxy.cfg",
    around,
    command,
};

/// The lines of the page come after the defaults of the Debian package.
fn around(_: &Path, lines: &str) -> String {
    format!(
        "defaults\n    mode http\n    timeout connect 5s\n    timeout client 50s\n    timeout server 50s\n\n{lines}"
    )
}

fn command(folder: &Path, _: &str) -> Vec<OsString> {
    let file = folder.join("haproxy.cfg");
    ["haproxy".into(), "-db".into(), "-f".into(), file.into()].into()
}

/// And so a client that has revalidated has a strong tag for what was compressed.
#[tokio::test]
async fn a_304_shows_the_tag_of_the_server() {
    assert_eq!(measure::tag_of_a_304(&HAPROXY, "HAProxy, compression").await, Fate::Kept);
}
