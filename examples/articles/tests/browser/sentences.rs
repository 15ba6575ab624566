//! What goes wrong is said in sentences, next to what was pressed, and the draft stays.

use http::StatusCode;
use rustix::process::Signal;
use serde_json::json;

use crate::client::{Ask, Http};
use crate::page::{ARTICLE, Page};

#[tokio::test]
async fn a_save_without_a_tag_is_told_what_to_send() {
    let page = Page::open().await;
    page.fill("Ben", "title", "Mine").await;
    page.press("Ben", "[data-do=blind]").await;
    let outcome = page.outcome("Ben").await;
    assert!(outcome.starts_with("428: ") && outcome.contains("If-Match"), "{outcome}");
    assert_eq!(page.draft("Ben").await[0], "Mine");
    page.close().await;
}

#[tokio::test]
async fn a_field_that_is_not_accepted_is_named_and_focused() {
    let page = Page::open().await;
    page.fill("Ada", "title", " ").await;
    page.press("Ada", ".primary").await;
    assert_eq!(page.outcome("Ada").await, "422: Nothing was changed: title must not be blank.");
    let focused = "return [document.activeElement.name, document.activeElement.getAttribute('aria-invalid')]";
    assert_eq!(page.browser.run(focused, vec![]).await, json!(["title", "true"]));
    page.fill("Ada", "title", "Not blank").await;
    page.press("Ada", ".primary").await;
    assert!(page.outcome("Ada").await.starts_with("200: "));
    assert_eq!(page.browser.run("return document.querySelectorAll('[aria-invalid]').length", vec![]).await, 0);
    page.close().await;
}

#[tokio::test]
async fn a_deleted_article_is_created_again_from_the_draft() {
    let page = Page::open().await;
    let client = page.server.client(Http::One);
    let tag = client.tag(ARTICLE).await;
    client.send(Ask::delete(ARTICLE).if_match(&tag)).await.is(StatusCode::NO_CONTENT);
    page.fill("Ben", "title", "Mine").await;
    page.press("Ben", ".primary").await;
    assert!(page.outcome("Ben").await.starts_with("412: "), "{}", page.outcome("Ben").await);
    page.press("Ada", "[data-do=reload]").await;
    assert_eq!(page.outcome("Ada").await, "404: There is nothing at this address.");

    page.press("Ben", ".primary").await;
    assert!(page.outcome("Ben").await.starts_with("201: saved as version 1"));
    assert_eq!(page.article().await["title"], "Mine");
    // Ada would create it too, but it is there by now.
    page.fill("Ada", "title", "Hers").await;
    page.press("Ada", ".primary").await;
    assert!(page.text("[data-who=Ada] h4").await.starts_with("412: "));
    assert_eq!(page.field("Ada", "title").await.by, "both");
    page.close().await;
}

#[tokio::test]
async fn a_server_that_is_gone_is_said_to_be_gone() {
    let page = Page::open().await;
    page.fill("Ada", "title", "Mine").await;
    page.server.signal(Signal::KILL);
    page.press("Ada", ".primary").await;
    assert_eq!(page.outcome("Ada").await, "The server does not answer. Is it still running?");
    assert_eq!(page.draft("Ada").await[0], "Mine");
    assert_eq!(page.browser.complaints().await, [] as [String; 0]);
}
