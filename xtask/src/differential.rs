//! `cargo xtask differential`: the same requests to our server and to others.

use crate::step::Step;

/// Builds the servers that come as sources, into `target/differential`, and asks all of them. The page that is written is the
/// same on every run, as long as the servers are.
pub(crate) fn steps() -> Vec<Step> {
    vec![
        Step::new(
            "the server in Go, with its standard library alone",
            "go",
            "build -o target/differential/serve-content tests/differential/peers/serve_content.go",
        )
        .env("CGO_ENABLED", "0"),
        Step::new("a place for Django", "python3", "-m venv target/differential/venv"),
        Step::new(
            "Django",
            "target/differential/venv/bin/pip",
            "install --quiet --disable-pip-version-check --requirement tests/differential/peers/requirements.txt",
        ),
        Step::cargo("requests to all of them", "run --quiet -p etag-differential --locked"),
    ]
}
