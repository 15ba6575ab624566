//! The crate http-cache-reqwest.

use http::StatusCode;
use http::header::{CONTENT_TYPE, ETAG, IF_MATCH};
use http_cache_reqwest::{Cache, CacheMode, HttpCache, HttpCacheOptions, MokaManager};
use reqwest_middleware::ClientWithMiddleware;

use crate::front::Front;
use crate::measure::{Reader, measure};
use crate::page::PAGE;
use crate::row::Row;

/// Measures it.
pub(crate) async fn middleware(front: Front, name: &str) -> Row {
    PAGE.has_code(name, include_str!("http_cache.rs"));
    let mut reader = Middleware { client: client(), url: front.url(), tag: String::new() };
    measure(front, &mut reader).await
}

fn client() -> ClientWithMiddleware {
    reqwest_middleware::ClientBuilder::new(reqwest::Client::new())
        .with(Cache(HttpCache {
            mode: CacheMode::Default,
            manager: MokaManager::default(),
            options: HttpCacheOptions::default(),
        }))
        .build()
}

struct Middleware {
    client: ClientWithMiddleware,
    url: String,
    tag: String,
}

impl Reader for Middleware {
    async fn read(&mut self) -> String {
        let response = self.client.get(&self.url).send().await.unwrap();
        assert_eq!(response.status(), StatusCode::OK);
        response.headers()[ETAG].to_str().unwrap().clone_into(&mut self.tag);
        response.text().await.unwrap()
    }

    async fn edit(&mut self, document: &serde_json::Value) -> Option<StatusCode> {
        let put = self.client.put(&self.url).header(IF_MATCH, &self.tag).header(CONTENT_TYPE, "application/json");
        Some(put.body(document.to_string()).send().await.unwrap().status())
    }
}
