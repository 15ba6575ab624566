//! Other servers that store what a PUT brings: a program, in a folder of its own.

use std::ffi::OsString;
use std::fs::{self, Permissions};
use std::os::unix::fs::PermissionsExt;
use std::path::PathBuf;
use std::time::{Duration, Instant, SystemTime};

use tempfile::TempDir;
use tokio::time::sleep;

use crate::client::{Ask, Client, Http};
use crate::port::free_port;
use crate::process::Process;
use crate::server::PATIENCE;

/// A running one, without any file. Dropping it stops it.
pub(crate) struct Dav {
    // In this order they are dropped: the folder is the last one to go.
    _process: Process,
    pub(crate) url: String,
    folder: TempDir,
}

/// How often another port is tried.
const ATTEMPTS: u32 = 5;

impl Dav {
    /// Starts what the command line says, with this configuration.
    pub(crate) async fn start(configuration: &str, command: fn(OsString) -> Vec<OsString>) -> Dav {
        let mut log = String::new();
        for _ in 0..ATTEMPTS {
            let folder = served_folder();
            let port = free_port();
            let configuration =
                configuration.replace("@FOLDER@", name_of(&folder)).replace("@PORT@", &port.to_string());
            let file = folder.path().join("configuration");
            fs::write(&file, configuration).unwrap();
            let path = folder.path().join("log");
            let mut process = Process::start(&command(file.into()), &path);
            if is_ready(&mut process, &folder, port).await {
                return Dav { _process: process, url: format!("http://127.0.0.1:{port}/note.json"), folder };
            }
            // The port may have been taken since it was seen free.
            drop(process);
            log = fs::read_to_string(path).unwrap_or_default();
        }
        panic!("it does not start; `cargo xtask test` installs what is missing:\n{log}");
    }

    pub(crate) fn file(&self) -> PathBuf {
        self.folder.path().join("files/note.json")
    }

    /// Lets its file have been written at this time.
    pub(crate) fn written(&self, time: SystemTime) {
        fs::File::options().append(true).open(self.file()).unwrap().set_modified(time).unwrap();
    }
}

/// A folder with places for files, in which another user may write: servers that root starts are not root.
fn served_folder() -> TempDir {
    let folder = tempfile::Builder::new().prefix("etag-dav-").tempdir().unwrap();
    fs::set_permissions(folder.path(), Permissions::from_mode(0o755)).unwrap();
    for name in ["temporary", "files"] {
        fs::create_dir(folder.path().join(name)).unwrap();
        fs::set_permissions(folder.path().join(name), Permissions::from_mode(0o777)).unwrap();
    }
    fs::write(folder.path().join("files/name"), name_of(&folder)).unwrap();
    folder
}

fn name_of(folder: &TempDir) -> &str {
    folder.path().to_str().unwrap()
}

/// Waits until it shows the name of this folder: somebody else may be at the port. `false` if it has ended instead.
async fn is_ready(process: &mut Process, folder: &TempDir, port: u16) -> bool {
    let begin = Instant::now();
    while begin.elapsed() < PATIENCE {
        if process.has_ended() {
            return false;
        }
        let client = Client::new(&format!("127.0.0.1:{port}"), Http::One);
        let answer = client.try_send(Ask::get("/name")).await;
        if answer.is_ok_and(|answer| answer.body == name_of(folder).as_bytes()) {
            return true;
        }
        sleep(Duration::from_millis(20)).await;
    }
    false
}
