//! Sessions of Python, made by the blocks of the page.

use std::process::Stdio;

use http::StatusCode;
use serde_json::{Value, json};
use tempfile::TempDir;
use tokio::io::{AsyncBufReadExt, AsyncWriteExt, BufReader};
use tokio::process::{Child, ChildStdin, ChildStdout, Command};
use tokio::time::timeout;

use crate::AS_THEY_COME;
use crate::front::{Front, Subject};
use crate::measure::{Reader, measure};
use crate::page::PAGE;
use crate::python_environment::environment;
use crate::row::Row;
use crate::server::PATIENCE;

pub(crate) const REQUIREMENTS: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/clients/requirements.txt");

const SCRIPT: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/clients/session.py");

/// Measures the session under this title.
pub(crate) async fn session(front: Front, name: &str) -> Row {
    let mut session = Session::start(name, &front).await;
    measure(front, &mut session).await
}

/// A running interpreter. Dropping it kills it.
struct Session {
    _process: Child,
    commands: ChildStdin,
    answers: BufReader<ChildStdout>,
    url: String,
    tag: String,
    /// The current one of the interpreter, in which caches put their files.
    _folder: TempDir,
}

impl Session {
    async fn start(name: &str, front: &Front) -> Session {
        let folder = tempfile::tempdir().unwrap();
        let mut command = Command::new(environment("clients", REQUIREMENTS).await.join("bin/python"));
        command
            .arg(SCRIPT)
            .arg(PAGE.block(name))
            .current_dir(folder.path())
            .env("HOME", folder.path())
            .env("NO_PROXY", "*");
        command.stdin(Stdio::piped()).stdout(Stdio::piped()).kill_on_drop(true);
        let mut process = command.spawn().unwrap();
        let commands = process.stdin.take().unwrap();
        let answers = BufReader::new(process.stdout.take().unwrap());
        Session { _process: process, commands, answers, url: front.url(), tag: String::new(), _folder: folder }
    }

    async fn send(&mut self, request: Value) -> Value {
        self.commands.write_all(format!("{request}\n").as_bytes()).await.unwrap();
        let mut line = String::new();
        timeout(PATIENCE, self.answers.read_line(&mut line)).await.expect("no answer").unwrap();
        serde_json::from_str(&line).unwrap_or_else(|error| panic!("{line:?}: {error}; what is wrong stands above"))
    }
}

impl Reader for Session {
    async fn read(&mut self) -> String {
        let answer = self.send(json!({ "method": "GET", "url": self.url })).await;
        assert_eq!(answer["status"], 200);
        answer["tag"].as_str().unwrap().clone_into(&mut self.tag);
        answer["body"].as_str().unwrap().to_owned()
    }

    async fn edit(&mut self, document: &Value) -> Option<StatusCode> {
        let fields = json!({ "If-Match": self.tag });
        let put = json!({ "method": "PUT", "url": self.url, "headers": fields, "json": document });
        let answer = self.send(put).await;
        Some(StatusCode::from_u16(answer["status"].as_u64().unwrap().try_into().unwrap()).unwrap())
    }
}

/// What does not ask hides even what was saved through it.
#[tokio::test]
async fn an_edit_of_ones_own_is_not_shown_without_asking() {
    for name in AS_THEY_COME {
        let front = Front::start(Subject::Author).await;
        let mut session = Session::start(name, &front).await;
        let before = session.read().await;
        assert_eq!(session.edit(&front.subject.document("Mine")).await, Some(StatusCode::OK), "{name}");
        assert_eq!(session.read().await, before, "{name}");
    }
}
