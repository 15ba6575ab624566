//! The program, in a virtual environment of its own below `target`.

use std::path::{Path, PathBuf};
use std::process::Stdio;
use std::time::Duration;

use tokio::process::Command;
use tokio::time::timeout;

/// What is installed, each version pinned.
const REQUIREMENTS: &str = include_str!("requirements.txt");

/// How long an installation may take: some megabytes from the index of packages.
const INSTALLATION: Duration = Duration::from_mins(5);

/// How long a run may take. It is bounded by its number of requests, and takes a fraction of this.
const RUN: Duration = Duration::from_mins(4);

/// Found, or installed.
pub(crate) struct Schemathesis {
    environment: PathBuf,
}

impl Schemathesis {
    /// Installs it, unless it has been before, in these versions.
    pub(crate) async fn install() -> Schemathesis {
        let environment = Path::new(env!("CARGO_TARGET_TMPDIR")).join("schemathesis");
        let done = environment.join("etag-requirements.txt");
        if std::fs::read_to_string(&done).is_ok_and(|installed| installed == REQUIREMENTS) {
            return Schemathesis { environment };
        }
        let requirements = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/contract/requirements.txt");
        let mut create = Command::new("python3");
        create.args(["-m", "venv", "--clear"]).arg(&environment);
        succeed(&mut create).await;
        let mut install = Command::new(environment.join("bin/python"));
        install.args([
            "-m",
            "pip",
            "install",
            "--quiet",
            "--disable-pip-version-check",
            "--no-input",
            "-r",
            requirements,
        ]);
        succeed(&mut install).await;
        // Last, so that an installation that was cut off is begun again.
        std::fs::write(done, REQUIREMENTS).unwrap();
        Schemathesis { environment }
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

/// A test that cannot try the server fails: nobody reads that it was skipped.
async fn succeed(command: &mut Command) {
    let output = timeout(INSTALLATION, quiet(command).output()).await.expect("no end of the installation");
    let output =
        output.unwrap_or_else(|error| panic!("{command:?} cannot be run: {error}; Debian has it in python3-venv"));
    let printed = String::from_utf8_lossy(&output.stdout) + String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{command:?} fails: {printed}");
}

fn quiet(command: &mut Command) -> &mut Command {
    command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped()).kill_on_drop(true)
}
