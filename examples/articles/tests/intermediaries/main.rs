//! The server behind real intermediaries: what they do to entity tags, to preconditions and to writes.
//!
//! ```text
//! docs/intermediaries.md ──configuration──▶ intermediary ──▶ server
//!           ▲                                    ▲
//!           └──────────row─── measure ───requests─┘
//! ```
//!
//! Every configuration of that page is run as it stands there, and every row of its table is compared with what was measured.

#![allow(clippy::unwrap_used, reason = "helpers of tests are tests")]

#[path = "../it/docs.rs"]
mod docs;
#[path = "../it/shared.rs"]
mod shared;
#[path = "../it/upload.rs"]
mod upload;
use shared::{client, database, server};

mod intermediary;
mod page;
mod port;
mod process;
mod relay;
mod tag;

mod measure;
mod row;

mod apache;
mod caches;
mod haproxy;
mod nginx;
mod varnish;

/// For each configuration, by its title on the page, a test that measures it.
macro_rules! configurations {
    ($($test:ident: $intermediary:path, $name:literal;)+) => {
        /// The configurations, in the order of the table.
        const CONFIGURATIONS: &[&str] = &[$($name),+];
        $(
            #[tokio::test]
            async fn $test() {
                page::PAGE.compare($name, &measure::measure(&$intermediary, $name).await.cells());
            }
        )+
    };
}

configurations! {
    nginx_alone: nginx::NGINX, "nginx";
    nginx_gzip: nginx::NGINX, "nginx, gzip";
    nginx_cache_that_obeys: nginx::NGINX, "nginx, proxy_cache that obeys";
    nginx_cache_for_a_time: nginx::NGINX, "nginx, proxy_cache for five seconds";
    nginx_cache_that_asks: nginx::NGINX, "nginx, proxy_cache that asks every time";
    apache_alone: apache::APACHE, "Apache";
    apache_deflate: apache::APACHE, "Apache, mod_deflate";
    apache_deflate_without_suffix: apache::APACHE, "Apache, mod_deflate, the suffix taken off";
    varnish_alone: varnish::VARNISH, "Varnish";
    varnish_that_asks: varnish::VARNISH, "Varnish that asks every time";
    varnish_that_asks_gzip: varnish::VARNISH, "Varnish that asks every time, gzip";
    haproxy_alone: haproxy::HAPROXY, "HAProxy";
    haproxy_compression: haproxy::HAPROXY, "HAProxy, compression";
}
