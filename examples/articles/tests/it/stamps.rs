//! What a `304` costs the database, by its own log: one statement, and no statement more for who asks for none.

use http::{Method, StatusCode};
use serde_json::json;

use crate::client::{Ask, Http};
use crate::database::{Database, on_every_database, on_every_shared_database};
use crate::server::{Server, program};

on_every_database! {
    statements,
    an_empty_page,
}

on_every_shared_database! {
    a_comment_that_is_edited,
}

/// How many times something was selected for each request after the first.
fn selections_by_request(log: &str) -> Vec<(String, usize)> {
    let mut requests = Vec::new();
    let mut selections = 0;
    for line in log.lines() {
        selections += usize::from(line.contains("summary=\"SELECT"));
        if let Some((_, request)) = line.split_once("INFO ") {
            let words: Vec<&str> = request.split(' ').take(3).collect();
            requests.push((words.join(" "), std::mem::take(&mut selections)));
        }
    }
    // Before the first are the statements of the start, and after the last is only the end.
    requests.retain(|(request, _)| request.contains('/'));
    requests.split_off(1)
}

async fn statements(database: Database) {
    let arguments = ["--listen", "127.0.0.1:0", "--database", &database.url];
    let server = Server::spawn(program().args(arguments).env("RUST_LOG", "articles=info,sqlx::query=debug")).await;
    let client = server.client(Http::One);
    client.get("/nowhere").await.is(StatusCode::NOT_FOUND);
    let (article, page) = ("/api/articles/1", "/api/articles");
    let (tag, tag_of_page) = (client.tag(article).await, client.tag(page).await);
    client.send(Ask::get(article).if_none_match(&tag)).await.is(StatusCode::NOT_MODIFIED);
    client.send(Ask::new(Method::HEAD, article).if_none_match(&tag)).await.is(StatusCode::NOT_MODIFIED);
    client.send(Ask::get(page).if_none_match(&tag_of_page)).await.is(StatusCode::NOT_MODIFIED);
    client.send(Ask::get(article).if_none_match("\"old\"")).await.is(StatusCode::OK);
    client.send(Ask::get(page).if_none_match("\"old\"")).await.is(StatusCode::OK);
    client.send(Ask::get("/api/articles/99").if_none_match(&tag)).await.is(StatusCode::NOT_FOUND);
    let log = server.stop().await;
    let expected = [
        ("GET /api/articles/1 200", 2),
        ("GET /api/articles 200", 3),
        ("GET /api/articles/1 304", 1),
        ("HEAD /api/articles/1 304", 1),
        ("GET /api/articles 304", 1),
        ("GET /api/articles/1 200", 1 + 2),
        ("GET /api/articles 200", 1 + 3),
        ("GET /api/articles/99 404", 1),
    ];
    assert_eq!(selections_by_request(&log), expected.map(|(request, count)| (request.to_owned(), count)), "{log}");
}

/// By an operator: no request can do that. The ids are what they were.
async fn a_comment_that_is_edited(database: Database) {
    let server = Server::start(&database).await;
    let client = server.client(Http::One);
    for url in ["/api/articles/1", "/api/articles"] {
        let tag = client.tag(url).await;
        database.execute("UPDATE comments SET text = 'Edited', version = version + 1 WHERE id = 2").await;
        client.send(Ask::get(url).if_none_match(&tag)).await.is(StatusCode::OK);
        let tag = client.tag(url).await;
        client.send(Ask::get(url).if_none_match(&tag)).await.is(StatusCode::NOT_MODIFIED);
    }
    server.stop().await;
}

/// Nothing is on it, and yet it says how many there are.
async fn an_empty_page(database: Database) {
    let server = Server::start(&database).await;
    let client = server.client(Http::One);
    let url = "/api/articles?page=9";
    let tag = client.tag(url).await;
    client.send(Ask::get(url).if_none_match(&tag)).await.is(StatusCode::NOT_MODIFIED);
    let new = json!({ "title": "Fourth", "body": "", "author_id": 1 });
    client.send(Ask::post("/api/articles").json(&new)).await.is(StatusCode::CREATED);
    client.send(Ask::get(url).if_none_match(&tag)).await.is(StatusCode::OK);
    server.stop().await;
}
