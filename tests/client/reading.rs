//! Reading again what has been read.

use etag_runtime::client::Error;
use http::StatusCode;

use crate::counter::{Counter, start};

#[tokio::test]
async fn what_has_not_changed_is_not_sent_again() {
    let (server, url, client) = start();
    let mut seen = client.get::<Counter>(&url).await.unwrap();
    assert_eq!((seen.count, seen.version), (1, 1));
    assert!(seen.entity_tag().is_some());

    assert!(!client.refresh(&mut seen).await.unwrap());
    server.write("a", Some(1), 7).unwrap();
    assert!(client.refresh(&mut seen).await.unwrap());
    assert_eq!(seen.count, 7);
    assert!(!client.refresh(&mut seen).await.unwrap(), "the tag is that of the new version");
    let statuses: Vec<u16> = server.answers().into_iter().map(|(_, status)| status).collect();
    assert_eq!(statuses, [200, 304, 200, 304]);
}

#[tokio::test]
async fn what_is_gone_stays_as_it_was_seen() {
    let (server, url, client) = start();
    let mut seen = client.get::<Counter>(&url).await.unwrap();
    server.remove("a");
    let error = client.refresh(&mut seen).await.unwrap_err();
    assert!(matches!(error, Error::Refused(StatusCode::NOT_FOUND, _)), "{error}");
    assert_eq!(seen.count, 1);
}

#[tokio::test]
async fn each_failure_is_told_apart() {
    let (_, url, client) = start();
    let refused = client.get::<Counter>(format!("{url}/nowhere")).await.unwrap_err();
    assert!(matches!(refused, Error::Refused(StatusCode::NOT_FOUND, _)), "{refused}");
    let unreadable = client.get::<String>(&url).await.unwrap_err();
    assert!(matches!(unreadable, Error::Json(_)), "{unreadable}");
    // Port 0 is nobody's.
    let unreachable = client.get::<Counter>("http://127.0.0.1:0/").await.unwrap_err();
    assert!(matches!(unreachable, Error::Http(_)), "{unreachable}");
}
