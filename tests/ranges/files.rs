//! Files that change, served by tower-http under `EvaluateLayer`.

use std::fs::{self, File};
use std::path::Path;
use std::time::{Duration, UNIX_EPOCH};

use axum::Router;
use axum::body::Body;
use etag_runtime::{ContentCodingLayer, Evaluate, EvaluateLayer};
use http::header::{
    ACCEPT_ENCODING, CONTENT_ENCODING, CONTENT_RANGE, ETAG, HeaderName, IF_MATCH, IF_NONE_MATCH, IF_RANGE,
    LAST_MODIFIED, RANGE, VARY,
};
use http::{Method, Request};
use tempfile::TempDir;
use tower::ServiceExt as _;
use tower_http::services::{ServeDir, ServeFile};

use crate::answer::Answer;

/// A directory that is served, as `/files`, and one of its files, as `/file`.
struct Files {
    directory: TempDir,
    router: Router,
}

impl Files {
    fn new() -> Files {
        let directory = TempDir::new().unwrap();
        let served = ServeDir::new(directory.path()).precompressed_gzip();
        let file = ServeFile::new(directory.path().join("a.txt"));
        let router = Router::new()
            .nest_service("/files", Evaluate::new(served))
            .merge(Router::new().route_service("/file", file).layer(EvaluateLayer::new()));
        Files { directory, router }
    }

    /// Writes a file, which is there from one moment to the next, and was changed so many seconds after the epoch.
    fn put(&self, name: &str, content: &[u8], changed: u64) {
        put(self.directory.path(), name, content, changed);
    }

    fn ask(&self, method: &Method, target: &str, fields: &[(HeaderName, &str)]) -> Answer {
        let mut request = Request::builder().method(method).uri(target);
        for (name, value) in fields {
            request = request.header(name, *value);
        }
        let request = request.body(Body::empty()).unwrap();
        let runtime = tokio::runtime::Builder::new_current_thread().build().unwrap();
        runtime.block_on(async {
            let Ok(response) = self.router.clone().oneshot(request).await;
            Answer::read(response).await
        })
    }

    fn get(&self, target: &str, fields: &[(HeaderName, &str)]) -> Answer {
        self.ask(&Method::GET, target, fields)
    }

    fn tag(&self, target: &str, fields: &[(HeaderName, &str)]) -> String {
        self.get(target, fields).text(&ETAG).unwrap().to_owned()
    }
}

pub(crate) fn put(directory: &Path, name: &str, content: &[u8], changed: u64) {
    let next = directory.join(".next");
    fs::write(&next, content).unwrap();
    let changed = UNIX_EPOCH + Duration::from_secs(1_234_567_890 + changed);
    File::options().write(true).open(&next).unwrap().set_modified(changed).unwrap();
    fs::rename(next, directory.join(name)).unwrap();
}

const TARGETS: [&str; 2] = ["/files/a.txt", "/file"];

#[test]
fn a_rest_is_one_of_the_version_that_the_client_has_begun_with() {
    for target in TARGETS {
        let files = Files::new();
        files.put("a.txt", b"aaaaaaaaaa", 1);
        let begun = files.tag(target, &[]);
        let resume = || files.get(target, &[(RANGE, "bytes=6-"), (IF_RANGE, &begun)]);
        let rest = resume();
        assert_eq!((rest.status.as_u16(), &*rest.body), (206, &b"aaaa"[..]), "{target}");
        assert_eq!(rest.text(&CONTENT_RANGE), Some("bytes 6-9/10"));

        files.put("a.txt", b"bbbbbbbbbb", 2);
        let new = resume();
        assert_eq!((new.status.as_u16(), &*new.body), (200, &b"bbbbbbbbbb"[..]), "{target}");

        files.put("a.txt", b"cc", 3);
        let new = resume();
        assert_eq!(
            (new.status.as_u16(), &*new.body),
            (200, &b"cc"[..]),
            "{target}: what is shorter now is not refused"
        );
    }
}

#[test]
fn a_date_is_a_validator_as_good_as_its_second() {
    let files = Files::new();
    files.put("a.txt", b"aaaaaaaaaa", 1);
    let date = files.get("/file", &[]).text(&LAST_MODIFIED).unwrap().to_owned();
    assert_eq!(files.get("/file", &[(RANGE, "bytes=6-"), (IF_RANGE, &*date)]).status, 206);
    files.put("a.txt", b"bbbbbbbbbb", 2);
    assert_eq!(files.get("/file", &[(RANGE, "bytes=6-"), (IF_RANGE, &*date)]).status, 200);
    // A file of this second may change in it again.
    fs::write(files.directory.path().join("a.txt"), b"cc").unwrap();
    let ahead = std::time::SystemTime::now() + Duration::from_secs(3);
    File::options().write(true).open(files.directory.path().join("a.txt")).unwrap().set_modified(ahead).unwrap();
    assert_eq!(files.get("/file", &[]).text(&LAST_MODIFIED), None);
}

#[test]
fn conditions_are_read_in_all_their_lines() {
    for target in TARGETS {
        let files = Files::new();
        files.put("a.txt", b"aaaaaaaaaa", 1);
        let tag = files.tag(target, &[]);
        let status = |fields: &[(HeaderName, &str)]| files.get(target, fields).status.as_u16();
        assert_eq!(status(&[(IF_NONE_MATCH, "\"other\""), (IF_NONE_MATCH, &tag)]), 304, "{target}");
        assert_eq!(status(&[(IF_MATCH, "\"other\""), (IF_MATCH, &tag)]), 200, "{target}");
        assert_eq!(status(&[(IF_MATCH, "")]), 412, "{target}: an empty list matches nothing");
        assert_eq!(status(&[(IF_MATCH, "*")]), 200, "{target}");
        assert_eq!(status(&[(RANGE, "bytes=6-"), (IF_NONE_MATCH, &tag)]), 304, "{target}");
        assert_eq!(status(&[(RANGE, "bytes=99-"), (IF_NONE_MATCH, &tag)]), 304, "{target}");
    }
}

#[test]
fn what_is_not_one_range_of_octets_is_answered_with_all() {
    for target in TARGETS {
        let files = Files::new();
        files.put("a.txt", b"aaaaaaaaaa", 1);
        for range in ["items=0-3", "bytes=0-1,4-5"] {
            let answer = files.get(target, &[(RANGE, range)]);
            assert_eq!((answer.status.as_u16(), answer.body.len()), (200, 10), "{target} {range}");
        }
        let head = files.ask(&Method::HEAD, target, &[(RANGE, "bytes=0-1")]);
        assert_eq!((head.status.as_u16(), head.text(&CONTENT_RANGE)), (200, None), "{target}");
        let far = files.get(target, &[(RANGE, "bytes=10-")]);
        assert_eq!((far.status.as_u16(), far.text(&CONTENT_RANGE)), (416, Some("bytes */10")), "{target}");
    }
}

#[test]
fn what_is_not_there_is_a_404_whatever_is_asked() {
    let files = Files::new();
    assert_eq!(files.get("/files/a.txt", &[(IF_MATCH, "\"a\"")]).status, 404);
    assert_eq!(files.get("/file", &[(IF_NONE_MATCH, "*"), (RANGE, "bytes=0-1")]).status, 404);
}

#[test]
fn a_precompressed_file_is_another_representation() {
    let files = Files::new();
    files.put("a.txt", b"aaaaaaaaaa", 1);
    files.put("a.txt.gz", b"compressed", 2);
    let gzip = (ACCEPT_ENCODING, "gzip");
    let (plain, compressed) = (files.tag("/files/a.txt", &[]), files.tag("/files/a.txt", std::slice::from_ref(&gzip)));
    assert_ne!(plain, compressed);
    let ask = |tag: &str, field, coding: &(HeaderName, &str)| {
        files.get("/files/a.txt", &[(RANGE, "bytes=6-"), (field, tag), (coding.0.clone(), coding.1)])
    };
    let part = ask(&compressed, IF_RANGE, &gzip);
    assert_eq!((part.status.as_u16(), &*part.body), (206, &b"ssed"[..]));
    assert_eq!(part.text(&CONTENT_ENCODING), Some("gzip"));
    // The rest of one is not the rest of the other.
    assert_eq!(ask(&plain, IF_RANGE, &gzip).status, 200);
    assert_eq!(ask(&compressed, IF_RANGE, &(ACCEPT_ENCODING, "identity")).status, 200);
    let not_modified = ask(&compressed, IF_NONE_MATCH, &gzip);
    assert_eq!((not_modified.status.as_u16(), not_modified.text(&VARY)), (304, Some("accept-encoding")));
}

/// The limits of a tag that is made of a size and a time, as the documentation has them.
#[test]
fn files_of_the_same_size_and_time_share_a_tag() {
    let files = Files::new();
    files.put("a.txt", b"aaaaaaaaaa", 1);
    files.put("a.txt.gz", b"compressed", 1);
    let gzip = (ACCEPT_ENCODING, "gzip");
    let plain = files.tag("/files/a.txt", &[]);
    assert_eq!(files.tag("/files/a.txt", std::slice::from_ref(&gzip)), plain);
    files.put("a.txt", b"bbbbbbbbbb", 1);
    assert_eq!(files.tag("/files/a.txt", &[]), plain);

    // What is compressed can be told by its coding.
    let router = files.router.clone().layer(ContentCodingLayer::new());
    let files = Files { router, ..files };
    let compressed = files.tag("/files/a.txt", std::slice::from_ref(&gzip));
    assert_ne!(compressed, plain);
    let status =
        |field, tag: &str| files.get("/files/a.txt", &[(RANGE, "bytes=6-"), (field, tag), gzip.clone()]).status;
    assert_eq!(status(IF_NONE_MATCH, &compressed), 304);
    assert_eq!(status(IF_RANGE, &compressed), 200, "no part is taken for one of the other");
}

/// A file that is replaced all the time, by one of the same size, while a client resumes.
#[test]
fn no_download_is_spliced_while_the_file_changes() {
    const SIZE: usize = 100_000;
    const VERSIONS: u64 = 200;
    let files = Files::new();
    files.put("a.txt", &vec![0; SIZE], 0);
    let directory = files.directory.path().to_owned();
    let writer = std::thread::spawn(move || {
        for version in 1..VERSIONS {
            put(&directory, "a.txt", &vec![u8::try_from(version).unwrap(); SIZE], version);
            std::thread::yield_now();
        }
    });
    while !writer.is_finished() {
        let begun = files.get("/file", &[(RANGE, "bytes=0-49999")]);
        let tag = begun.text(&ETAG).unwrap().to_owned();
        let rest = files.get("/file", &[(RANGE, "bytes=50000-"), (IF_RANGE, &*tag)]);
        let file = match rest.status.as_u16() {
            206 => [&begun.body[..], &rest.body].concat(),
            _ => rest.body.to_vec(),
        };
        assert_eq!(file.len(), SIZE);
        assert!(file.iter().all(|octet| *octet == file[0]), "octets of two versions");
    }
    writer.join().unwrap();
}
