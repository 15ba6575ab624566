//! The contract, tried by a program that knows nothing but the document: schemathesis, with requests that fit it and
//! requests that do not.

#![allow(clippy::unwrap_used, reason = "helpers of tests are tests")]

#[path = "../it/python.rs"]
mod python;
#[path = "../it/shared.rs"]
mod shared;
use shared::{client, database, server};

mod schemathesis;

use crate::client::Http;
use crate::database::{Database, Kind};
use crate::schemathesis::Schemathesis;
use crate::server::Server;

#[tokio::test]
async fn no_answer_is_unexpected() {
    let schemathesis = Schemathesis::install().await;
    let server = Server::start(&Database::new(Kind::SqliteMemory)).await;
    let document = server.client(Http::One).get("/openapi.json").await.json();
    let (succeeded, report) = schemathesis.run(&server.address).await;
    server.stop().await;
    assert!(succeeded, "{report}");
    // A run that finds nothing to try succeeds as well. It leaves out a GET of the document, where it has all of this from.
    let items = document["paths"].as_object().unwrap().values();
    let operations: usize = items.map(|item| item.as_object().unwrap().len()).sum();
    let tested = format!("Tested: {}", operations - 1);
    assert!(operations > 1 && report.lines().any(|line| line.trim() == tested), "{operations} operations\n{report}");
}
