//! Whatever goes wrong is answered with a problem document that says what.

use http::{Method, StatusCode};
use serde_json::json;
use sqlx::{Connection, SqliteConnection};

use crate::client::{Ask, BOTH, Http};
use crate::database::{Database, Kind, on_every_database, on_every_shared_database};
use crate::server::Server;

on_every_database! {
    bodies,
    bodies_of_comments_and_authors,
    all_fields_are_named,
    body_that_is_too_large,
    content_type_goes_before_preconditions,
    routes_and_methods,
}

on_every_shared_database! {
    database_that_fails,
    versions_at_the_edge,
}

const URL: &str = "/api/articles";

/// Bodies that are no article, over both versions; the problem names the culprit.
async fn bodies(database: Database) {
    let server = Server::start(&database).await;
    let json = "application/json";
    let long = format!(r#"{{"title": "{}", "body": "", "author_id": 1}}"#, "x".repeat(201));
    #[rustfmt::skip]
    let table = [
        // content type, body, status, what the problem has to name
        (json,         "{",                                                          400, "JSON"),
        (json,         "",                                                           400, "JSON"),
        (json,         "{\"title\": \"\u{fffd}",                                     400, "JSON"),
        (json,         r#"{"title": "a", "body": "b"}"#,                             422, "`author_id`"),
        (json,         r#"{"title": 5, "body": "b", "author_id": 1}"#,               422, "title: invalid type"),
        (json,         r#"{"title": "a", "body": "b", "author_id": "1"}"#,           422, "author_id: invalid type"),
        (json,         r#"{"title": "a", "body": "b", "author_id": 1, "tags": []}"#, 422, "`tags`"),
        (json,         "[]",                                                         422, "invalid"),
        (json,         r#"{"title": " ", "body": "b", "author_id": 1}"#,             422, "#/title"),
        (json,         r#"{"title": "a", "body": "\u0000", "author_id": 1}"#,        422, "#/body"),
        (json,         &long,                                                        422, "#/title"),
        (json,         r#"{"title": "a", "body": "b", "author_id": 99}"#,            422, "#/author_id"),
        ("text/plain", r#"{"title": "a", "body": "b", "author_id": 1}"#,             415, "application/json"),
    ];
    for version in BOTH {
        let client = server.client(version);
        let tag = client.tag("/api/articles/1").await;
        for (content_type, body, status, named) in table {
            let status = StatusCode::from_u16(status).unwrap();
            for ask in [
                Ask::post(URL),
                Ask::put("/api/articles/1").if_match(&tag),
                Ask::put("/api/articles/70").if_none_match("*"),
            ] {
                let answer = client.send(ask.with("content-type", content_type).body(body)).await;
                assert_eq!(answer.status, status, "{body}");
                let problem = answer.problem(status).to_string();
                assert!(problem.contains(named), "{body}: {problem}");
            }
        }
        assert_eq!(client.tag("/api/articles/1").await, tag);
        client.get("/api/articles/70").await.problem(StatusCode::NOT_FOUND);
    }
    server.stop().await;
}

async fn bodies_of_comments_and_authors(database: Database) {
    let server = Server::start(&database).await;
    let client = server.client(Http::One);
    let tag = client.tag("/api/authors/1").await;
    for (ask, body, named) in [
        (Ask::post("/api/articles/1/comments"), json!({}), "`text`"),
        (Ask::post("/api/articles/1/comments"), json!({ "text": " \n" }), "#/text"),
        (Ask::put("/api/authors/1").if_match(&tag), json!({ "nickname": "Ada" }), "`nickname`"),
        (Ask::put("/api/authors/1").if_match(&tag), json!({ "name": "" }), "#/name"),
    ] {
        let problem = client.send(ask.json(&body)).await.problem(StatusCode::UNPROCESSABLE_ENTITY).to_string();
        assert!(problem.contains(named), "{body}: {problem}");
    }
    server.stop().await;
}

/// Both mistakes are told at once.
async fn all_fields_are_named(database: Database) {
    let server = Server::start(&database).await;
    let draft = json!({ "title": "", "body": "x".repeat(100_001), "author_id": 1 });
    let answer = server.client(Http::One).send(Ask::post(URL).json(&draft)).await;
    let problem = answer.problem(StatusCode::UNPROCESSABLE_ENTITY);
    let pointers: Vec<_> = problem["errors"].as_array().unwrap().iter().map(|error| &error["pointer"]).collect();
    assert_eq!(pointers, ["#/title", "#/body"]);
    server.stop().await;
}

async fn body_that_is_too_large(database: Database) {
    let server = Server::start(&database).await;
    for version in BOTH {
        let draft = json!({ "title": "Long", "body": "x".repeat(1024 * 1024), "author_id": 1 });
        let answer = server.client(version).send(Ask::post(URL).json(&draft)).await;
        answer.problem(StatusCode::PAYLOAD_TOO_LARGE);
    }
    server.stop().await;
}

/// A request that would not be understood is told so, whatever it says of versions (RFC 9110 § 13.2.1).
async fn content_type_goes_before_preconditions(database: Database) {
    let server = Server::start(&database).await;
    for version in BOTH {
        let client = server.client(version);
        for ask in [
            Ask::put("/api/articles/1"),
            Ask::put("/api/articles/1").if_match("\"old\""),
            Ask::patch("/api/articles/1").if_match("\"old\""),
            Ask::put("/api/articles/70").if_match("*"),
            Ask::post(URL).if_match("\"old\""),
            Ask::post("/api/articles/1/comments").if_match("\"old\""),
            Ask::put("/api/authors/1").if_match("\"old\""),
        ] {
            let answer = client.send(ask.with("content-type", "text/plain").body("{}")).await;
            answer.problem(StatusCode::UNSUPPORTED_MEDIA_TYPE);
        }
    }
    server.stop().await;
}

async fn routes_and_methods(database: Database) {
    let server = Server::start(&database).await;
    for version in BOTH {
        let client = server.client(version);
        for path in [
            "/api",
            "/api/",
            "/api/articles/",
            "/api/articles/1/",
            "/api/articles/1/comments/1",
            "/api/authors",
            "/%00",
        ] {
            client.get(path).await.problem(StatusCode::NOT_FOUND);
        }
        for (method, path, allowed) in [
            (Method::DELETE, "/api/articles", "GET,HEAD,POST"),
            (Method::POST, "/api/articles/1", "GET,HEAD,PUT,PATCH,DELETE"),
            (Method::GET, "/api/articles/1/comments", "POST"),
            (Method::DELETE, "/api/authors/1", "GET,HEAD,PUT"),
        ] {
            let answer = client.send(Ask::new(method, path).if_match("\"a\"")).await;
            assert_eq!(answer.field("allow"), allowed, "{path}");
            answer.problem(StatusCode::METHOD_NOT_ALLOWED);
        }
    }
    server.stop().await;
}

/// The client learns that it was not at fault, the log learns why, and the server goes on.
async fn database_that_fails(database: Database) {
    let server = Server::start(&database).await;
    let client = server.client(Http::One);
    let tag = client.tag("/api/articles/1").await;

    database.execute("ALTER TABLE comments RENAME TO remarks").await;
    for ask in [
        Ask::get("/api/articles/1"),
        Ask::get(URL),
        Ask::put("/api/articles/1").if_match(&tag).json(&json!({})),
        Ask::post(URL).json(&json!({ "title": "a", "body": "b", "author_id": 1 })),
    ] {
        let problem = client.send(ask).await.problem(StatusCode::INTERNAL_SERVER_ERROR).to_string();
        for secret in ["comments", "table", "relation", "SQL", "code"] {
            assert!(!problem.contains(secret), "{problem}");
        }
    }
    database.execute("ALTER TABLE remarks RENAME TO comments").await;
    assert_eq!(client.tag("/api/articles/1").await, tag);
    assert_eq!(client.get(URL).await.json()["total"], 3, "what failed has left nothing behind");
    let log = server.stop().await;
    let reason = database.choose("no such table", "relation \"comments\" does not exist");
    assert!(log.contains(reason), "{log}");
}

/// A version is a number like any other, as long as there is a next one.
async fn versions_at_the_edge(database: Database) {
    let server = Server::start(&database).await;
    let client = server.client(Http::One);
    let url = "/api/articles/1";
    let put = |tag: &str| Ask::put(url).if_match(tag).json(&json!({ "title": "a", "body": "b", "author_id": 1 }));
    for (version, next) in [(-7, Some(-6)), (-1, Some(0)), (i64::MAX - 1, Some(i64::MAX)), (i64::MAX, None)] {
        database.execute(&format!("UPDATE articles SET version = {version} WHERE id = 1")).await;
        let before = client.get(url).await.is(StatusCode::OK);
        let answer = client.send(put(&before.field("etag"))).await;
        let after = client.get(url).await.is(StatusCode::OK);
        if let Some(next) = next {
            assert_eq!(answer.is(StatusCode::OK).json()["version"], next);
            assert_eq!(after.json()["version"], next);
        } else {
            answer.problem(StatusCode::INTERNAL_SERVER_ERROR);
            assert_eq!((after.field("etag"), after.body), (before.field("etag"), before.body), "nothing was written");
        }
    }
    server.stop().await;
}

/// Another program writes to the file for too long.
#[tokio::test]
async fn file_that_is_busy() {
    let database = Database::new(Kind::SqliteFile);
    let server = Server::start(&database).await;
    let client = server.client(Http::One);
    let tag = client.tag("/api/articles/1").await;
    let mut other = SqliteConnection::connect(&database.url).await.unwrap();
    sqlx::raw_sql("BEGIN IMMEDIATE").execute(&mut other).await.unwrap();
    let edit = Ask::patch("/api/articles/1").if_match(&tag).json(&json!({ "title": "In time" }));
    let answer = client.send(edit.clone()).await;
    assert!(answer.has("retry-after"));
    answer.problem(StatusCode::SERVICE_UNAVAILABLE);
    assert_eq!(client.tag("/api/articles/1").await, tag, "readers do not wait");
    sqlx::raw_sql("ROLLBACK").execute(&mut other).await.unwrap();
    client.send(edit).await.is(StatusCode::OK);
    server.stop().await;
}
