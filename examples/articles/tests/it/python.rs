//! Programs in Python, in virtual environments below `target`.

use std::path::{Path, PathBuf};
use std::process::Stdio;
use std::time::Duration;

use tokio::process::Command;
use tokio::sync::Mutex;
use tokio::time::timeout;

/// How long an installation may take: some megabytes from the index of packages.
const INSTALLATION: Duration = Duration::from_mins(5);

/// Tests of one program run at the same time.
static INSTALLED: Mutex<()> = Mutex::const_new(());

/// An environment of this name with what the file of requirements pins. It is installed unless it has been before, in these versions.
pub(crate) async fn environment(name: &str, requirements: &str) -> PathBuf {
    let _installed = INSTALLED.lock().await;
    let pinned = std::fs::read_to_string(requirements).unwrap();
    let environment = Path::new(env!("CARGO_TARGET_TMPDIR")).join(name);
    let done = environment.join("etag-requirements.txt");
    if std::fs::read_to_string(&done).is_ok_and(|installed| installed == pinned) {
        return environment;
    }
    let mut create = Command::new("python3");
    create.args(["-m", "venv", "--clear"]).arg(&environment);
    succeed(&mut create).await;
    let mut install = Command::new(environment.join("bin/python"));
    install.args(["-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--no-input", "-r", requirements]);
    succeed(&mut install).await;
    // Last, so that an installation that was cut off is begun again.
    std::fs::write(done, pinned).unwrap();
    environment
}

/// A test that cannot do this fails: nobody reads that it was skipped.
async fn succeed(command: &mut Command) {
    let output = timeout(INSTALLATION, quiet(command).output()).await.expect("no end of the installation");
    let output =
        output.unwrap_or_else(|error| panic!("{command:?} cannot be run: {error}; Debian has it in python3-venv"));
    let printed = String::from_utf8_lossy(&output.stdout) + String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{command:?} fails: {printed}");
}

pub(crate) fn quiet(command: &mut Command) -> &mut Command {
    command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped()).kill_on_drop(true)
}
