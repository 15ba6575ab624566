//! The server, with a recorder in front of it.

use std::time::Duration;

use http::{Method, StatusCode};
use serde_json::json;
use tokio::time::{sleep, timeout};

use crate::client::{Ask, Client, Http};
use crate::database::{Database, Kind};
use crate::recorder::{Exchange, Recorder};
use crate::server::{PATIENCE, Server};

/// What is read and edited.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) enum Subject {
    /// It has no `Last-Modified`: a comment could disappear without a trace.
    Article,
    /// It has one, as soon as its second is over.
    Author,
}

impl Subject {
    pub(crate) fn path(self) -> &'static str {
        match self {
            Subject::Article => "/api/articles/1",
            Subject::Author => "/api/authors/1",
        }
    }

    /// The document of a PUT after which this text is shown.
    pub(crate) fn document(self, text: &str) -> serde_json::Value {
        match self {
            Subject::Article => json!({ "title": text, "body": "", "author_id": 1 }),
            Subject::Author => json!({ "name": text }),
        }
    }
}

/// Both.
pub(crate) struct Front {
    server: Server,
    pub(crate) recorder: Recorder,
    pub(crate) subject: Subject,
}

impl Front {
    pub(crate) async fn start(subject: Subject) -> Front {
        let server = Server::start(&Database::new(Kind::SqliteMemory)).await;
        let recorder = Recorder::start(&server.address).await;
        Front { server, recorder, subject }
    }

    /// What is read, as a client sees it.
    pub(crate) fn url(&self) -> String {
        format!("http://{}{}", self.recorder.address, self.subject.path())
    }

    /// A client of the server itself, which the recorder does not see.
    pub(crate) fn direct(&self) -> Client {
        self.server.client(Http::One)
    }

    /// Waits until what is read has all the validators that it ever has.
    pub(crate) async fn is_settled(&self) {
        let has_date = async {
            while !self.direct().get(self.subject.path()).await.has("last-modified") {
                sleep(Duration::from_millis(20)).await;
            }
        };
        if self.subject == Subject::Author {
            timeout(PATIENCE, has_date).await.expect("the second does not end");
        }
    }

    /// Somebody else edits what is current, in another second than that of what was read before: some caches tell copies apart by `Date`.
    pub(crate) async fn edit(&self, text: &str) {
        let path = self.subject.path();
        self.next_second().await;
        let tag = self.direct().tag(path).await;
        let put = Ask::put(path).if_match(&tag).json(&self.subject.document(text));
        self.direct().send(put).await.is(StatusCode::OK);
        self.is_settled().await;
    }

    async fn next_second(&self) {
        let date = async || self.direct().get(self.subject.path()).await.field("date");
        let now = date().await;
        let is_over = async {
            while date().await == now {
                sleep(Duration::from_millis(20)).await;
            }
        };
        timeout(PATIENCE, is_over).await.expect("the second does not end");
    }

    /// What the client has asked since the last time, and what it was answered.
    pub(crate) fn exchanges(&self) -> Vec<Exchange> {
        self.recorder.take(self.subject.path())
    }

    /// Stops both. By the log of the server, it has answered `304` so often.
    pub(crate) async fn not_modified(self) -> usize {
        let line = format!("INFO {} {} 304 ", Method::GET, self.subject.path());
        self.server.stop().await.lines().filter(|logged| logged.contains(&line)).count()
    }
}
