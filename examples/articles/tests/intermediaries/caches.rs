//! What a cache may do with what it has: ask whether it is current, and show it then.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::time::Duration;

use http::StatusCode;
use serde_json::json;
use tokio::task::JoinSet;
use tokio::time::{sleep, timeout};

use crate::client::{Ask, Client};
use crate::database::{Database, Kind};
use crate::intermediary::{Front, Intermediary};
use crate::relay::Relay;
use crate::server::{PATIENCE, Server};

const URL: &str = "/api/articles/1";

async fn edit(client: &Client, tag: &str, title: &str) -> String {
    client.send(Ask::patch(URL).if_match(tag).json(&json!({ "title": title }))).await.is(StatusCode::OK).field("etag")
}

async fn title(client: &Client) -> String {
    client.get(URL).await.is(StatusCode::OK).json()["title"].as_str().unwrap().to_owned()
}

/// Each read is one request, and the page itself is sent once for each edit, whether the edit came through the cache or not.
pub(crate) async fn an_edit_costs_one_request(intermediary: &Intermediary, name: &str) {
    let front = Front::start(intermediary, name, &[]).await;
    let (reader, writer) = (front.client(), front.client());
    let tag = reader.get(URL).await.field("etag");
    title(&reader).await;
    let tag = edit(&writer, &tag, "Through it").await;
    assert_eq!(title(&reader).await, "Through it");
    assert_eq!(title(&reader).await, "Through it");
    edit(&front.direct(), &tag, "Past it").await;
    assert_eq!(title(&reader).await, "Past it");
    assert_eq!(title(&reader).await, "Past it");
    let expected = ["GET 200", "GET 304", "PATCH 200", "GET 200", "GET 304", "PATCH 200", "GET 200", "GET 304"];
    assert_eq!(front.asked(URL).await, expected);
}

/// Many read while one edits. Nobody who asks after an edit was acknowledged is shown what was before it.
pub(crate) async fn nothing_stale_after_an_edit(intermediary: &Intermediary, name: &str) {
    const READERS: usize = 8;
    const EDITS: u64 = 60;
    let front = Front::start(intermediary, name, &[]).await;
    let first = front.direct().get(URL).await;
    let acknowledged = Arc::new(AtomicU64::new(version(&first.json())));
    let is_over = Arc::new(AtomicBool::new(false));
    let mut readers = JoinSet::new();
    for _ in 0..READERS {
        let (client, acknowledged, is_over) = (front.client(), Arc::clone(&acknowledged), Arc::clone(&is_over));
        readers.spawn(async move {
            while !is_over.load(Ordering::SeqCst) {
                let least = acknowledged.load(Ordering::SeqCst);
                let shown = version(&client.get(URL).await.is(StatusCode::OK).json());
                assert!(shown >= least, "version {shown} after {least} was acknowledged");
            }
        });
    }
    let writer = front.client();
    let mut tag = first.field("etag");
    for number in 0..EDITS {
        let saved = writer.send(Ask::patch(URL).if_match(&tag).json(&json!({ "title": number.to_string() }))).await;
        tag = saved.field("etag");
        acknowledged.store(version(&saved.is(StatusCode::OK).json()), Ordering::SeqCst);
        // So that something is read again before the next one.
        front.client().get(URL).await.is(StatusCode::OK);
    }
    is_over.store(true, Ordering::SeqCst);
    while let Some(reader) = readers.join_next().await {
        reader.unwrap();
    }
    let asked = front.asked(URL).await;
    assert!(asked.contains(&"GET 304".to_owned()), "nothing came from the cache: {asked:?}");
}

/// A cache may let a reader wait for what another one is being sent. Here that was read before an edit, and comes after it.
pub(crate) async fn nobody_waits_for_what_is_old(intermediary: &Intermediary, name: &str) {
    let server = Server::start(&Database::new(Kind::SqliteMemory)).await;
    let relay = Relay::start(&server.address).await;
    let front = Front::start_before(intermediary, name, server, &relay.address).await;
    let tag = front.client().get(URL).await.field("etag");
    let held = relay.hold();
    let early = front.client();
    let early = tokio::spawn(async move { title(&early).await });
    let held = timeout(PATIENCE, held).await.expect("the cache does not ask").unwrap();
    edit(&front.direct(), &tag, "New").await;

    let late = front.client();
    let late = tokio::spawn(async move { title(&late).await });
    // Whoever asks for itself is answered. Whoever waits for the other one would wait for ever.
    let waits = async {
        while !late.is_finished() {
            sleep(Duration::from_millis(5)).await;
        }
    };
    let _ = timeout(Duration::from_secs(2), waits).await;
    held.release();
    assert_eq!(late.await.unwrap(), "New");
    assert_ne!(early.await.unwrap(), "New", "the first answer was not held");
    assert_eq!(title(&front.client()).await, "New");
    front.server.stop().await;
}

fn version(article: &serde_json::Value) -> u64 {
    article["version"].as_u64().unwrap()
}

/// What was edited is shown when the time of the copy is over, by one request. Until then a writer may have seen what is old, and is told so.
pub(crate) async fn stale_for_a_time_and_no_longer(intermediary: &Intermediary, name: &str) {
    let front = Front::start(intermediary, name, &[]).await;
    let reader = front.client();
    let copied = reader.get(URL).await.is(StatusCode::OK).field("etag");
    edit(&front.direct(), &copied, "New").await;
    let shown = reader.get(URL).await.is(StatusCode::OK);
    if shown.field("etag") == copied {
        let late = reader.send(Ask::patch(URL).if_match(&copied).json(&json!({ "title": "Mine" }))).await;
        late.refused(StatusCode::PRECONDITION_FAILED, "stale");
    }
    let is_new = async {
        while title(&reader).await != "New" {
            sleep(Duration::from_millis(50)).await;
        }
    };
    timeout(PATIENCE, is_new).await.expect("the copy does not age");
    let asked = front.asked(URL).await;
    let reads: Vec<_> = asked.iter().filter(|request| request.starts_with("GET")).collect();
    assert_eq!(reads, ["GET 200", "GET 200"], "{asked:?}");
}
