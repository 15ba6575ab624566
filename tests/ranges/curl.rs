//! A download that is interrupted, and resumed by curl when the file may have changed.
//!
//! By itself curl sends `Range` without `If-Range`, which no server can protect: `docs/downloads.md` says what can be done, and
//! its script is run here.

use std::fs;
use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::{Arc, Mutex};

use axum::Router;
use axum::extract::State;
use axum::routing::get;
use etag_runtime::{Conditional, Content, Evaluate, Preconditions};
use http::HeaderMap;
use http::header::{IF_RANGE, RANGE};
use tempfile::TempDir;
use tower_http::services::ServeDir;

use crate::files::put;
use crate::fresh::{Chunks, Document};

const SIZE: usize = 10_000;
const HALF: usize = SIZE / 2;

/// A server whose document may change, and whose connection breaks once.
#[derive(Clone)]
struct Server {
    document: Document,
    breaks: Arc<Mutex<bool>>,
    /// The fields of all requests.
    seen: Arc<Mutex<Vec<HeaderMap>>>,
}

impl Server {
    /// A download of its document that was begun, and broke off in the middle.
    fn interrupted() -> (Server, Download) {
        let server = Server { document: Document::new(SIZE), breaks: Arc::new(Mutex::new(true)), seen: Arc::default() };
        let router = Router::new().route("/document", get(show)).with_state(server.clone());
        let download = Download::new(harness::serve(router), "/document");
        let begun = download.script();
        assert_eq!((begun, download.file().len()), (Some(18), HALF), "a part of the file: {:?}", download.directory);
        (server, download)
    }

    /// The fields of the last request.
    fn last(&self) -> HeaderMap {
        self.seen.lock().unwrap().last().unwrap().clone()
    }
}

async fn show(State(server): State<Server>, preconditions: Preconditions, headers: HeaderMap) -> Conditional<Content> {
    let is_begun = !headers.contains_key(RANGE);
    server.seen.lock().unwrap().push(headers);
    let content = if is_begun && std::mem::take(&mut *server.breaks.lock().unwrap()) {
        let half = server.document.octets()[..HALF].to_vec();
        Content::stream(SIZE as u64, move |_| Chunks::of(&half, 1000))
    } else {
        server.document.content()
    };
    preconditions.respond_with_content(server.document.validators(), content)
}

/// A file that is downloaded from somewhere.
struct Download {
    url: String,
    directory: TempDir,
}

impl Download {
    fn new(address: SocketAddr, target: &str) -> Download {
        Download { url: format!("http://{address}{target}"), directory: TempDir::new().unwrap() }
    }

    fn path(&self) -> PathBuf {
        self.directory.path().join("file")
    }

    fn file(&self) -> Vec<u8> {
        fs::read(self.path()).unwrap()
    }

    fn tag(&self) -> String {
        fs::read_to_string(self.directory.path().join("file.etag")).unwrap().trim().to_owned()
    }

    /// The exit status of curl, which resumes.
    fn curl(&self, arguments: &[&str]) -> Option<i32> {
        let mut curl = Command::new("curl");
        curl.args(["-q", "-sS", "--max-time", "20", "-C", "-", "-o"]).arg(self.path()).args(arguments).arg(&self.url);
        self.run(curl)
    }

    /// The exit status of the script of the documentation.
    fn script(&self) -> Option<i32> {
        let page = include_str!("../../docs/downloads.md");
        let (_, script) = page.split_once("```sh\n").unwrap();
        let (script, _) = script.split_once("```").unwrap();
        let mut sh = Command::new("sh");
        sh.args(["-c", script, "download.sh", &self.url]).arg(self.path());
        self.run(sh)
    }

    fn run(&self, mut command: Command) -> Option<i32> {
        // No proxy is asked for what is on this machine, and no configuration of somebody's.
        let command = command.env("NO_PROXY", "*").env("CURL_HOME", self.directory.path());
        command.output().expect("curl and sh are installed").status.code()
    }
}

#[test]
fn the_rest_of_the_same_version_is_appended() {
    let (server, download) = Server::interrupted();
    assert_eq!(download.script(), Some(0));
    assert_eq!(server.last()[RANGE], format!("bytes={HALF}-"));
    assert_eq!(download.file(), server.document.octets());
    assert_eq!(download.script(), Some(0), "nothing is missing");
    assert_eq!(download.file(), server.document.octets());
}

#[test]
fn after_a_change_the_file_is_the_new_one() {
    for length in [SIZE, HALF, HALF + 1, 10, 2 * SIZE] {
        let (server, download) = Server::interrupted();
        server.document.change(length);
        assert_eq!(download.script(), Some(0), "{length}");
        assert_eq!(download.file(), server.document.octets(), "{length}");
        assert_eq!(download.tag(), server.document.tag(), "{length}");
    }
}

/// Also where the new version is interrupted, and has changed again when that is resumed.
#[test]
fn no_number_of_changes_makes_a_splice() {
    let (server, download) = Server::interrupted();
    for _ in 0..3 {
        server.document.change(SIZE);
        *server.breaks.lock().unwrap() = true;
        assert_eq!(download.script(), Some(18));
        assert_eq!(download.file(), server.document.octets()[..HALF]);
    }
    assert_eq!(download.script(), Some(0));
    assert_eq!(download.file(), server.document.octets());
}

#[test]
fn a_directory_under_the_layer_is_resumed_the_same_way() {
    let files = TempDir::new().unwrap();
    let served = Evaluate::new(ServeDir::new(files.path()));
    let address = harness::serve(Router::new().nest_service("/files", served));
    put(files.path(), "a.bin", &[b'a'; SIZE], 1);
    let download = Download::new(address, "/files/a.bin");
    let interrupt = || {
        assert_eq!(download.script(), Some(0));
        fs::OpenOptions::new().write(true).open(download.path()).unwrap().set_len(HALF as u64).unwrap();
    };
    interrupt();
    assert_eq!(download.script(), Some(0));
    assert_eq!(download.file(), [b'a'; SIZE]);
    for (version, length) in [(2, SIZE), (3, HALF), (4, 10)] {
        interrupt();
        let new = vec![b'a' + version; length];
        put(files.path(), "a.bin", &new, version.into());
        assert_eq!(download.script(), Some(0), "{length}");
        assert_eq!(download.file(), new);
        put(files.path(), "a.bin", &[b'a'; SIZE], u64::from(version) + 10);
    }
}

/// A part of another version is not appended, and what is there is kept.
#[test]
fn with_if_range_curl_gives_up_after_a_change() {
    let (server, download) = Server::interrupted();
    let if_range = format!("If-Range: {}", download.tag());
    let begun = download.file();
    server.document.change(2 * SIZE);
    assert_eq!(download.curl(&["-H", &if_range]), Some(33));
    assert_eq!(download.file(), begun);
    // A trap of curl: a whole that is as long as what is there is taken for it.
    server.document.change(HALF);
    assert_eq!(download.curl(&["-H", &if_range]), Some(0));
    assert_eq!(download.file(), begun);

    let (server, download) = Server::interrupted();
    assert_eq!(download.curl(&["-H", &if_range]), Some(0));
    assert_eq!(download.file(), server.document.octets());
}

#[test]
fn with_if_match_curl_fails_after_a_change_whatever_the_length_is() {
    for length in [SIZE, HALF, 10, 2 * SIZE] {
        let (server, download) = Server::interrupted();
        let if_match = format!("If-Match: {}", download.tag());
        let begun = download.file();
        server.document.change(length);
        assert_eq!(download.curl(&["-f", "-H", &if_match]), Some(22), "{length}");
        assert_eq!(download.file(), begun);
    }
}

/// What no server can know: curl has not said what it has begun with.
#[test]
fn curl_by_itself_makes_one_file_of_two_versions() {
    let (server, download) = Server::interrupted();
    let begun = download.file();
    server.document.change(SIZE);
    assert_eq!(download.curl(&[]), Some(0));
    assert!(!server.last().contains_key(IF_RANGE));
    assert_eq!(download.file(), [&begun[..], &server.document.octets()[HALF..]].concat());
}

/// Neither option is about the rest: both ask whether the whole is newer.
#[test]
fn etag_compare_resumes_nothing() {
    let (_, download) = Server::interrupted();
    let tag = download.directory.path().join("file.etag");
    assert_eq!(download.curl(&["--etag-compare", tag.to_str().unwrap()]), Some(0));
    assert_eq!(download.file().len(), HALF, "a 304 in place of the rest");
}

#[test]
fn the_page_links_to_nothing_that_is_not_there() {
    let page = Path::new(env!("CARGO_MANIFEST_DIR")).join("../docs/downloads.md");
    let text = fs::read_to_string(&page).unwrap();
    let targets: Vec<_> = text.split("](").skip(1).filter_map(|rest| rest.split(')').next()).collect();
    assert!(!targets.is_empty());
    for target in targets {
        assert!(page.with_file_name(target).exists(), "{target}");
    }
}
