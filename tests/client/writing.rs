//! Writing only what was seen.

use etag_runtime::client::{Client, Current, Error};
use http::StatusCode;

use crate::counter::{Counter, Edit, start};

#[tokio::test]
async fn a_write_gives_the_version_for_the_next() {
    let (server, url, client) = start();
    let seen = client.get::<Counter>(&url).await.unwrap();
    let saved = client.put(&seen, &Edit { count: 2 }).await.unwrap();
    let saved = client.put(&saved, &Edit { count: 3 }).await.unwrap();
    assert_eq!((saved.count, saved.version), (3, 3));
    client.delete(&saved).await.unwrap();
    let methods: Vec<String> = server.answers().into_iter().map(|(method, _)| method).collect();
    assert_eq!(methods, ["GET", "PUT", "PUT", "DELETE"], "a response shows the version: no GET is needed");
}

#[tokio::test]
async fn whoever_is_late_gets_what_is_there_and_writes_nothing() {
    let (server, url, client) = start();
    let seen = client.get::<Counter>(&url).await.unwrap();
    server.write("a", Some(1), 7).unwrap();
    for error in [client.put(&seen, &Edit { count: 2 }).await.unwrap_err(), client.delete(&seen).await.unwrap_err()] {
        let Error::Conflict(conflict) = error else { panic!("{error}") };
        assert_eq!(conflict.current.present().as_deref(), Some(&Counter { count: 7, version: 2 }));
        assert_eq!(conflict.problem.extensions["reason"], "stale");
    }
    // On top of what is there, it goes through.
    let Err(Error::Conflict(conflict)) = client.put(&seen, &Edit { count: 2 }).await else { panic!("a conflict") };
    assert_eq!(client.put(&conflict.current.present().unwrap(), &Edit { count: 8 }).await.unwrap().version, 3);
}

#[tokio::test]
async fn what_is_gone_has_no_current_version() {
    let (server, url, client) = start();
    let seen = client.get::<Counter>(&url).await.unwrap();
    server.remove("a");
    // A PUT would create it, and names a version: 412. A DELETE meets nothing: 404.
    let Err(Error::Conflict(conflict)) = client.put(&seen, &Edit { count: 2 }).await else { panic!("a conflict") };
    assert!(matches!(conflict.current, Current::Absent), "{conflict}");
    let error = client.delete(&seen).await.unwrap_err();
    assert!(matches!(error, Error::Refused(StatusCode::NOT_FOUND, _)), "{error}");
}

#[tokio::test]
async fn only_one_creates() {
    let (_, url, client) = start();
    let url = url.replace("/a", "/b");
    let created = client.create::<Counter>(&url, &Edit { count: 5 }).await.unwrap();
    assert_eq!(created.count, 5);
    let Err(Error::Conflict(conflict)) = client.create::<Counter>(&url, &Edit { count: 6 }).await else {
        panic!("a conflict")
    };
    assert_eq!(conflict.current.present().unwrap().count, 5);
}

/// The mission, from this side: every one of them counts.
#[tokio::test]
async fn no_edit_of_many_is_lost() {
    const CLIENTS: u64 = 4;
    const EDITS: u64 = 10;
    let (_, url, client) = start();
    let clients: Vec<_> = (0..CLIENTS)
        .map(|_| {
            let url = url.clone();
            tokio::spawn(async move {
                let client = Client::default();
                for _ in 0..EDITS {
                    let raise = |counter: &Counter| Edit { count: counter.count + 1 };
                    while let Err(error) = client.edit(&url, raise).await {
                        assert!(matches!(error, Error::Conflict(_)), "{error}");
                    }
                }
            })
        })
        .collect();
    for client in clients {
        client.await.unwrap();
    }
    assert_eq!(client.get::<Counter>(&url).await.unwrap().count, 1 + CLIENTS * EDITS);
}

#[tokio::test]
async fn an_edit_gives_up_where_there_is_nothing_and_where_others_are_always_faster() {
    let (server, url, client) = start();
    let mut version = 1;
    let error = client
        .edit(&url, |counter: &Counter| {
            server.write("a", Some(version), counter.count + 1).unwrap();
            version += 1;
            Edit { count: 0 }
        })
        .await
        .unwrap_err();
    assert!(matches!(error, Error::Conflict(_)), "{error}");
    assert_eq!(version, 11, "ten attempts");

    let error = client.edit(&url, |_: &Counter| server.remove("a")).await.unwrap_err();
    assert!(matches!(&error, Error::Conflict(conflict) if matches!(conflict.current, Current::Absent)), "{error}");
}
