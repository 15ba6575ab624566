//! The client of this library, and everything that it does with an article.

use etag_runtime::client::{Client, Current, Error, Versioned};
use http::StatusCode;
use serde::{Deserialize, Serialize};
use tokio::runtime::Handle;

use crate::front::{Front, Subject};

/// As far as this client is interested in it.
#[derive(Debug, Clone, PartialEq, Deserialize)]
struct Article {
    title: String,
    body: String,
    author: Author,
}

#[derive(Debug, Clone, PartialEq, Deserialize)]
struct Author {
    id: i64,
}

/// What a PUT takes.
#[derive(Debug, Serialize)]
struct Draft {
    title: String,
    body: String,
    author_id: i64,
}

impl Article {
    /// This, with another title.
    fn titled(&self, title: &str) -> Draft {
        Draft { title: title.to_owned(), body: self.body.clone(), author_id: self.author.id }
    }

    /// This, with a sentence more.
    fn continued(&self, sentence: &str) -> Draft {
        let body = format!("{} {sentence}", self.body);
        Draft { title: self.title.clone(), body, author_id: self.author.id }
    }
}

/// The server, its article as it was read, and a client.
async fn start() -> (Front, Versioned<Article>, Client) {
    let front = Front::start(Subject::Article).await;
    let client = Client::default();
    let seen = client.get(front.url()).await.unwrap();
    front.exchanges();
    (front, seen, client)
}

/// Method and status of what has been asked.
fn asked(front: &Front) -> Vec<String> {
    let words = |exchange: crate::recorder::Exchange| format!("{} {}", exchange.method, exchange.status);
    front.exchanges().into_iter().map(words).collect()
}

#[tokio::test]
async fn what_has_not_changed_is_not_sent_again() {
    let (front, mut seen, client) = start().await;
    assert!(!client.refresh(&mut seen).await.unwrap());
    front.edit("Theirs").await;
    assert!(client.refresh(&mut seen).await.unwrap());
    assert_eq!(seen.title, "Theirs");
    assert_eq!(asked(&front), ["GET 304", "GET 200"]);
    assert_eq!(front.not_modified().await, 1);
}

#[tokio::test]
async fn a_write_shows_the_version_for_the_next() {
    let (front, seen, client) = start().await;
    let saved = client.put(&seen, &seen.titled("Second")).await.unwrap();
    let saved = client.patch(&saved, &serde_json::json!({ "body": "Short." })).await.unwrap();
    assert_eq!((saved.title.as_str(), saved.body.as_str()), ("Second", "Short."));
    client.delete(&saved).await.unwrap();
    assert_eq!(asked(&front), ["PUT 200", "PATCH 200", "DELETE 204"]);
}

#[tokio::test]
async fn whoever_is_late_gets_what_is_there_and_merges() {
    let (front, seen, client) = start().await;
    front.edit("Theirs").await;
    let error = client.put(&seen, &seen.continued("Mine.")).await.unwrap_err();
    let Error::Conflict(conflict) = error else { panic!("{error}") };
    assert!(conflict.problem.r#type.ends_with("#stale"), "{}", conflict.problem);
    let current = conflict.current.present().unwrap();
    assert_eq!(current.title, "Theirs");
    let merged = client.put(&current, &current.continued("Mine.")).await.unwrap();
    assert_eq!((merged.title.as_str(), merged.body.as_str()), ("Theirs", " Mine."));
    assert_eq!(asked(&front), ["PUT 412", "GET 200", "PUT 200"]);
}

/// Everybody adds a sentence, on top of whatever is there.
#[tokio::test]
async fn no_sentence_of_many_is_lost() {
    const WRITERS: usize = 4;
    let (front, _, client) = start().await;
    let writers: Vec<_> = (0..WRITERS)
        .map(|writer| {
            let url = front.url();
            tokio::spawn(async move {
                let sentence = format!("By {writer}.");
                Client::default().edit(url, |article: &Article| article.continued(&sentence)).await.map(drop)
            })
        })
        .collect();
    for writer in writers {
        writer.await.unwrap().unwrap();
    }
    let body = client.get::<Article>(front.url()).await.unwrap().body.clone();
    for writer in 0..WRITERS {
        assert_eq!(body.matches(&format!("By {writer}.")).count(), 1, "{body}");
    }
}

/// Somebody saves between the read and the write of the loop, the first time.
#[tokio::test(flavor = "multi_thread")]
async fn an_edit_starts_again_on_top_of_what_is_there() {
    let (front, _, client) = start().await;
    let mut attempts = 0;
    let edit = |article: &Article| {
        attempts += 1;
        if attempts == 1 {
            tokio::task::block_in_place(|| Handle::current().block_on(front.edit("Theirs")));
        }
        article.continued("Mine.")
    };
    let saved = client.edit(front.url(), edit).await.unwrap();
    assert_eq!((saved.title.as_str(), saved.body.as_str()), ("Theirs", " Mine."));
    assert_eq!(asked(&front), ["GET 200", "PUT 412", "GET 200", "PUT 200"]);
}

#[tokio::test]
async fn what_is_gone_has_no_current_version() {
    let (front, seen, client) = start().await;
    client.delete(&client.get::<Article>(front.url()).await.unwrap()).await.unwrap();
    let error = client.put(&seen, &seen.titled("Mine")).await.unwrap_err();
    assert!(matches!(&error, Error::Conflict(conflict) if matches!(conflict.current, Current::Absent)), "{error}");
    let error = client.delete(&seen).await.unwrap_err();
    assert!(matches!(error, Error::Refused(StatusCode::NOT_FOUND, _)), "{error}");
    // And only one creates it again.
    let created = client.create::<Article>(front.url(), &seen.titled("Again")).await.unwrap();
    assert_eq!(created.title, "Again");
    let error = client.create::<Article>(front.url(), &seen.titled("Mine")).await.unwrap_err();
    let Error::Conflict(conflict) = error else { panic!("{error}") };
    assert_eq!(conflict.current.present().unwrap().title, "Again");
}

/// It is not about a version, and says what it is about.
#[tokio::test]
async fn a_document_that_is_not_accepted_is_no_conflict() {
    let (_front, seen, client) = start().await;
    let error = client.put(&seen, &seen.titled(" ")).await.unwrap_err();
    let Error::Refused(status, problem) = error else { panic!("{error}") };
    assert_eq!(status, StatusCode::UNPROCESSABLE_ENTITY);
    assert_eq!(problem.extensions["errors"][0]["pointer"], "#/title", "{:?}", problem.extensions);
}
