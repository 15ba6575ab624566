//! The client of this library, and Apache httpd with `mod_dav`.

use std::ffi::OsString;
use std::fs;
use std::time::{Duration, SystemTime};

use etag_runtime::client::{Client, Current, Error, Versioned};
use http::StatusCode;
use tokio::time::{sleep, timeout};

use crate::dav::Dav;
use crate::server::PATIENCE;

async fn start() -> (Dav, Client) {
    let command = |file: OsString| ["apache2".into(), "-DFOREGROUND".into(), "-f".into(), file].into();
    (Dav::start(include_str!("apache.conf"), command).await, Client::default())
}

/// A note that was written so many seconds ago, as it is read.
async fn old(dav: &Dav, client: &Client, ago: u64) -> Versioned<String> {
    dav.written(SystemTime::now() - Duration::from_secs(ago));
    client.get(&dav.url).await.unwrap()
}

#[tokio::test]
async fn only_what_was_seen_is_written() {
    let (dav, client) = start().await;
    let created = client.create::<String>(&dav.url, "One").await.unwrap();
    assert_eq!(*created, "One");
    let Err(Error::Conflict(conflict)) = client.create::<String>(&dav.url, "Mine").await else { panic!("a conflict") };
    assert_eq!(*conflict.current.present().unwrap(), "One");

    let mut seen = old(&dav, &client, 3600).await;
    let late = seen.clone();
    assert!(!client.refresh(&mut seen).await.unwrap());
    assert_eq!(*client.put(&seen, "Two").await.unwrap(), "Two", "204, and a GET");
    assert!(client.refresh(&mut seen).await.unwrap());

    // A lost update, refused; what is said about it is HTML, and no problem document.
    for error in [client.put(&late, "Three").await.unwrap_err(), client.delete(&late).await.unwrap_err()] {
        let Error::Conflict(conflict) = error else { panic!("{error}") };
        assert_eq!(conflict.current.present().as_deref().map(String::as_str), Some("Two"));
        assert_eq!(conflict.problem.title, "");
    }
    assert_eq!(fs::read_to_string(dav.file()).unwrap(), "\"Two\"");

    let seen = old(&dav, &client, 1800).await;
    client.delete(&seen).await.unwrap();
    let error = client.put(&seen, "Four").await.unwrap_err();
    assert!(matches!(&error, Error::Conflict(conflict) if matches!(conflict.current, Current::Absent)), "{error}");
    let error = client.delete(&seen).await.unwrap_err();
    assert!(matches!(error, Error::Refused(StatusCode::NOT_FOUND, _)), "{error}");
}

#[tokio::test]
async fn an_edit_is_on_top_of_what_is_there() {
    let (dav, client) = start().await;
    client.create::<String>(&dav.url, "One").await.unwrap();
    dav.written(SystemTime::now() - Duration::from_hours(1));
    let mut attempts = 0;
    let edit = |note: &String| {
        attempts += 1;
        if attempts == 1 {
            fs::write(dav.file(), "\"Two\"").unwrap();
            dav.written(SystemTime::now() - Duration::from_mins(30));
        }
        format!("{note}, and mine")
    };
    assert_eq!(*client.edit(&dav.url, edit).await.unwrap(), "Two, and mine");
}

/// It could be written again at the same time by its clock: its tag is weak, and `If-Match` never matches that. When its second is over it
/// is strong, and the same.
#[tokio::test]
async fn what_was_written_just_now_cannot_be_named() {
    let (dav, client) = start().await;
    client.create::<String>(&dav.url, "One").await.unwrap();
    let mut seen = timeout(PATIENCE, weak(&dav, &client)).await.expect("Apache calls no tag weak");
    assert!(matches!(client.put(&seen, "Two").await, Err(Error::Unversioned)));
    assert!(matches!(client.delete(&seen).await, Err(Error::Unversioned)));

    let strong = timeout(PATIENCE, strong(&dav, &client)).await.expect("the second does not end");
    assert!(strong.entity_tag().unwrap().weak_eq(seen.entity_tag().unwrap()));
    assert!(!client.refresh(&mut seen).await.unwrap(), "it is enough to read");
    assert!(matches!(client.put(&seen, "Two").await, Err(Error::Unversioned)), "and not to write");
    client.put(&strong, "Two").await.unwrap();
}

/// A note as it is read within the second in which it was written.
async fn weak(dav: &Dav, client: &Client) -> Versioned<String> {
    loop {
        let seen = old(dav, client, 0).await;
        if seen.entity_tag().unwrap().is_weak() {
            return seen;
        }
    }
}

/// The same note, later.
async fn strong(dav: &Dav, client: &Client) -> Versioned<String> {
    loop {
        let seen = client.get::<String>(&dav.url).await.unwrap();
        if !seen.entity_tag().unwrap().is_weak() {
            return seen;
        }
        sleep(Duration::from_millis(20)).await;
    }
}

/// There is no folder for it: a 409 that is not about a version.
#[tokio::test]
async fn a_missing_folder_is_no_conflict_of_versions() {
    let (dav, client) = start().await;
    let url = dav.url.replace("note.json", "nowhere/note.json");
    let error = client.create::<String>(&url, "One").await.unwrap_err();
    assert!(matches!(error, Error::Refused(StatusCode::CONFLICT, _)), "{error}");
}
