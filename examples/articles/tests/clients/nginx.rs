//! The client of this library, and nginx with its module for `WebDAV`, which evaluates no precondition of a write.

use std::ffi::OsString;
use std::fs;
use std::time::{Duration, SystemTime};

use etag_runtime::client::Client;

use crate::dav::Dav;

async fn start() -> Dav {
    let command = |file: OsString| ["nginx".into(), "-c".into(), file].into();
    Dav::start(include_str!("nginx.conf"), command).await
}

/// What no client can prevent. If this fails, nginx has learnt it, and the documentation of the client is to say so.
#[tokio::test]
async fn a_late_write_overwrites_and_nothing_is_said() {
    let (dav, client) = (start().await, Client::default());
    client.create::<String>(&dav.url, "One").await.unwrap();
    client.create::<String>(&dav.url, "Created again").await.unwrap();
    let mut late = client.get::<String>(&dav.url).await.unwrap();
    // Of another length, since the tag is made of that and of whole seconds.
    fs::write(dav.file(), "\"Theirs, which is longer\"").unwrap();
    client.put(&late, "Mine").await.unwrap();
    assert_eq!(fs::read_to_string(dav.file()).unwrap(), "\"Mine\"");

    // Reading is right.
    assert!(client.refresh(&mut late).await.unwrap());
    assert!(!client.refresh(&mut late).await.unwrap());
    fs::write(dav.file(), "\"Theirs, which is longer\"").unwrap();
    client.delete(&late).await.unwrap();
    assert!(!dav.file().exists());
}

/// The tag is made of whole seconds and a length, and is called strong all the same.
#[tokio::test]
async fn two_notes_of_one_second_have_one_tag() {
    let (dav, client) = (start().await, Client::default());
    let time = SystemTime::UNIX_EPOCH + Duration::from_secs(784_111_777);
    fs::write(dav.file(), "\"One\"").unwrap();
    dav.written(time);
    let mut seen = client.get::<String>(&dav.url).await.unwrap();
    assert!(!seen.entity_tag().unwrap().is_weak());
    fs::write(dav.file(), "\"Two\"").unwrap();
    dav.written(time + Duration::from_millis(1));
    assert!(!client.refresh(&mut seen).await.unwrap());
    assert_eq!(*seen, "One", "it is not seen that it has changed");
}
