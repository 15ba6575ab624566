//! What goes over the wire, by the browser's own log: a script sees a 200 where there was a 304.

use std::collections::BTreeSet;

use etag_browser::Exchange;
use fantoccini::Locator;
use http::StatusCode;
use serde_json::json;

use crate::client::{Ask, Http};
use crate::page::{ARTICLE, Page};

#[tokio::test]
async fn a_reload_of_a_copy_is_a_304_without_a_body() {
    let page = Page::open().await;
    let answer = page.server.client(Http::One).get(ARTICLE).await.is(StatusCode::OK);
    page.browser.traffic().await;
    page.press("Ada", "[data-do=reload]").await;
    let traffic = page.browser.traffic().await;
    let [exchange] = &traffic[..] else { panic!("{traffic:?}") };
    assert_eq!((exchange.method.as_str(), exchange.path(), exchange.status), ("GET", ARTICLE, 304));
    assert_eq!(exchange.field("if-none-match"), Some(answer.field("etag").as_str()));

    // And the page says so, with as many bytes as there are.
    let octets = answer.body.len();
    assert_eq!(page.outcome("Ada").await, format!("304: nothing has changed. {octets} bytes did not travel again."));
    assert_eq!(page.text("[data-number=spared] b").await, octets.to_string());
    assert_eq!(page.text("[data-number=received] b").await, (2 * octets).to_string());
    let line = page.text("#log li").await;
    for part in ["304", "Ada", "GET /api/articles/2", "If-None-Match: \"", "Not Modified", "B spared"] {
        assert!(line.contains(part), "{part} in {line}");
    }
    page.close().await;
}

#[tokio::test]
async fn the_cache_of_the_browser_asks_by_itself() {
    let page = Page::open().await;
    let answer = page.server.client(Http::One).get(ARTICLE).await.is(StatusCode::OK);
    page.browser.traffic().await;
    for fetches in 1..=2 {
        fetch_plainly(&page, fetches).await;
    }
    let traffic = page.browser.traffic().await;
    let seen: Vec<_> = traffic.iter().map(|exchange| (exchange.status, exchange.field("if-none-match"))).collect();
    assert_eq!(seen, [(200, None), (304, Some(answer.field("etag").as_str()))]);

    // The latest stands first. Both scripts got the whole body, and one of them from the server.
    let script = "return [...document.querySelectorAll('#fetches li')].map(({ className, dataset }) =>\
                  [className, Number(dataset.body), Number(dataset.transfer) > Number(dataset.body)])";
    let octets = answer.body.len();
    assert_eq!(page.browser.run(script, vec![]).await, json!([["hit", octets, false], ["full", octets, true]]));
    page.close().await;
}

#[tokio::test]
async fn the_cache_of_the_browser_sees_an_edit_by_somebody_else() {
    let page = Page::open().await;
    let client = page.server.client(Http::One);
    let before = client.tag(ARTICLE).await;
    fetch_plainly(&page, 1).await;
    let patch = Ask::patch(ARTICLE).if_match(&before).json(&json!({ "title": "Edited elsewhere" }));
    let saved = client.send(patch).await.is(StatusCode::OK);
    page.browser.traffic().await;
    for fetches in 2..=3 {
        fetch_plainly(&page, fetches).await;
    }
    let traffic = page.browser.traffic().await;
    let seen: Vec<_> = traffic.iter().map(|exchange| (exchange.status, exchange.field("if-none-match"))).collect();
    let after = saved.field("etag");
    assert_eq!(seen, [(200, Some(before.as_str())), (304, Some(after.as_str()))]);
    // Both scripts got the new body.
    let script = "return [...document.querySelectorAll('#fetches li')].slice(0, 2).map(({ className, dataset }) =>\
                  [className, Number(dataset.body)])";
    let octets = saved.body.len();
    assert_eq!(page.browser.run(script, vec![]).await, json!([["hit", octets], ["full", octets]]));
    page.close().await;
}

/// Presses the button under which a script fetches without knowing of any tag, and waits until that has happened so often.
async fn fetch_plainly(page: &Page, fetches: usize) {
    page.browser.client().find(Locator::Id("plain")).await.unwrap().click().await.unwrap();
    page.browser.until(&format!("document.querySelectorAll('#fetches li').length === {fetches}")).await;
}

#[tokio::test]
async fn a_normal_reload_sends_no_file_again() {
    let page = Page::open().await;
    let of_page = |traffic: Vec<Exchange>| {
        traffic.into_iter().filter(|exchange| !exchange.path().starts_with("/api/")).collect::<Vec<_>>()
    };
    let paths = |exchanges: &[Exchange]| -> BTreeSet<String> {
        exchanges.iter().map(|exchange| exchange.path().to_owned()).collect()
    };
    let first = of_page(page.browser.traffic().await);
    assert!(first.len() > 10 && first.iter().all(|exchange| exchange.status == 200), "{first:?}");
    page.browser.client().refresh().await.unwrap();
    page.is_ready().await;
    let second = of_page(page.browser.traffic().await);
    assert_eq!(paths(&second), paths(&first));
    for exchange in &second {
        assert!(exchange.status == 304 && exchange.field("if-none-match").is_some(), "{exchange:?}");
    }
    page.close().await;
}
