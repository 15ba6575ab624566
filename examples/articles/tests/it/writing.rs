//! PUT, PATCH, DELETE and POST of articles.

use http::StatusCode;
use serde_json::{Value, json};

use crate::client::{Ask, BOTH, Http};
use crate::database::{Database, on_every_database};
use crate::server::Server;

on_every_database! {
    put_replaces,
    if_match_in_every_form,
    put_creates,
    put_creates_where_ids_can_be,
    patch_merges,
    a_patch_of_another_kind_is_refused_with_those_that_are_taken,
    patch_is_validated,
    delete,
    made_anew_is_not_the_same,
    post_creates,
    post_to_an_unchanged_page,
    header_wins_over_the_body,
}

const URL: &str = "/api/articles/1";

fn draft() -> Value {
    json!({ "title": "Mine", "body": "I was here first.", "author_id": 2 })
}

async fn put_replaces(database: Database) {
    let server = Server::start(&database).await;
    for version in BOTH {
        let client = server.client(version);
        let before = client.get(URL).await.is(StatusCode::OK);
        let tag = before.field("etag");

        let saved = client.send(Ask::put(URL).if_match(&tag).json(&draft())).await.is(StatusCode::OK);
        assert_eq!(saved.field("content-location"), URL);
        assert_ne!(saved.field("etag"), tag);
        let article = saved.json();
        assert_eq!((&article["title"], &article["body"]), (&draft()["title"], &draft()["body"]));
        assert_eq!(article["author"]["id"], 2);
        assert_eq!(article["version"], before.json()["version"].as_i64().unwrap() + 1);
        assert_eq!(article["comments"], before.json()["comments"]);

        // What the write has answered is what a GET answers.
        let after = client.get(URL).await.is(StatusCode::OK);
        assert_eq!(after.field("etag"), saved.field("etag"));
        assert_eq!(after.body, saved.body);
        client.send(Ask::get(URL).if_none_match(&saved.field("etag"))).await.is(StatusCode::NOT_MODIFIED);

        // The second editor is late.
        let late = client.send(Ask::put(URL).if_match(&tag).json(&draft())).await;
        assert_eq!(late.field("etag"), saved.field("etag"));
        late.refused(StatusCode::PRECONDITION_FAILED, "stale");
        assert_eq!(client.get(URL).await.body, saved.body, "and has changed nothing");
    }
    server.stop().await;
}

/// Lines of `If-Match` by the current tag.
type Lines<'a> = &'a dyn Fn(&str) -> Vec<String>;

/// Every form of `If-Match`. None that is there is taken for none.
async fn if_match_in_every_form(database: Database) {
    let server = Server::start(&database).await;
    let client = server.client(Http::One);
    let other_representation = |tag: &str| format!("{}.AAAAAAAAAAA\"", tag.split_once('.').unwrap().0);
    #[rustfmt::skip]
    let table: [(Lines<'_>, u16, &str); 13] = [
        // lines, status, reason
        (&|_|   vec![],                                             428, "required"),
        (&|_|   vec!["*".into()],                                   428, "required"),
        (&|tag| vec![tag.into()],                                   200, ""),
        (&|tag| vec![format!("\"a,b\", {tag}")],                    200, ""),
        (&|tag| vec!["\"a\"".into(), tag.into()],                   200, ""),
        (&|tag| vec![other_representation(tag)],                    200, ""),
        (&|tag| vec![format!("W/{tag}")],                           412, "weak"),
        (&|_|   vec!["\"a\"".into()],                               412, "stale"),
        (&|_|   vec!["\"*\"".into()],                               412, "stale"),
        (&|tag| vec![tag.trim_matches('"').into()],                 412, "malformed"),
        (&|tag| vec![tag[..tag.len() - 1].into()],                  412, "malformed"),
        (&|_|   vec!["*".into(), "\"a\"".into()],                   412, "malformed"),
        (&|_|   vec![String::new()],                                412, "stale"),
    ];
    for (lines, status, reason) in table {
        let tag = client.tag(URL).await;
        let lines = lines(&tag);
        let ask = lines.iter().fold(Ask::put(URL).json(&draft()), |ask, line| ask.if_match(line));
        let answer = client.send(ask).await;
        assert_eq!(answer.status.as_u16(), status, "If-Match: {lines:?}");
        if status == 200 {
            assert_ne!(client.tag(URL).await, tag, "If-Match: {lines:?}");
        } else {
            assert_eq!(client.tag(URL).await, tag, "If-Match: {lines:?}");
            answer.refused(StatusCode::from_u16(status).unwrap(), reason);
        }
    }
    server.stop().await;
}

async fn put_creates(database: Database) {
    let server = Server::start(&database).await;
    for (version, url) in [(Http::One, "/api/articles/70"), (Http::Two, "/api/articles/71")] {
        let client = server.client(version);
        client.send(Ask::put(url).json(&draft())).await.refused(StatusCode::PRECONDITION_REQUIRED, "required");
        client
            .send(Ask::put(url).if_match("*").json(&draft()))
            .await
            .refused(StatusCode::PRECONDITION_FAILED, "missing");
        client.get(url).await.problem(StatusCode::NOT_FOUND);

        let created = client.send(Ask::put(url).if_none_match("*").json(&draft())).await.is(StatusCode::CREATED);
        assert_eq!(created.field("content-location"), url);
        let shown = client.get(url).await.is(StatusCode::OK);
        assert_eq!((shown.field("etag"), &shown.body), (created.field("etag"), &created.body));
        assert_eq!(shown.json()["comments"], json!([]));

        let again = client.send(Ask::put(url).if_none_match("*").json(&draft())).await;
        assert_eq!(again.field("etag"), created.field("etag"));
        again.refused(StatusCode::PRECONDITION_FAILED, "exists");
    }
    server.stop().await;
}

/// An id after which others would be too large for JSON numbers is not for a client to choose, whatever it says. Those
/// that the database gives after the largest are replaced like any.
async fn put_creates_where_ids_can_be(database: Database) {
    let server = Server::start(&database).await;
    let client = server.client(Http::One);
    let largest = 1_i64 << 52;
    for id in [largest + 1, i64::MAX] {
        let put = Ask::put(&format!("/api/articles/{id}")).json(&draft());
        for ask in [put.clone(), put.clone().if_none_match("*"), put.clone().if_match("*"), put.if_match("\"a\"")] {
            client.send(ask).await.problem(StatusCode::NOT_FOUND);
        }
    }
    let ask = Ask::put(&format!("/api/articles/{largest}")).if_none_match("*").json(&draft());
    client.send(ask).await.is(StatusCode::CREATED);
    let next = client.send(Ask::post("/api/articles").json(&draft())).await.is(StatusCode::CREATED);
    assert_eq!(next.json()["id"], largest + 1);
    let put = Ask::put(&next.field("location")).json(&draft());
    client.send(put.clone()).await.refused(StatusCode::PRECONDITION_REQUIRED, "required");
    client.send(put.if_match(&next.field("etag"))).await.is(StatusCode::OK);
    server.stop().await;
}

async fn patch_merges(database: Database) {
    let server = Server::start(&database).await;
    for version in BOTH {
        let client = server.client(version);
        let before = client.get(URL).await.is(StatusCode::OK);
        let tag = before.field("etag");
        let patch = json!({ "title": format!("By {version:?}") });

        client.send(Ask::patch(URL).json(&patch)).await.refused(StatusCode::PRECONDITION_REQUIRED, "required");
        let ask = Ask::patch(URL).with("content-type", "application/merge-patch+json").body(patch.to_string());
        let saved = client.send(ask.if_match(&tag)).await.is(StatusCode::OK);
        assert_eq!(saved.json()["title"], patch["title"]);
        assert_eq!(saved.json()["body"], before.json()["body"]);
        assert_eq!(saved.json()["author"], before.json()["author"]);
        assert_eq!(saved.field("etag"), client.tag(URL).await);

        client
            .send(Ask::patch(URL).if_match(&tag).json(&patch))
            .await
            .refused(StatusCode::PRECONDITION_FAILED, "stale");
        client.send(Ask::patch("/api/articles/99").if_match(&tag).json(&patch)).await.problem(StatusCode::NOT_FOUND);
    }
    server.stop().await;
}

/// A JSON Patch (RFC 6902) is JSON, and means something else.
async fn a_patch_of_another_kind_is_refused_with_those_that_are_taken(database: Database) {
    let server = Server::start(&database).await;
    for version in BOTH {
        let client = server.client(version);
        let tag = client.tag(URL).await;
        let patch = |content_type: Option<&str>, title: &str| {
            let ask = content_type.iter().fold(Ask::patch(URL), |ask, value| ask.with("content-type", value));
            ask.if_match(&tag).body(json!({ "title": title }).to_string())
        };
        for other in
            [Some("application/json-patch+json"), Some("application/vnd.api+json"), Some("text/plain"), Some("a"), None]
        {
            let answer = client.send(patch(other, "Never")).await;
            assert_eq!(answer.field("accept-patch"), "application/merge-patch+json, application/json", "{other:?}");
            answer.problem(StatusCode::UNSUPPORTED_MEDIA_TYPE);
        }
        assert_eq!(client.tag(URL).await, tag);
        let saved = client.send(patch(Some("Application/Merge-Patch+JSON; charset=utf-8"), "Mine")).await;
        assert_eq!(saved.is(StatusCode::OK).json()["title"], "Mine");
    }
    server.stop().await;
}

/// The document after the patch has to be an article, too.
async fn patch_is_validated(database: Database) {
    let server = Server::start(&database).await;
    let client = server.client(Http::One);
    let tag = client.tag(URL).await;
    #[rustfmt::skip]
    let table = [
        // patch, what the problem has to name
        (json!({ "title": null }),          "`title`"),
        (json!({ "title": 5 }),             "title: invalid type"),
        (json!({ "title": { "a": 1 } }),    "title: invalid type"),
        (json!({ "headline": "x" }),        "`headline`"),
        (json!({ "updated_at": "now" }),    "`updated_at`"),
        (json!({ "title": " " }),           "#/title"),
        (json!({ "author_id": 99 }),        "#/author_id"),
        (json!(["title"]),                  "invalid type"),
        (json!("title"),                    "invalid type"),
    ];
    for (patch, named) in table {
        let problem = client.send(Ask::patch(URL).if_match(&tag).json(&patch)).await;
        let problem = problem.problem(StatusCode::UNPROCESSABLE_ENTITY).to_string();
        assert!(problem.contains(named), "{patch}: {problem}");
    }
    assert_eq!(client.tag(URL).await, tag);
    server.stop().await;
}

async fn delete(database: Database) {
    let server = Server::start(&database).await;
    for (version, url) in [(Http::One, "/api/articles/1"), (Http::Two, "/api/articles/2")] {
        let client = server.client(version);
        let tag = client.tag(url).await;
        client.send(Ask::delete(url)).await.refused(StatusCode::PRECONDITION_REQUIRED, "required");
        client.send(Ask::delete(url).if_match("\"a\"")).await.refused(StatusCode::PRECONDITION_FAILED, "stale");

        let gone = client.send(Ask::delete(url).if_match(&tag)).await.is(StatusCode::NO_CONTENT);
        assert!(gone.body.is_empty() && !gone.has("etag"));
        client.get(url).await.problem(StatusCode::NOT_FOUND);
        client.send(Ask::delete(url).if_match(&tag)).await.problem(StatusCode::NOT_FOUND);
    }
    server.stop().await;
}

/// An article that was deleted and made anew is another one, although its version starts again at 1.
async fn made_anew_is_not_the_same(database: Database) {
    let server = Server::start(&database).await;
    let client = server.client(Http::One);
    let url = "/api/articles/70";
    let create = Ask::put(url).if_none_match("*").json(&draft());
    let first = client.send(create.clone()).await.is(StatusCode::CREATED);
    let tag = first.field("etag");
    client.send(Ask::delete(url).if_match(&tag)).await.is(StatusCode::NO_CONTENT);
    let second = client.send(create).await.is(StatusCode::CREATED);

    assert_eq!(first.json()["version"], second.json()["version"]);
    client.send(Ask::put(url).if_match(&tag).json(&draft())).await.refused(StatusCode::PRECONDITION_FAILED, "stale");
    client.send(Ask::get(url).if_none_match(&tag)).await.is(StatusCode::OK);
    server.stop().await;
}

async fn post_creates(database: Database) {
    let server = Server::start(&database).await;
    for version in BOTH {
        let client = server.client(version);
        let created = client.send(Ask::post("/api/articles").json(&draft())).await.is(StatusCode::CREATED);
        let url = created.field("location");
        assert_eq!(created.field("content-location"), url);
        assert_eq!(url, format!("/api/articles/{}", created.json()["id"]));
        let shown = client.get(&url).await.is(StatusCode::OK);
        assert_eq!((shown.field("etag"), &shown.body), (created.field("etag"), &created.body));
    }
    server.stop().await;
}

/// Whoever names a version of the list adds to that version only; that somebody comments does not change it.
async fn post_to_an_unchanged_page(database: Database) {
    let server = Server::start(&database).await;
    let client = server.client(Http::One);
    let list = "/api/articles?page=1&per_page=100";
    let total = async || client.get(list).await.json()["total"].as_i64().unwrap();
    let post = |tag: &str| Ask::post(list).if_match(tag).json(&draft());

    let tag = client.tag(list).await;
    client.send(Ask::post("/api/articles/1/comments").json(&json!({ "text": "Hm" }))).await.is(StatusCode::CREATED);
    let added = client.send(post(&tag)).await.is(StatusCode::CREATED);
    assert_eq!(added.field("etag"), client.tag(&added.field("location")).await);
    assert_eq!(total().await, 4);

    let refused = client.send(post(&tag)).await;
    assert_eq!(refused.field("etag"), client.tag(list).await);
    refused.refused(StatusCode::PRECONDITION_FAILED, "stale");
    let tag = client.tag(list).await;
    let author = client.tag("/api/authors/1").await;
    client.send(Ask::put("/api/authors/1").if_match(&author).json(&json!({ "name": "A." }))).await.is(StatusCode::OK);
    client.send(post(&tag)).await.refused(StatusCode::PRECONDITION_FAILED, "stale");
    // The list is there, whatever part of it is asked for, and also the first one for which nothing is said.
    for (list, total_now) in [(list, 5), ("/api/articles?page=9", 6), ("/api/articles", 7)] {
        let ask = Ask::post(list).json(&draft());
        client.send(ask.clone().if_none_match("*")).await.refused(StatusCode::PRECONDITION_FAILED, "exists");
        client.send(ask.clone().if_match("\"a\"")).await.refused(StatusCode::PRECONDITION_FAILED, "stale");
        client.send(ask.if_match("*")).await.is(StatusCode::CREATED);
        assert_eq!(total().await, total_now);
    }
    server.stop().await;
}

/// What a write compares is said in the header; a version in the body says what the client has shown.
async fn header_wins_over_the_body(database: Database) {
    let server = Server::start(&database).await;
    let client = server.client(Http::One);
    let mut body = draft();
    for stated in [json!(999), json!(-1), json!("one"), json!(null)] {
        body["version"] = stated;
        let before = client.get(URL).await.json()["version"].as_i64().unwrap();
        let tag = client.tag(URL).await;
        let saved = client.send(Ask::put(URL).if_match(&tag).json(&body)).await.is(StatusCode::OK);
        assert_eq!(saved.json()["version"], before + 1);
        body["version"] = saved.json()["version"].clone();
        client.send(Ask::put(URL).if_match(&tag).json(&body)).await.refused(StatusCode::PRECONDITION_FAILED, "stale");
        client.send(Ask::patch(URL).if_match(&tag).json(&body)).await.refused(StatusCode::PRECONDITION_FAILED, "stale");
        client.send(Ask::put(URL).json(&body)).await.refused(StatusCode::PRECONDITION_REQUIRED, "required");
    }
    server.stop().await;
}
