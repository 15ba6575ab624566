//! The servers, and how each of them is made to show a resource.

use std::fs::{self, File, Permissions};
use std::io::Write as _;
use std::net::SocketAddr;
use std::os::unix::fs::PermissionsExt as _;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::{Duration, UNIX_EPOCH};

use anyhow::{Context as _, Result, bail};
use etag_oracle::Field;
use etag_oracle::values::MODIFIED;
use tempfile::TempDir;

use crate::exchange::exchange;
use crate::ours;
use crate::outcome::Outcome;
use crate::process::{Process, server_program, version};
use crate::request::Request;
use crate::resource::{CONTENT, Resource};

/// Where `cargo xtask differential` puts what has to be built first.
const BUILT: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../../target/differential");
/// Where Debian keeps the modules of Apache.
const MODULES: &str = "/usr/lib/apache2/modules";

/// A server that listens.
pub(crate) struct Peer {
    pub(crate) name: &'static str,
    pub(crate) what: &'static str,
    pub(crate) version: String,
    address: SocketAddr,
    shows: Shows,
    /// Stopped before its folder is removed.
    _process: Option<Process>,
    _folder: Option<TempDir>,
}

/// How a server is made to show a resource.
enum Shows {
    /// It has them all, each under the number of the request.
    Numbered,
    /// The query says what to show.
    Queried { absence: bool, ranges: bool },
    /// A file of this folder, with a tag of the server's own.
    Files { folder: PathBuf, writes: bool },
}

/// All of them, ours first.
///
/// # Errors
///
/// The server that could not be started.
pub(crate) fn start(requests: &[Request]) -> Result<Vec<Peer>> {
    Ok(vec![ours(requests), go()?, nginx()?, apache()?, django()?])
}

fn ours(requests: &[Request]) -> Peer {
    Peer {
        name: "ours",
        what: "`respond_with` and `check`",
        version: env!("CARGO_PKG_VERSION").to_owned(),
        address: ours::serve(requests),
        shows: Shows::Numbered,
        _process: None,
        _folder: None,
    }
}

fn go() -> Result<Peer> {
    let program = format!("{BUILT}/serve-content");
    let (process, address) = Process::start(|port| {
        let mut command = Command::new(&program);
        command.arg(port.to_string());
        Ok(command)
    })?;
    Ok(Peer {
        name: "Go",
        what: "`http.ServeContent`, for every method",
        version: version(Command::new("go").arg("version"))?,
        address,
        shows: Shows::Queried { absence: false, ranges: true },
        _process: Some(process),
        _folder: None,
    })
}

fn django() -> Result<Peer> {
    let python = format!("{BUILT}/venv/bin/python");
    let (process, address) = Process::start(|port| {
        let mut command = Command::new(&python);
        command.args([concat!(env!("CARGO_MANIFEST_DIR"), "/peers/application.py"), &port.to_string()]);
        Ok(command)
    })?;
    Ok(Peer {
        name: "Django",
        what: "the decorator `condition`; it has no ranges",
        version: version(Command::new(&python).args(["-m", "django", "--version"]))?,
        address,
        shows: Shows::Queried { absence: true, ranges: false },
        _process: Some(process),
        _folder: None,
    })
}

fn nginx() -> Result<Peer> {
    let folder = served_folder()?;
    let (process, address) = Process::start(|port| {
        let configuration = configure(folder.path(), include_str!("../peers/nginx.conf"), port)?;
        let mut command = Command::new(server_program("nginx"));
        command.arg("-p").arg(folder.path()).arg("-c").arg(configuration);
        Ok(command)
    })?;
    Ok(Peer {
        name: "nginx",
        what: "files",
        version: version(Command::new(server_program("nginx")).arg("-v"))?,
        address,
        shows: Shows::Files { folder: folder.path().join("files"), writes: false },
        _process: Some(process),
        _folder: Some(folder),
    })
}

fn apache() -> Result<Peer> {
    let folder = served_folder()?;
    let (process, address) = Process::start(|port| {
        let configuration = configure(folder.path(), include_str!("../peers/httpd.conf"), port)?;
        let mut command = Command::new(server_program("apache2"));
        // One process, so that one id is enough to stop it.
        command.arg("-X").arg("-f").arg(configuration);
        Ok(command)
    })?;
    Ok(Peer {
        name: "Apache",
        what: "files; PUT and DELETE by mod_dav",
        version: version(Command::new(server_program("apache2")).arg("-v"))?,
        address,
        shows: Shows::Files { folder: folder.path().join("files"), writes: true },
        _process: Some(process),
        _folder: Some(folder),
    })
}

/// A folder with places for files, in which another user may write: servers that root starts are not root.
fn served_folder() -> Result<TempDir> {
    let folder = TempDir::with_prefix("etag-differential-")?;
    fs::set_permissions(folder.path(), Permissions::from_mode(0o755))?;
    for name in ["temporary", "files", "files/tag", "files/date"] {
        fs::create_dir(folder.path().join(name))?;
        fs::set_permissions(folder.path().join(name), Permissions::from_mode(0o777))?;
    }
    Ok(folder)
}

fn configure(folder: &Path, template: &str, port: u16) -> Result<PathBuf> {
    let folder_name = folder.to_str().context("the folder for temporary files has a name that is no text")?;
    let filled = template.replace("@FOLDER@", folder_name).replace("@PORT@", &port.to_string());
    let path = folder.join("configuration");
    fs::write(&path, filled.replace("@MODULES@", MODULES))?;
    Ok(path)
}

impl Peer {
    /// What the server answers, or `None` if it cannot show the resource or has no such method.
    ///
    /// # Errors
    ///
    /// If there is no answer, or one that says that the server is broken.
    pub(crate) fn answer(&self, number: usize, request: &Request) -> Result<Option<Outcome>> {
        if !self.can_answer(request) {
            return Ok(None);
        }
        let target = match &self.shows {
            Shows::Numbered => format!("/{number}"),
            Shows::Queried { .. } => format!("/?{}", request.resource.query()),
            Shows::Files { folder, .. } => show_file(folder, &request.resource)?,
        };
        let own = match &self.shows {
            Shows::Files { .. } if request.resource.tag.is_some() => {
                exchange(self.address, "GET", &target, &[])?.opaque
            }
            _ => None,
        };
        let lines = request.lines_for(own.as_deref());
        let answer = exchange(self.address, &request.method, &target, &lines);
        let status = answer.with_context(|| format!("{} does not answer", self.name))?.status;
        if status >= 500 {
            bail!("{} answers {status}, and is not set up as it should be", self.name);
        }
        Ok(Some(Outcome::of(status)))
    }

    fn can_answer(&self, request: &Request) -> bool {
        let resource = &request.resource;
        match &self.shows {
            Shows::Numbered => true,
            Shows::Queried { absence, ranges } => {
                (*absence || resource.exists)
                    && (*ranges || !request.has(Field::Range))
                    && resource.tag.as_ref().is_none_or(|tag| tag.opaque.is_ascii())
                    // The epoch stands for no date in Go.
                    && resource.modified != Some(Duration::ZERO)
            }
            Shows::Files { writes, .. } => {
                let method = request.transfers() || (*writes && matches!(&*request.method, "PUT" | "DELETE"));
                let shown = match &resource.tag {
                    _ if !resource.exists => true,
                    None => resource.modified.is_some(),
                    // It has a tag of its own, and always a date.
                    Some(tag) => {
                        !tag.weak && !tag.opaque.is_empty() && (resource.modified.is_some() || !request.asks_for_date())
                    }
                };
                method && shown
            }
        }
    }
}

/// Makes the file that is the resource, or makes sure that there is none, and says where it is.
fn show_file(folder: &Path, resource: &Resource) -> Result<String> {
    let modified = resource.modified.unwrap_or(Duration::from_secs(MODIFIED));
    let kind = if resource.tag.is_some() || !resource.exists { "tag" } else { "date" };
    let name = if resource.exists { modified.as_nanos().to_string() } else { "absent".to_owned() };
    let path = folder.join(kind).join(&name);
    if path.exists() {
        fs::remove_file(&path)?;
    }
    if resource.exists {
        let mut file = File::create(&path)?;
        file.write_all(CONTENT.as_bytes())?;
        file.set_permissions(Permissions::from_mode(0o666))?;
        file.set_modified(UNIX_EPOCH + modified)?;
    }
    Ok(format!("/{kind}/{name}"))
}
