//! Behind a proxy that weakens tags: the server refuses them in a write, unless it was told to trust the proxy.

use http::{Method, StatusCode};
use serde_json::json;
use tokio::time::timeout;

use crate::client::{Ask, Client, Http};
use crate::database::{Database, Kind, on_every_database};
use crate::server::{PATIENCE, Server, program};

on_every_database! {
    refused_unless_the_server_is_told_to_trust,
}

/// A write for every route that has one, the URL whose tag it names, and what it answers.
fn writes() -> [(Ask, &'static str, StatusCode); 6] {
    let draft = json!({ "title": "Mine", "body": "", "author_id": 2 });
    [
        (Ask::put("/api/articles/1").json(&draft), "/api/articles/1", StatusCode::OK),
        (Ask::patch("/api/articles/1").json(&json!({ "title": "Ours" })), "/api/articles/1", StatusCode::OK),
        (Ask::post("/api/articles/1/comments").json(&json!({ "text": "?" })), "/api/articles/1", StatusCode::CREATED),
        (Ask::post("/api/articles").json(&draft), "/api/articles", StatusCode::CREATED),
        (Ask::put("/api/authors/1").json(&json!({ "name": "Grace" })), "/api/authors/1", StatusCode::OK),
        (Ask::delete("/api/articles/3"), "/api/articles/3", StatusCode::NO_CONTENT),
    ]
}

async fn weakened(client: &Client, url: &str) -> String {
    format!("W/{}", client.tag(url).await)
}

async fn refused_unless_the_server_is_told_to_trust(database: Database) {
    let server = Server::start(&database).await;
    let client = server.client(Http::One);
    for (write, url, _) in writes() {
        let tag = weakened(&client, url).await;
        client.send(write.if_match(&tag)).await.refused(StatusCode::PRECONDITION_FAILED, "weak");
        assert_eq!(weakened(&client, url).await, tag, "something has changed at {url}");
    }
    server.stop().await;

    let server = start(&database, &["--accept-weakened"], None).await;
    let client = server.client(Http::Two);
    for (write, url, status) in writes() {
        let tag = weakened(&client, url).await;
        client.send(write.clone().if_match(&tag)).await.is(status);
        // Of an article a comment changes nothing that a writer could overwrite, and the third is gone for good.
        if ![StatusCode::CREATED, StatusCode::NO_CONTENT].contains(&status) {
            client.send(write.if_match(&tag)).await.refused(StatusCode::PRECONDITION_FAILED, "stale");
        }
    }
    // The rest is as strict as before.
    let put = Ask::put("/api/articles/1").json(&json!({ "title": "", "body": "", "author_id": 1 }));
    for (field, status, reason) in [
        ("W/\"old\"", StatusCode::PRECONDITION_FAILED, "stale"),
        ("W/old", StatusCode::PRECONDITION_FAILED, "malformed"),
        ("*", StatusCode::PRECONDITION_REQUIRED, "required"),
    ] {
        client.send(put.clone().if_match(field)).await.refused(status, reason);
    }
    client.send(put).await.refused(StatusCode::PRECONDITION_REQUIRED, "required");
    client
        .send(Ask::new(Method::GET, "/api/articles/2").if_match("W/\"old\""))
        .await
        .is(StatusCode::PRECONDITION_FAILED);
    server.stop().await;
}

#[tokio::test]
async fn told_by_the_environment() {
    for (value, is_trusted) in [("1", true), ("true", true), ("0", false), ("false", false)] {
        let server = start(&Database::new(Kind::SqliteMemory), &[], Some(value)).await;
        let client = server.client(Http::One);
        let tag = weakened(&client, "/api/articles/1").await;
        let answer = client.send(Ask::delete("/api/articles/1").if_match(&tag)).await;
        assert_eq!(answer.status == StatusCode::NO_CONTENT, is_trusted, "{value}: {answer:?}");
        server.stop().await;
    }
    // A word that is neither must not pass for the one or the other.
    let perhaps = program().args(["--listen", "127.0.0.1:0"]).env("ACCEPT_WEAKENED", "perhaps").output();
    let output = timeout(PATIENCE, perhaps).await.expect("it did start").unwrap();
    assert_eq!(output.status.code(), Some(2));
    assert!(String::from_utf8_lossy(&output.stderr).contains("'perhaps' for '--accept-weakened'"));
}

async fn start(database: &Database, arguments: &[&str], environment: Option<&str>) -> Server {
    let mut command = program();
    command.args(["--listen", "127.0.0.1:0", "--database", &database.url]).args(arguments);
    command.envs(environment.map(|value| ("ACCEPT_WEAKENED", value)));
    Server::spawn(&mut command).await
}
