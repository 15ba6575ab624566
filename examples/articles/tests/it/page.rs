//! The list of articles.

use http::StatusCode;
use serde_json::{Value, json};

use crate::client::{Ask, BOTH, Client, Http};
use crate::database::{Database, on_every_database};
use crate::server::Server;

on_every_database! {
    items_are_what_their_addresses_show,
    parts,
    not_modified,
    tag_moves_with_what_is_shown,
}

const URL: &str = "/api/articles";

fn ids(page: &Value) -> Vec<i64> {
    page["items"].as_array().unwrap().iter().map(|item| item["id"].as_i64().unwrap()).collect()
}

/// Every item is the article, and its tag, as its own address shows both.
async fn items_are_what_their_addresses_show(database: Database) {
    let server = Server::start(&database).await;
    for version in BOTH {
        let client = server.client(version);
        let page = client.get(URL).await.is(StatusCode::OK).json();
        assert_eq!(ids(&page), [1, 2, 3]);
        for mut item in page["items"].as_array().unwrap().clone() {
            let alone = client.get(&format!("{URL}/{}", item["id"])).await.is(StatusCode::OK);
            let tag = item.as_object_mut().unwrap().remove("etag").unwrap();
            assert_eq!(tag, alone.field("etag"));
            assert_eq!(item, alone.json());
        }
    }
    server.stop().await;
}

async fn parts(database: Database) {
    let server = Server::start(&database).await;
    let client = server.client(Http::One);
    #[rustfmt::skip]
    let table: [(&str, &[i64], u32, u32); 6] = [
        // query, ids, page, per page
        ("",                        &[1, 2, 3], 1, 20),
        ("?page=1&per_page=2",      &[1, 2],    1, 2),
        ("?per_page=2&page=2",      &[3],       2, 2),
        ("?page=3&per_page=2",      &[],        3, 2),
        ("?page=4294967295",        &[],        4_294_967_295, 20),
        ("?per_page=100",           &[1, 2, 3], 1, 100),
    ];
    for (query, expected, number, per_page) in table {
        let page = client.get(&format!("{URL}{query}")).await.is(StatusCode::OK).json();
        assert_eq!(ids(&page), expected, "{query}");
        assert_eq!((&page["page"], &page["per_page"], &page["total"]), (&number.into(), &per_page.into(), &3.into()));
    }
    let wrong = [
        "page=0",
        "per_page=0",
        "per_page=101",
        "page=-1",
        "page=x",
        "per_page=",
        "page=4294967296",
        "page=1&page=2",
        "per_page=1000000000",
        "author=1",
        "page=1&q=x",
    ];
    for query in wrong {
        let answer = client.get(&format!("{URL}?{query}")).await;
        assert_eq!(answer.status, StatusCode::BAD_REQUEST, "{query}");
        answer.problem(StatusCode::BAD_REQUEST);
    }
    server.stop().await;
}

async fn not_modified(database: Database) {
    let server = Server::start(&database).await;
    for version in BOTH {
        let client = server.client(version);
        let tag = client.tag(URL).await;
        let answer = client.send(Ask::get(URL).if_none_match(&tag)).await.is(StatusCode::NOT_MODIFIED);
        assert_eq!(answer.field("etag"), tag);
        // The same articles, and yet other pages.
        for other in ["?per_page=100", "?page=2", "?page=3"] {
            client.send(Ask::get(&format!("{URL}{other}")).if_none_match(&tag)).await.is(StatusCode::OK);
        }
    }
    server.stop().await;
}

/// Whatever a page shows moves its tag, and nothing else does.
async fn tag_moves_with_what_is_shown(database: Database) {
    let server = Server::start(&database).await;
    let client = server.client(Http::One);
    let (first, second) = ("/api/articles?per_page=2", "/api/articles?per_page=2&page=2");
    let mut seen = (client.tag(first).await, client.tag(second).await);

    // An edit of the first article is seen on the first page only.
    let tag = client.tag("/api/articles/1").await;
    client.send(Ask::patch("/api/articles/1").if_match(&tag).json(&json!({ "title": "New" }))).await.is(StatusCode::OK);
    assert!(moved(&client, first, &mut seen.0).await);
    assert!(!moved(&client, second, &mut seen.1).await);

    // So is a comment on it.
    client.send(Ask::post("/api/articles/1/comments").json(&json!({ "text": "!" }))).await.is(StatusCode::CREATED);
    assert!(moved(&client, first, &mut seen.0).await);
    assert!(!moved(&client, second, &mut seen.1).await);

    // A new one is on the second page, but every page shows how many there are.
    let new = json!({ "title": "Fourth", "body": "", "author_id": 1 });
    client.send(Ask::post(URL).json(&new)).await.is(StatusCode::CREATED);
    assert!(moved(&client, first, &mut seen.0).await);
    assert!(moved(&client, second, &mut seen.1).await);

    // One that goes and one that comes do not cancel out, although the number stays the same.
    let tag = client.tag("/api/articles/3").await;
    client.send(Ask::delete("/api/articles/3").if_match(&tag)).await.is(StatusCode::NO_CONTENT);
    client.send(Ask::post(URL).json(&new)).await.is(StatusCode::CREATED);
    assert!(!moved(&client, first, &mut seen.0).await);
    assert!(moved(&client, second, &mut seen.1).await);

    // An author is shown with every article.
    let tag = client.tag("/api/authors/2").await;
    client.send(Ask::put("/api/authors/2").if_match(&tag).json(&json!({ "name": "B." }))).await.is(StatusCode::OK);
    assert!(moved(&client, first, &mut seen.0).await);
    assert!(!moved(&client, second, &mut seen.1).await);
    server.stop().await;
}

/// Whether the tag is another one than when this was asked the last time, and a conditional request agrees.
async fn moved(client: &Client, path: &str, seen: &mut String) -> bool {
    let status = client.send(Ask::get(path).if_none_match(seen)).await.status;
    let now = client.tag(path).await;
    let moved = now != *seen;
    assert_eq!(status, if moved { StatusCode::OK } else { StatusCode::NOT_MODIFIED });
    *seen = now;
    moved
}
