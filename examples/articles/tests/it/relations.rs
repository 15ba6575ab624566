//! What belongs to an article: comments move its representation only, the author moves its state.

use http::StatusCode;
use serde_json::json;

use crate::client::{Ask, BOTH, Http};
use crate::database::{Database, on_every_database};
use crate::server::Server;

on_every_database! {
    comment_moves_the_representation_only,
    comment_on_a_version,
    comments_go_with_their_article,
    author_moves_the_state,
    author_that_is_not_there,
}

const URL: &str = "/api/articles/1";
const COMMENTS: &str = "/api/articles/1/comments";
const AUTHOR: &str = "/api/authors/1";

async fn comment_moves_the_representation_only(database: Database) {
    let server = Server::start(&database).await;
    for version in BOTH {
        let client = server.client(version);
        let old = client.tag(URL).await;
        let posted =
            client.send(Ask::post(COMMENTS).json(&json!({ "text": "Well said" }))).await.is(StatusCode::CREATED);
        assert_eq!(posted.field("location"), URL);
        assert!(!posted.has("etag"), "the comment has no tag of its own");
        assert_eq!(posted.json()["text"], "Well said");

        let now = client.send(Ask::get(URL).if_none_match(&old)).await.is(StatusCode::OK);
        assert_eq!(now.json()["comments"].as_array().unwrap().last().unwrap(), &posted.json());
        let (old_state, old_representation) = old.split_once('.').unwrap();
        let tag = now.field("etag");
        let (state, representation) = tag.split_once('.').unwrap();
        assert_eq!(old_state, state);
        assert_ne!(old_representation, representation);

        // Whoever has not seen the comment may save nevertheless.
        client.send(Ask::patch(URL).if_match(&old).json(&json!({ "body": "Edited" }))).await.is(StatusCode::OK);
    }
    server.stop().await;
}

async fn comment_on_a_version(database: Database) {
    let server = Server::start(&database).await;
    let client = server.client(Http::One);
    let ask = Ask::post(COMMENTS).json(&json!({ "text": "On what I have read" }));
    let tag = client.tag(URL).await;
    client.send(ask.clone().if_match(&tag)).await.is(StatusCode::CREATED);
    client.send(Ask::patch(URL).if_match(&tag).json(&json!({ "body": "Edited" }))).await.is(StatusCode::OK);
    client.send(ask.clone().if_match(&tag)).await.refused(StatusCode::PRECONDITION_FAILED, "stale");
    // What is commented on is there.
    client.send(ask.clone().if_none_match("*")).await.refused(StatusCode::PRECONDITION_FAILED, "exists");
    client.send(ask.clone().if_match("*")).await.is(StatusCode::CREATED);
    client.send(ask).await.is(StatusCode::CREATED);
    client
        .send(Ask::post("/api/articles/99/comments").json(&json!({ "text": "?" })))
        .await
        .problem(StatusCode::NOT_FOUND);
    server.stop().await;
}

async fn comments_go_with_their_article(database: Database) {
    let server = Server::start(&database).await;
    let client = server.client(Http::One);
    let article = client.get(URL).await.is(StatusCode::OK);
    assert_ne!(article.json()["comments"], json!([]));
    client.send(Ask::delete(URL).if_match(&article.field("etag"))).await.is(StatusCode::NO_CONTENT);
    let again = json!({ "title": "Again", "body": "", "author_id": 1 });
    let again = client.send(Ask::put(URL).if_none_match("*").json(&again)).await.is(StatusCode::CREATED);
    assert_eq!(again.json()["comments"], json!([]));
    server.stop().await;
}

async fn author_moves_the_state(database: Database) {
    let server = Server::start(&database).await;
    for (version, name) in BOTH.into_iter().zip(["Ada L.", "Ada Lovelace"]) {
        let client = server.client(version);
        let (old, of_another) = (client.tag(URL).await, client.tag("/api/articles/2").await);
        let author = client.get(AUTHOR).await.is(StatusCode::OK);
        let rename = Ask::put(AUTHOR).json(&json!({ "name": name }));

        let saved = client.send(rename.clone().if_match(&author.field("etag"))).await.is(StatusCode::OK);
        assert_eq!(saved.json()["name"], name);
        assert_eq!(saved.field("etag"), client.tag(AUTHOR).await);
        let late = client.send(rename.if_match(&author.field("etag"))).await;
        assert_eq!(late.field("etag"), saved.field("etag"));
        late.refused(StatusCode::PRECONDITION_FAILED, "stale");
        // Nobody needs a precondition to rename: the last one wins.
        let again = client.send(Ask::put(AUTHOR).json(&json!({ "name": "Ada" }))).await.is(StatusCode::OK);
        assert_ne!(again.field("etag"), saved.field("etag"));
        let saved = again;

        // Whoever has read another name has read another article.
        let edit = Ask::patch(URL).json(&json!({ "body": "Edited" }));
        client.send(edit.clone().if_match(&old)).await.refused(StatusCode::PRECONDITION_FAILED, "stale");
        client.send(Ask::delete(URL).if_match(&old)).await.refused(StatusCode::PRECONDITION_FAILED, "stale");
        let now = client.send(Ask::get(URL).if_none_match(&old)).await.is(StatusCode::OK);
        assert_eq!(now.json()["author"], saved.json());
        client.send(edit.if_match(&now.field("etag"))).await.is(StatusCode::OK);
        assert_eq!(client.tag("/api/articles/2").await, of_another);
    }
    server.stop().await;
}

async fn author_that_is_not_there(database: Database) {
    let server = Server::start(&database).await;
    let client = server.client(Http::One);
    client.get("/api/authors/99").await.problem(StatusCode::NOT_FOUND);
    let rename = Ask::put("/api/authors/99").json(&json!({ "name": "Nobody" }));
    client.send(rename.if_match("\"a\"")).await.problem(StatusCode::NOT_FOUND);
    server.stop().await;
}
