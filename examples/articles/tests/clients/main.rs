//! The server, read by clients that others have written: what they ask, and what they show.
//!
//! ```text
//! docs/clients.md ──block──▶ reader ──▶ recorder ──▶ server
//!        ▲                     ▲            │
//!        └────row──── measure ─┴────────────┘
//! ```
//!
//! Every block of that page is run as it stands there, and every row of its table is compared with what was measured.

#![allow(clippy::unwrap_used, reason = "helpers of tests are tests")]

#[path = "../it/docs.rs"]
mod docs;
#[path = "../intermediaries/port.rs"]
mod port;
#[path = "../intermediaries/process.rs"]
mod process;
#[path = "../it/python.rs"]
mod python_environment;
#[path = "../it/shared.rs"]
mod shared;
use shared::{client, database, server};

mod front;
mod page;
mod recorder;

mod measure;
mod row;

mod chromium;
mod curl;
mod http_cache;
mod python;
mod runtime;

mod conditional;
mod writes;

mod apache;
mod dav;
mod nginx;

use crate::front::{Front, Subject};

/// For each client, by its title on the page, a test that measures it.
macro_rules! clients {
    ($($test:ident: $measure:path, $subject:ident, $name:literal;)+) => {
        /// The clients, in the order of the table.
        const NAMES: &[&str] = &[$($name),+];
        $(
            #[tokio::test]
            async fn $test() {
                let row = $measure(Front::start(Subject::$subject).await, $name).await;
                assert_eq!(row.is_right(), !AS_THEY_COME.contains(&$name), "{row:?}");
                page::PAGE.compare($name, &row.cells());
            }
        )+
    };
}

clients! {
    curl_by_tag: curl::command, Article, "curl, by tag";
    curl_by_file: curl::command, Author, "curl, by the time of a file";
    curl_by_date: curl::command, Author, "curl, by date";
    chromium_fetch: chromium::script, Author, "Chromium";
    http_cache_reqwest: http_cache::middleware, Author, "http-cache-reqwest";
    etag_runtime_client: runtime::client, Article, "etag_runtime::client";
    hishel: python::session, Author, "hishel";
    hishel_rfc: python::session, Author, "hishel, rfc";
    requests_cache: python::session, Author, "requests-cache";
    requests_cache_revalidate: python::session, Author, "requests-cache, always_revalidate";
    requests_cache_control: python::session, Author, "requests-cache, cache_control";
    cache_control: python::session, Author, "CacheControl";
}

/// Those that do not ask before they show what they have, unless they are told to.
const AS_THEY_COME: &[&str] = &["hishel", "requests-cache"];
