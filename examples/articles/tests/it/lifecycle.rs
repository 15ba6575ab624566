//! Starting and stopping, and what the program says about both.

use std::process::Stdio;
use std::time::{Duration, Instant};

use http::StatusCode;
use rustix::process::Signal;
use serde_json::json;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;
use tokio::process::Command;
use tokio::time::timeout;

use crate::client::{Ask, Http};
use crate::database::{Database, Kind, on_every_database, on_every_shared_database};
use crate::server::{PATIENCE, Server, program, refusal};

on_every_database! {
    printed_lines,
    log,
    both_signals_stop,
    requests_that_have_begun_are_answered,
    requests_that_do_not_end_are_cut_off,
}

on_every_shared_database! {
    arguments_from_the_environment,
    restart,
}

/// The lines that the server prints do what they say when they are pasted into a shell.
async fn printed_lines(database: Database) {
    let mut server = Server::start(&database).await;
    let printed = server.printed_until("# 428").await;
    let lines: String = printed.lines().filter_map(|line| Some(format!("{}\n", line.strip_prefix("    ")?))).collect();
    let shell = Command::new("sh").arg("-c").arg(&lines).stdin(Stdio::null()).kill_on_drop(true).output();
    let shell = timeout(PATIENCE, shell).await.expect("the shell hangs").unwrap();
    let (output, complaints) = (String::from_utf8_lossy(&shell.stdout), String::from_utf8_lossy(&shell.stderr));
    let statuses: Vec<_> = output.lines().filter_map(|line| line.strip_prefix("HTTP/1.1 ")?.get(..3)).collect();
    assert_eq!(statuses, ["200", "304", "200", "412", "428"], "{lines}\n{output}\n{complaints}");
    server.stop().await;
}

/// One line for each request, with its outcome.
async fn log(database: Database) {
    let server = Server::start(&database).await;
    let client = server.client(Http::One);
    let tag = client.tag("/api/articles/1").await;
    client.send(Ask::get("/api/articles/1").if_none_match(&tag)).await;
    let saved = client.send(Ask::patch("/api/articles/1").if_match(&tag).json(&json!({ "title": "T" }))).await;
    client.send(Ask::delete("/api/articles/1").if_match(&tag)).await;
    client.send(Ask::delete("/api/articles/1")).await;
    client.send(Ask::delete("/api/articles/1").if_match(&saved.field("etag"))).await;
    client.get("/nowhere?secret=1").await;
    let log = server.stop().await;
    for (line, times) in [
        ("GET /api/articles/1 200 sent", 1),
        ("GET /api/articles/1 304 not-modified by If-None-Match", 1),
        ("PATCH /api/articles/1 200 written by If-Match", 1),
        ("DELETE /api/articles/1 412 stale by If-Match", 1),
        ("DELETE /api/articles/1 428 required", 1),
        ("DELETE /api/articles/1 204 No Content", 1),
        ("GET /nowhere 404 Not Found", 1),
        ("secret", 0),
        ("/api/articles/1 ", 6),
    ] {
        assert_eq!(log.matches(line).count(), times, "{line} in {log}");
    }
}

async fn arguments_from_the_environment(database: Database) {
    let mut command = program();
    command.env("LISTEN", "127.0.0.1:0").env("DATABASE_URL", &database.url);
    let server = Server::spawn(&mut command).await;
    server.client(Http::One).get("/api/articles/1").await.is(StatusCode::OK);
    // Only where it was told to.
    database.execute("DELETE FROM articles").await;
    server.client(Http::One).get("/api/articles/1").await.is(StatusCode::NOT_FOUND);
    server.stop().await;
}

/// A database keeps everything, tags included, and is seeded only while it has no article.
async fn restart(database: Database) {
    let server = Server::start(&database).await;
    let client = server.client(Http::One);
    let tag = client.tag("/api/articles/1").await;
    client
        .send(Ask::delete("/api/articles/2").if_match(&client.tag("/api/articles/2").await))
        .await
        .is(StatusCode::NO_CONTENT);
    let saved = client.send(Ask::patch("/api/articles/1").if_match(&tag).json(&json!({ "title": "Kept" }))).await;
    server.stop().await;

    let server = Server::start(&database).await;
    let client = server.client(Http::Two);
    let kept = client.get("/api/articles/1").await.is(StatusCode::OK);
    assert_eq!((kept.field("etag"), &kept.body), (saved.field("etag"), &saved.body));
    client.get("/api/articles/2").await.problem(StatusCode::NOT_FOUND);
    server.stop().await;
}

/// One sentence that names the value, or its argument if it may hold a secret, a code that says failure, and no trace of
/// the program's inside.
async fn refused(arguments: &[&str], sentences: &[&str]) {
    let output = refusal(arguments).await;
    let stderr = String::from_utf8_lossy(&output.stderr);
    assert_eq!(output.status.code(), Some(1), "{stderr}");
    for sentence in sentences {
        assert!(stderr.contains(sentence), "{sentence} in {stderr}");
    }
    assert!(!stderr.contains("secret"), "{stderr}");
    assert!(!stderr.contains("panicked") && !stderr.contains("backtrace") && !stderr.contains("Error {"), "{stderr}");
    assert_eq!(stderr.lines().count(), 1, "{stderr}");
    assert!(output.stdout.is_empty());
}

#[tokio::test]
async fn port_in_use() {
    let database = Database::new(Kind::SqliteMemory);
    let server = Server::start(&database).await;
    let sentence = format!("articles: cannot listen on `{}`: Address already in use", server.address);
    refused(&["--listen", &server.address], &[&sentence]).await;
    refused(&["--listen", "nowhere"], &["cannot listen on `nowhere`: "]).await;
    server.stop().await;
}

#[tokio::test]
async fn database_that_cannot_be_opened() {
    let folder = tempfile::tempdir().unwrap();
    let missing = format!("sqlite:{}/missing/articles.db", folder.path().display());
    let text = folder.path().join("text.db");
    std::fs::write(&text, "This is no database, although its name says so.\n".repeat(100)).unwrap();
    let text = format!("sqlite:{}", text.display());
    let listen = ["--listen", "127.0.0.1:0", "--database"];
    for (url, reason) in [(&missing, "unable to open database file"), (&text, "file is not a database")] {
        let sentence = format!("articles: cannot open the database `{url}`: {reason}");
        refused(&[&listen[..], &[url]].concat(), &[&sentence]).await;
    }
    for url in ["mysql://me:secret@localhost/articles", "articles.db", "sqlite:"] {
        let named = ["--database", "`sqlite::memory:`", "`sqlite:PATH`", "`postgres://USER:PASSWORD@HOST/DATABASE`"];
        refused(&[&listen[..], &[url]].concat(), &named).await;
    }
}

/// A server that is not there, a database that is not, and a password in places where it was not meant to be.
#[tokio::test]
async fn postgres_that_cannot_be_opened() {
    let listen = ["--listen", "127.0.0.1:0", "--database"];
    let missing = Database::new(Kind::Postgres).url.replace("/test_", "/missing_");
    let (server, folder) = missing.split_once("localhost/").unwrap();
    let (name, folder) = folder.split_once('?').unwrap();
    let shown = format!("postgres://postgres@/{name}?{folder}");
    assert_eq!(server, "postgres://postgres@");
    for (url, sentence) in [
        (
            "postgres://me:secret@127.0.0.1:1/a",
            "cannot open the database `postgres://me@127.0.0.1:1/a`: Connection refused",
        ),
        ("postgres://me@127.0.0.1:1/a?password=secret", "`postgres://me@127.0.0.1:1/a`: Connection refused"),
        (
            "postgres://me:secret@localhost/a?host=/nowhere",
            "`postgres://me@/a?host=/nowhere`: No such file or directory",
        ),
        (&missing, &format!("`{shown}`: database \"{name}\" does not exist")),
        ("postgres://me:1/secret@127.0.0.1/a", "write `/` as %2F"),
        ("postgres://me@127.0.0.1:1/a?pasword=secret", "there is a parameter that is not known"),
    ] {
        refused(&[&listen[..], &[url]].concat(), &[sentence]).await;
    }
}

/// Not even who asks for everything reads it in the log.
#[tokio::test]
async fn password_is_not_logged() {
    let database = Database::new(Kind::Postgres);
    let url = database.url.replace("//postgres@", "//postgres:secret@");
    assert_ne!(url, database.url);
    let mut command = program();
    command.env("RUST_LOG", "trace").args(["--listen", "127.0.0.1:0", "--database", &url]);
    let mut server = Server::spawn(&mut command).await;
    let printed = server.printed_until("# 428").await;
    server.client(Http::One).get("/api/articles/1").await.is(StatusCode::OK);
    let log = server.stop().await;
    assert!(log.contains("SELECT") && !log.contains("secret"), "{log}");
    assert!(!printed.contains("secret"));
}

async fn both_signals_stop(database: Database) {
    for signal in [Signal::TERM, Signal::INT] {
        for version in [Http::One, Http::Two] {
            let server = Server::start(&database).await;
            // A connection that is kept open does not keep the server.
            let client = server.client(version);
            client.get("/api/articles/1").await.is(StatusCode::OK);
            let _silent = TcpStream::connect(&server.address).await.unwrap();
            let begin = Instant::now();
            server.signal(signal);
            let (status, log) = server.ended().await;
            assert_eq!(status.code(), Some(0), "{log}");
            assert!(begin.elapsed() < Duration::from_secs(4), "{log}");
            drop(client);
        }
    }
}

/// A PUT whose body is on its way.
async fn unfinished(server: &Server) -> TcpStream {
    let tag = server.client(Http::One).tag("/api/articles/1").await;
    let mut stream = TcpStream::connect(&server.address).await.unwrap();
    let header = format!(
        "PUT /api/articles/1 HTTP/1.1\r\nhost: {}\r\ncontent-type: application/json\r\ncontent-length: {}\r\n\
         expect: 100-continue\r\nif-match: {tag}\r\n\r\n",
        server.address,
        DRAFT.len()
    );
    stream.write_all(header.as_bytes()).await.unwrap();
    // From here on, the request is known to have begun.
    let mut proceed = [0; "HTTP/1.1 100 Continue\r\n\r\n".len()];
    timeout(PATIENCE, stream.read_exact(&mut proceed)).await.expect("no answer").unwrap();
    assert!(proceed.starts_with(b"HTTP/1.1 100 "));
    stream
}

const DRAFT: &str = r#"{"title": "Just in time", "body": "", "author_id": 1}"#;

async fn requests_that_have_begun_are_answered(database: Database) {
    let server = Server::start(&database).await;
    let mut stream = unfinished(&server).await;
    server.signal(Signal::TERM);
    // It has heard the signal when nobody else can connect.
    timeout(PATIENCE, async { while TcpStream::connect(&server.address).await.is_ok() {} }).await.expect("still open");
    stream.write_all(DRAFT.as_bytes()).await.unwrap();
    let mut answer = String::new();
    timeout(PATIENCE, stream.read_to_string(&mut answer)).await.expect("no answer").unwrap();
    assert!(answer.starts_with("HTTP/1.1 200 OK\r\n") && answer.contains("Just in time"), "{answer}");
    let (status, log) = server.ended().await;
    assert_eq!(status.code(), Some(0), "{log}");
    assert!(!log.contains("cut off"), "{log}");
}

/// A request that does not end is waited for, but not forever, and not at all when asked twice.
async fn requests_that_do_not_end_are_cut_off(database: Database) {
    for (signals, seconds) in [(1, 4..10), (2, 0..4)] {
        let server = Server::start(&database).await;
        let _stream = unfinished(&server).await;
        let begin = Instant::now();
        for _ in 0..signals {
            server.signal(Signal::TERM);
            tokio::time::sleep(Duration::from_millis(200)).await;
        }
        let (status, log) = server.ended().await;
        assert_eq!(status.code(), Some(0), "{log}");
        assert!(seconds.contains(&begin.elapsed().as_secs()), "{:?}: {log}", begin.elapsed());
        assert!(log.contains("requests are cut off"), "{log}");
    }
}
