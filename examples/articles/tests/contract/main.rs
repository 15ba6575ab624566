//! The contract, tried by a program that knows nothing but the document: schemathesis, with requests that fit it and
//! requests that do not.

#![allow(clippy::unwrap_used, reason = "helpers of tests are tests")]
#![allow(dead_code, unused_imports, unused_macros, reason = "the helpers are those of the other tests")]

#[path = "../it/client.rs"]
mod client;
#[path = "../it/database.rs"]
mod database;
#[path = "../it/python.rs"]
mod python;
#[path = "../it/server.rs"]
mod server;

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
