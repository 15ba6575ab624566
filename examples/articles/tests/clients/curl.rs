//! curl, by the commands of the page.

use std::fs;
use std::path::Path;
use std::process::Output;
use std::time::Duration;

use http::StatusCode;
use tempfile::TempDir;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpListener;
use tokio::process::Command;
use tokio::time::timeout;

use crate::front::{Front, Subject};
use crate::measure::{Reader, measure};
use crate::page::PAGE;
use crate::row::Row;
use crate::server::PATIENCE;

/// Measures the command under this title.
pub(crate) async fn command(front: Front, name: &str) -> Row {
    let mut curl = Curl::new(&front, name);
    measure(front, &mut curl).await
}

/// A command, and a folder for its files.
pub(crate) struct Curl {
    script: String,
    url: String,
    folder: TempDir,
}

impl Curl {
    pub(crate) fn new(front: &Front, name: &str) -> Curl {
        Curl::of(&PAGE.block(name), front.subject, front.url())
    }

    /// What this script does at another address than the one in it.
    fn of(script: &str, subject: Subject, url: String) -> Curl {
        let shown = format!("http://127.0.0.1:3000{}", subject.path());
        assert!(script.contains(&shown), "{shown} is not in\n{script}");
        Curl { script: script.replace(&shown, &url), url, folder: tempfile::tempdir().unwrap() }
    }

    pub(crate) fn path(&self) -> &Path {
        self.folder.path()
    }

    /// The script, whether it succeeds or not.
    async fn script(&self) -> Output {
        self.output(Command::new("sh").args(["-e", "-c", &self.script])).await
    }

    async fn output(&self, command: &mut Command) -> Output {
        // No proxy is asked for what is on this machine, and no configuration of somebody's.
        command.env("NO_PROXY", "*").env("CURL_HOME", self.path()).env("HOME", self.path());
        command.current_dir(self.path()).kill_on_drop(true);
        timeout(PATIENCE, command.output()).await.expect("no end of curl").unwrap()
    }
}

fn succeeded(output: Output) -> Output {
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    output
}

impl Reader for Curl {
    async fn read(&mut self) -> String {
        succeeded(self.script().await);
        let mut files = fs::read_dir(self.path()).unwrap().map(|entry| entry.unwrap().path());
        let body = files.find(|path| path.extension().is_some_and(|extension| extension == "json"));
        fs::read_to_string(body.expect("the command writes a file")).unwrap()
    }

    async fn edit(&mut self, document: &serde_json::Value) -> Option<StatusCode> {
        let tag = fs::read_to_string(self.path().join("article.etag")).ok()?;
        let mut put = Command::new("curl");
        put.args(["-sS", "-X", "PUT", "-o", "answer", "-w", "%{http_code}", "-d", &document.to_string()]);
        put.args(["-H", "Content-Type: application/json", "-H", &format!("If-Match: {}", tag.trim()), &self.url]);
        Some(StatusCode::from_bytes(&succeeded(self.output(&mut put).await).stdout).unwrap())
    }
}

const TAGS: &str = "curl, by tag";
const FILE: &str = "curl, by the time of a file";

/// Without a tag, curl asks by an empty one. No representation has that, so that it is sent.
#[tokio::test]
async fn without_the_file_of_a_tag_an_empty_one_is_sent() {
    let front = Front::start(Subject::Article).await;
    Curl::new(&front, TAGS).read().await;
    let [first] = &front.exchanges()[..] else { panic!("one request") };
    assert_eq!(first.fields["if-none-match"], "\"\"");
    assert_eq!(first.status, 200);
}

/// The tag is that of a file that is there no more: nothing is sent, and nothing is there.
#[tokio::test]
async fn a_tag_without_its_file_leaves_nothing() {
    let front = Front::start(Subject::Article).await;
    let mut curl = Curl::new(&front, TAGS);
    curl.read().await;
    fs::remove_file(curl.path().join("article.json")).unwrap();
    succeeded(curl.script().await);
    assert!(!curl.path().join("article.json").exists());
    assert_eq!(front.exchanges().last().unwrap().status, 304);
}

/// The time of a file is compared with that of the server, wherever it is from: of a clock that is ahead, an edit is not seen.
#[tokio::test]
async fn the_time_of_a_file_may_be_of_another_clock() {
    let front = Front::start(Subject::Author).await;
    front.is_settled().await;
    let mut curl = Curl::new(&front, FILE);
    let first = curl.read().await;
    let file = fs::File::options().append(true).open(curl.path().join("author.json")).unwrap();
    file.set_modified(std::time::SystemTime::now() + Duration::from_hours(1)).unwrap();
    front.edit("Theirs").await;
    assert_eq!(curl.read().await, first, "curl takes what is old for current");
    assert_eq!(front.exchanges().last().unwrap().status, 304);
}

/// An article has no date: it is sent every time.
#[tokio::test]
async fn what_has_no_date_is_sent_every_time() {
    let front = Front::start(Subject::Author).await;
    let mut curl = Curl::new(&front, FILE);
    curl.script = curl.script.replace("/api/authors/1", "/api/articles/1");
    curl.read().await;
    curl.read().await;
    let statuses: Vec<u16> = front.recorder.take("/api/articles/1").iter().map(|exchange| exchange.status).collect();
    assert_eq!(statuses, [200, 200]);
}

/// The tag is saved before the body is there. Whoever takes it for that of a whole body has half of one for ever.
#[tokio::test]
async fn what_was_cut_off_is_not_taken_for_the_whole() {
    const SHORT: &str = "curl -fsS --etag-compare article.etag --etag-save article.etag -o article.json \
        http://127.0.0.1:3000/api/articles/1";
    let url = cut_off().await;
    let curl = Curl::of(SHORT, Subject::Article, url.clone());
    assert_eq!(curl.script().await.status.code(), Some(CUT_OFF));
    assert_eq!(curl.script().await.status.code(), Some(0), "it was a 304");
    assert_eq!(fs::read_to_string(curl.path().join("article.json")).unwrap(), "half of ");

    let curl = Curl::of(&PAGE.block(TAGS), Subject::Article, url);
    for _ in 0..2 {
        assert_eq!(curl.script().await.status.code(), Some(CUT_OFF));
        assert!(!curl.path().join("article.json").exists());
    }
}

/// What curl calls a partial file.
const CUT_OFF: i32 = 18;

/// The address of a server that ends in the middle of whatever it has to send.
async fn cut_off() -> String {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("http://{}/", listener.local_addr().unwrap());
    tokio::spawn(async move {
        while let Ok((mut stream, _)) = listener.accept().await {
            let mut request = vec![0; 4096];
            let length = stream.read(&mut request).await.unwrap();
            let answer: &[u8] = if String::from_utf8_lossy(&request[..length]).contains("If-None-Match: \"a\"") {
                b"HTTP/1.1 304 Not Modified\r\netag: \"a\"\r\nconnection: close\r\n\r\n"
            } else {
                b"HTTP/1.1 200 OK\r\netag: \"a\"\r\ncontent-length: 16\r\nconnection: close\r\n\r\nhalf of "
            };
            stream.write_all(answer).await.unwrap();
        }
    });
    url
}
