//! GET and HEAD of one article.

use http::{Method, StatusCode};
use serde_json::json;

use crate::client::{Ask, BOTH};
use crate::database::{Database, on_every_database};
use crate::server::Server;

on_every_database! {
    representation,
    tag_stands_still,
    not_modified,
    if_none_match_and_if_match_in_every_form,
    head_is_get_without_content,
    nothing_there,
    last_modified_when_it_is_over,
}

const URL: &str = "/api/articles/1";

async fn representation(database: Database) {
    let server = Server::start(&database).await;
    for version in BOTH {
        let answer = server.client(version).get(URL).await.is(StatusCode::OK);
        assert_eq!(answer.field("content-type"), "application/json");
        assert_eq!(answer.field("cache-control"), "no-cache");
        assert!(answer.field("etag").starts_with('"'), "strong");
        // The list of comments could lose one without a trace.
        assert!(!answer.has("last-modified"));
        let article = answer.json();
        assert_eq!(article["id"], 1);
        assert_eq!(article["version"], 1);
        assert_eq!(article["author"]["id"], 1);
        assert_eq!(article["author"]["name"], "Ada");
        assert_eq!(article["comments"][0]["id"], 1);
        for text in [&article["title"], &article["body"], &article["updated_at"], &article["comments"][0]["text"]] {
            assert!(text.as_str().is_some_and(|text| !text.is_empty()), "{article}");
        }
    }
    server.stop().await;
}

/// A tag says nothing else than that nothing has changed.
async fn tag_stands_still(database: Database) {
    let server = Server::start(&database).await;
    let [one, two] = BOTH.map(|version| server.client(version));
    assert_eq!(one.tag(URL).await, two.tag(URL).await);
    assert_ne!(one.tag("/api/articles/1").await, one.tag("/api/articles/3").await);
    server.stop().await;
}

async fn not_modified(database: Database) {
    let server = Server::start(&database).await;
    for version in BOTH {
        let client = server.client(version);
        let tag = client.tag(URL).await;
        for method in [Method::GET, Method::HEAD] {
            let answer = client.send(Ask::new(method.clone(), URL).if_none_match(&tag)).await;
            let answer = answer.is(StatusCode::NOT_MODIFIED);
            assert_eq!(answer.field("etag"), tag, "{version:?} {method}");
            assert_eq!(answer.field("cache-control"), "no-cache");
            assert!(answer.has("date"));
            for absent in ["content-length", "content-type", "transfer-encoding", "last-modified"] {
                assert!(!answer.has(absent), "{absent} on 304, {version:?} {method}");
            }
            assert!(answer.body.is_empty());
        }
    }
    server.stop().await;
}

async fn if_none_match_and_if_match_in_every_form(database: Database) {
    let server = Server::start(&database).await;
    let client = server.client(crate::client::Http::One);
    let tag = client.tag(URL).await;
    let state = tag.split_once('.').unwrap().0;
    #[rustfmt::skip]
    let table = [
        // field, lines, status
        ("if-none-match", vec![tag.clone()],                              304),
        ("if-none-match", vec![format!("W/{tag}")],                       304),
        ("if-none-match", vec![format!("\"a\", {tag}")],                  304),
        ("if-none-match", vec![format!("\"a,b\" ,,W/\"c\",\t{tag} ,")],   304),
        ("if-none-match", vec!["\"a\"".into(), tag.clone()],              304),
        ("if-none-match", vec!["*".into()],                               304),
        ("if-none-match", vec!["\"a\"".into()],                           200),
        ("if-none-match", vec!["\"*\"".into()],                           200),
        ("if-none-match", vec![tag.trim_matches('"').into()],             200),
        ("if-none-match", vec![format!("{state}.AAAAAAAAAAA\"")],         200),
        ("if-none-match", vec![format!("{state}\"")],                     200),
        ("if-none-match", vec![String::new()],                            200),
        ("if-match",      vec![tag.clone()],                              200),
        ("if-match",      vec!["*".into()],                               200),
        ("if-match",      vec!["\"a\"".into()],                           412),
        ("if-match",      vec![format!("W/{tag}")],                       412),
        ("if-match",      vec![format!("{state}.AAAAAAAAAAA\"")],         412),
    ];
    for (field, lines, status) in table {
        for method in [Method::GET, Method::HEAD] {
            let ask = lines.iter().fold(Ask::new(method.clone(), URL), |ask, line| ask.with(field, line));
            assert_eq!(client.send(ask).await.status.as_u16(), status, "{method} with {field}: {lines:?}");
        }
    }
    server.stop().await;
}

/// HEAD answers with the fields of GET, whatever the answer is.
async fn head_is_get_without_content(database: Database) {
    let server = Server::start(&database).await;
    // By then, the date of the author is over, and stays in both answers.
    tokio::time::sleep(std::time::Duration::from_millis(1100)).await;
    for version in BOTH {
        let client = server.client(version);
        let tag = client.tag(URL).await;
        for (path, tag) in [
            (URL, "\"old\""),
            (URL, &*tag),
            ("/api/articles/99", "*"),
            ("/api/articles?page=2", "*"),
            ("/api/articles?page=0", "\"\""),
            ("/api/authors/1", "\"old\""),
        ] {
            let [get, head] = [Method::GET, Method::HEAD].map(|method| Ask::new(method, path).if_none_match(tag));
            let (mut get, mut head) = (client.send(get).await, client.send(head).await);
            assert_eq!(get.status, head.status, "{path}");
            for answer in [&mut get, &mut head] {
                answer.headers.remove("date");
            }
            assert_eq!(get.headers, head.headers, "{version:?} {path} {tag}");
            assert!(head.body.is_empty());
        }
    }
    server.stop().await;
}

/// 404 wins over any precondition.
async fn nothing_there(database: Database) {
    let server = Server::start(&database).await;
    for version in BOTH {
        let client = server.client(version);
        for id in ["99", "0", "-1", "01", "one", "1.0", "9223372036854775808", "%31%20"] {
            let path = format!("/api/articles/{id}");
            client.get(&path).await.problem(StatusCode::NOT_FOUND);
            client.send(Ask::get(&path).if_match("\"a\"")).await.problem(StatusCode::NOT_FOUND);
            client.send(Ask::get(&path).if_none_match("*")).await.problem(StatusCode::NOT_FOUND);
        }
    }
    server.stop().await;
}

/// The author has a date, which is left out while it is of this second.
async fn last_modified_when_it_is_over(database: Database) {
    let server = Server::start(&database).await;
    let client = server.client(crate::client::Http::One);
    let tag = client.tag("/api/authors/1").await;
    let renamed = Ask::put("/api/authors/1").if_match(&tag).json(&json!({ "name": "Ada L." }));
    assert!(!client.send(renamed).await.is(StatusCode::OK).has("last-modified"));
    tokio::time::sleep(std::time::Duration::from_millis(2100)).await;

    let date = client.get("/api/authors/1").await.is(StatusCode::OK).field("last-modified");
    let ask = Ask::get("/api/authors/1").with("if-modified-since", &date);
    client.send(ask.clone()).await.is(StatusCode::NOT_MODIFIED);
    // The tag is the better witness: when it is asked, the date is not.
    client.send(ask.if_none_match("\"other\"")).await.is(StatusCode::OK);
    server.stop().await;
}
