//! The program, in a virtual environment of its own below `target`.

use std::path::PathBuf;
use std::time::Duration;

use tokio::process::Command;
use tokio::time::timeout;

use crate::python::{environment, quiet};

/// How long a run may take. It is bounded by its number of requests, and takes a fraction of this.
const RUN: Duration = Duration::from_mins(4);

/// Found, or installed.
pub(crate) struct Schemathesis {
    environment: PathBuf,
}

impl Schemathesis {
    /// Installs it, unless it has been before.
    pub(crate) async fn install() -> Schemathesis {
        let requirements = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/contract/requirements.txt");
        Schemathesis { environment: environment("schemathesis", requirements).await }
    }

    /// Tries the server at this address. The same requests each time, as far as its answers are the same.
    pub(crate) async fn run(&self, address: &str) -> (bool, String) {
        let folder = tempfile::tempdir().unwrap();
        let mut command = Command::new(self.environment.join("bin/schemathesis"));
        command
            .args(["--config-file", concat!(env!("CARGO_MANIFEST_DIR"), "/tests/contract/schemathesis.toml")])
            .args(["run", &format!("http://{address}/openapi.json"), "--no-color"])
            .current_dir(folder.path());
        let output = timeout(RUN, quiet(&mut command).output()).await.expect("no end of the run").unwrap();
        let printed = String::from_utf8_lossy(&output.stdout).into_owned();
        (output.status.success(), printed + &String::from_utf8_lossy(&output.stderr))
    }
}
