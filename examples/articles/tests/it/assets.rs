//! The page at `/` and its files: conditional as everything else, and complete.

use http::{Method, StatusCode};

use crate::client::{Answer, Ask, BOTH, Client, Http};
use crate::database::{Database, Kind};
use crate::server::Server;

async fn server() -> Server {
    Server::start(&Database::new(Kind::SqliteMemory)).await
}

/// Every path that a text names, in quotes: `/page/…` in HTML, and `./…` in a script.
fn named(text: &str) -> Vec<String> {
    let quoted = text.split('"').skip(1).step_by(2);
    quoted
        .filter_map(|part| match part.strip_prefix("./") {
            Some(file) => Some(format!("/page/{file}")),
            None => part.starts_with("/page/").then(|| part.to_owned()),
        })
        .collect()
}

/// The page, and whatever it names, directly or not.
async fn files(client: &Client) -> Vec<(String, Answer)> {
    let (mut files, mut paths) = (Vec::new(), vec!["/".to_owned()]);
    while let Some(path) = paths.pop() {
        if files.iter().all(|(known, _)| *known != path) {
            let answer = client.get(&path).await.is(StatusCode::OK);
            paths.extend(named(&String::from_utf8(answer.body.clone()).unwrap()));
            files.push((path, answer));
        }
    }
    files
}

#[tokio::test]
async fn every_file_that_the_page_names_is_there_and_says_what_it_is() {
    let server = server().await;
    let files = files(&server.client(Http::One)).await;
    assert_eq!(files.len(), std::fs::read_dir(concat!(env!("CARGO_MANIFEST_DIR"), "/src/page")).unwrap().count());
    for (path, answer) in files {
        let media_type = match path.rsplit('.').next().unwrap() {
            "js" => "text/javascript; charset=utf-8",
            "css" => "text/css; charset=utf-8",
            "svg" => "image/svg+xml",
            _ => "text/html; charset=utf-8",
        };
        assert_eq!(answer.field("content-type"), media_type, "{path}");
        assert_eq!(answer.field("x-content-type-options"), "nosniff", "{path}");
        let policy = answer.field("content-security-policy");
        assert!(policy.starts_with("default-src 'none'; ") && !policy.contains("unsafe"), "{path}: {policy}");
    }
    server.stop().await;
}

#[tokio::test]
async fn a_file_is_not_sent_again() {
    let server = server().await;
    for version in BOTH {
        let client = server.client(version);
        for (path, full) in files(&client).await {
            let tag = full.field("etag");
            let again = client.send(Ask::get(&path).if_none_match(&tag)).await.is(StatusCode::NOT_MODIFIED);
            assert_eq!((again.field("etag"), again.body.len()), (tag, 0), "{path}");
            // A policy that has changed without the file reaches those who have the file.
            assert_eq!(again.field("content-security-policy"), full.field("content-security-policy"), "{path}");
            let head = client.send(Ask::new(Method::HEAD, &path)).await.is(StatusCode::OK);
            assert_eq!(head.field("content-length"), full.body.len().to_string(), "{path}");
            assert!(head.body.is_empty(), "{path}");
        }
    }
    server.stop().await;
}

#[tokio::test]
async fn what_is_no_file_and_no_read_is_refused_as_everywhere() {
    let server = server().await;
    let client = server.client(Http::One);
    for path in ["/page", "/page/", "/page/none.js", "/index.html", "/page/../assets.rs"] {
        client.get(path).await.problem(StatusCode::NOT_FOUND);
    }
    for method in [Method::PUT, Method::POST, Method::DELETE] {
        let answer = client.send(Ask::new(method, "/")).await;
        assert_eq!(answer.field("allow"), "GET,HEAD");
        answer.problem(StatusCode::METHOD_NOT_ALLOWED);
    }
    server.stop().await;
}
