//! What the server tells of its decisions: counters for a Prometheus, and a line for each in the log of whoever asks for it.

use std::collections::BTreeMap;

use http::StatusCode;
use serde_json::json;

use crate::client::{Ask, Client, Http};
use crate::database::{Database, Kind, on_every_shared_database};
use crate::server::{Server, program};

on_every_shared_database! {
    decisions_are_counted,
}

const ARTICLE: &str = "/api/articles/1";
const NOT_SENT: &str = "etag_bytes_not_sent_total";

/// The samples: what is counted, with its labels, and how often.
async fn samples(client: &Client) -> BTreeMap<String, u64> {
    let answer = client.get("/metrics").await.is(StatusCode::OK);
    assert_eq!(answer.field("content-type"), "text/plain; version=0.0.4; charset=utf-8");
    assert_eq!(answer.field("cache-control"), "no-store");
    let text = String::from_utf8(answer.body).unwrap();
    let lines = text.lines().filter(|line| !line.starts_with('#') && !line.is_empty());
    lines
        .map(|line| line.rsplit_once(' ').unwrap())
        .map(|(name, count)| (name.into(), count.parse().unwrap()))
        .collect()
}

fn decisions(outcome: &str, reason: &str, field: &str) -> String {
    format!("etag_decisions_total{{outcome=\"{outcome}\",reason=\"{reason}\",field=\"{field}\"}}")
}

/// Each of these once, and what the 304 has saved is the length of what was sent before it.
async fn decisions_are_counted(database: Database) {
    let server = Server::start(&database).await;
    let client = server.client(Http::One);
    assert_eq!(samples(&client).await, BTreeMap::new());

    let sent = client.get(ARTICLE).await.is(StatusCode::OK);
    let tag = sent.field("etag");
    client.send(Ask::get(ARTICLE).if_none_match(&tag)).await.is(StatusCode::NOT_MODIFIED);
    let patch = Ask::patch(ARTICLE).json(&json!({ "body": "Mine" }));
    client.send(patch.clone().if_match("\"other\"")).await.refused(StatusCode::PRECONDITION_FAILED, "stale");
    client.send(patch.clone()).await.refused(StatusCode::PRECONDITION_REQUIRED, "required");
    // As if another writer were always faster: no row matches.
    let sqlite = "CREATE TRIGGER frozen BEFORE UPDATE ON articles BEGIN SELECT RAISE(IGNORE); END";
    let postgres = "CREATE FUNCTION drop_it() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RETURN NULL; END $$;
        CREATE TRIGGER frozen BEFORE UPDATE ON articles FOR EACH ROW EXECUTE FUNCTION drop_it()";
    database.execute(database.choose(sqlite, postgres)).await;
    client.send(patch.if_match(&tag)).await.refused(StatusCode::PRECONDITION_FAILED, "stale");

    let expected = [
        (decisions("sent", "none", "none"), 1),
        (decisions("not-modified", "none", "If-None-Match"), 1),
        (decisions("stale", "stale", "If-Match"), 1),
        (decisions("required", "required", "none"), 1),
        (decisions("lost", "stale", "If-Match"), 1),
        (NOT_SENT.to_owned(), sent.body.len() as u64),
    ];
    assert_eq!(samples(&client).await, BTreeMap::from(expected));
    server.stop().await;
}

/// What is changed has another length, and a client that has it by another answer than a GET saves what nobody knows.
#[tokio::test]
async fn what_is_saved_is_what_was_sent_last() {
    let server = Server::start(&Database::new(Kind::SqliteMemory)).await;
    let client = server.client(Http::Two);
    let mut saved = 0;
    for body in ["short", "a little longer"] {
        let put = Ask::patch(ARTICLE).if_match(&client.tag(ARTICLE).await).json(&json!({ "body": body }));
        let tag = client.send(put).await.is(StatusCode::OK).field("etag");
        let revalidate = Ask::get(ARTICLE).if_none_match(&tag);
        client.send(revalidate.clone()).await.is(StatusCode::NOT_MODIFIED);
        assert_eq!(samples(&client).await.get(NOT_SENT).copied().unwrap_or_default(), saved);
        let sent = client.get(ARTICLE).await.is(StatusCode::OK);
        for _ in 0..2 {
            client.send(revalidate.clone()).await.is(StatusCode::NOT_MODIFIED);
        }
        saved += 2 * sent.body.len() as u64;
        assert_eq!(samples(&client).await[NOT_SENT], saved);
    }
    server.stop().await;
}

/// Prometheus shows what the lines are about.
#[tokio::test]
async fn counters_are_described() {
    let server = Server::start(&Database::new(Kind::SqliteMemory)).await;
    let client = server.client(Http::One);
    let tag = client.tag(ARTICLE).await;
    client.send(Ask::get(ARTICLE).if_none_match(&tag)).await.is(StatusCode::NOT_MODIFIED);
    let text = String::from_utf8(client.get("/metrics").await.body).unwrap();
    for name in ["etag_decisions_total", NOT_SENT] {
        assert!(text.contains(&format!("# HELP {name} ")), "{text}");
        assert!(text.contains(&format!("# TYPE {name} counter\n")), "{text}");
    }
    server.stop().await;
}

/// A line for each decision, and nothing of it without being asked.
#[tokio::test]
async fn decisions_are_logged_for_whoever_asks() {
    for (filter, times) in [("info", 0), ("info,etag_runtime=debug", 1)] {
        let mut command = program();
        command.env("RUST_LOG", filter).args(["--listen", "127.0.0.1:0", "--database", "sqlite::memory:"]);
        let server = Server::spawn(&mut command).await;
        let client = server.client(Http::One);
        let tag = client.tag(ARTICLE).await;
        client.send(Ask::get(ARTICLE).if_none_match(&tag)).await.is(StatusCode::NOT_MODIFIED);
        let log = server.stop().await;
        let line =
            "decided outcome=\"not-modified\" field=\"If-None-Match\" half=\"representation\" status=304 elapsed_us=";
        assert_eq!(log.matches(line).count(), times, "{filter}: {log}");
        assert_eq!(log.matches("DEBUG").count(), 2 * times, "{filter}: {log}");
    }
}
