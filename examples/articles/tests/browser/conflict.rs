//! Two people save the same article: the second one learns what the first one did, and nothing is lost.

use http::StatusCode;
use serde_json::json;

use crate::client::{Ask, Http};
use crate::page::{ARTICLE, Page};

const BEFORE: &str =
    "Both fetched it at nine. One saved at ten. What happens at five past ten is what this server is about.";
const THEIRS: &str =
    "Both fetched it at eight. One saved at ten. What happens at five past ten is what this server is about.";
const MINE: &str =
    "Both fetched it at nine. One saved at ten. What happens at five past ten is what this whole page is about.";

/// Ada has saved a title and a text when Ben, who has changed the text as well, tries to.
async fn lost_race() -> Page {
    let page = Page::open().await;
    page.fill("Ada", "title", "Theirs").await;
    page.fill("Ada", "body", THEIRS).await;
    page.press("Ada", ".primary").await;
    page.fill("Ben", "body", MINE).await;
    page.browser.traffic().await;
    page.press("Ben", ".primary").await;
    page
}

/// What has become of the PUTs since the last time: the tags that they have named, and how they were answered.
async fn puts(page: &Page) -> Vec<(Option<String>, u16)> {
    let traffic = page.browser.traffic().await;
    let puts = traffic.iter().filter(|exchange| exchange.method == "PUT");
    puts.map(|put| (put.field("if-match").map(str::to_owned), put.status)).collect()
}

#[tokio::test]
async fn the_loser_of_another_tab_sees_it_field_by_field_and_merges() {
    let page = Page::open().await;
    let [first, second] = page.second_tab().await;
    page.browser.client().switch_to_window(first.clone()).await.unwrap();
    page.fill("Ada", "title", "Theirs").await;
    page.fill("Ada", "body", THEIRS).await;
    page.press("Ada", ".primary").await;

    page.browser.client().switch_to_window(second).await.unwrap();
    page.fill("Ben", "body", MINE).await;
    page.press("Ben", ".primary").await;
    assert!(page.text("[data-who=Ben] h4").await.starts_with("412: "));
    let title = page.field("Ben", "title").await;
    assert_eq!((title.by.as_str(), title.before.as_str()), ("they", "Two editors, one text"));
    assert_eq!((title.theirs.as_str(), title.mine.as_str()), ("Two editors, one textTheirs", "Two editors, one text"));
    let body = page.field("Ben", "body").await;
    assert_eq!((body.by.as_str(), body.before.as_str()), ("both", BEFORE));
    assert_eq!(body.theirs, THEIRS.replace("eight.", "nine.eight."));
    assert_eq!(body.mine, MINE.replace("whole page", "serverwhole page"));
    assert_eq!(page.field("Ben", "author").await.by, "nobody");

    page.press("Ben", "[data-do=merge]").await;
    let both = MINE.replace("nine", "eight");
    assert_eq!(page.draft("Ben").await, ["Theirs", &both, "Barbara"]);
    assert_eq!(page.article().await["version"], 2, "nothing is saved before somebody has looked at it");
    page.press("Ben", ".primary").await;
    assert!(page.outcome("Ben").await.starts_with("200: saved as version 3"));
    let article = page.article().await;
    assert_eq!((&article["title"], &article["body"]), (&json!("Theirs"), &json!(both)));

    page.browser.client().switch_to_window(first).await.unwrap();
    page.press("Ada", "[data-do=reload]").await;
    assert_eq!(page.draft("Ada").await, ["Theirs", &both, "Barbara"]);
    page.close().await;
}

#[tokio::test]
async fn taking_theirs_writes_nothing() {
    let page = lost_race().await;
    page.press("Ben", "[data-do=theirs]").await;
    assert_eq!(page.draft("Ben").await, ["Theirs", THEIRS, "Barbara"]);
    assert!(matches!(&puts(&page).await[..], [(Some(_), 412)]));
    assert_eq!(page.article().await["version"], 2);
    // From here on it is their version that is edited.
    page.fill("Ben", "title", "Later").await;
    page.press("Ben", ".primary").await;
    assert!(matches!(&puts(&page).await[..], [(Some(_), 200)]));
    page.close().await;
}

#[tokio::test]
async fn keeping_mine_leaves_what_only_they_have_changed() {
    let page = lost_race().await;
    let current = page.server.client(Http::One).tag(ARTICLE).await;
    page.press("Ben", "[data-do=mine]").await;
    let puts = puts(&page).await;
    assert!(matches!(&puts[..], [(Some(_), 412), (Some(tag), 200)] if *tag == current), "{puts:?}");
    let article = page.article().await;
    assert_eq!((&article["title"], &article["body"]), (&json!("Theirs"), &json!(MINE)));
    page.close().await;
}

#[tokio::test]
async fn who_loses_again_is_asked_again() {
    let page = lost_race().await;
    let client = page.server.client(Http::One);
    let tag = client.tag(ARTICLE).await;
    client.send(Ask::patch(ARTICLE).if_match(&tag).json(&json!({ "title": "A third" }))).await.is(StatusCode::OK);
    page.press("Ben", "[data-do=mine]").await;
    // What was theirs in the first round is no change of mine.
    let title = page.field("Ben", "title").await;
    assert_eq!((title.by.as_str(), title.before.as_str()), ("they", "Theirs"));
    assert_eq!(page.field("Ben", "body").await.by, "I");
    page.press("Ben", "[data-do=mine]").await;
    let article = page.article().await;
    assert_eq!((&article["title"], &article["body"]), (&json!("A third"), &json!(MINE)));
    page.close().await;
}

#[tokio::test]
async fn a_reload_never_overwrites_a_draft() {
    let page = Page::open().await;
    page.fill("Ben", "body", MINE).await;
    page.fill("Ada", "body", THEIRS).await;
    page.press("Ada", ".primary").await;
    page.press("Ben", "[data-do=reload]").await;
    assert!(page.text("[data-who=Ben] h4").await.starts_with("200: "));
    assert_eq!(page.field("Ben", "body").await.by, "both");
    page.press("Ben", "[data-do=merge]").await;
    assert_eq!(page.draft("Ben").await[1], MINE.replace("nine", "eight"));
    page.close().await;
}

/// An author who gets another name is another state of the article, although nobody has touched a field.
#[tokio::test]
async fn another_name_of_the_author_is_shown_as_a_change() {
    let page = Page::open().await;
    let rename = Ask::put("/api/authors/2").json(&json!({ "name": "Barb" }));
    page.server.client(Http::One).send(rename).await.is(StatusCode::OK);
    page.fill("Ben", "title", "Mine").await;
    page.press("Ben", ".primary").await;
    let author = page.field("Ben", "author").await;
    assert_eq!((author.by.as_str(), author.theirs.as_str()), ("they", "BarbaraBarb"));
    page.press("Ben", "[data-do=mine]").await;
    assert_eq!(page.draft("Ben").await, ["Mine", BEFORE, "Barb"]);
    assert_eq!(page.article().await["title"], "Mine");
    page.close().await;
}

#[tokio::test]
async fn a_comment_is_in_nobodys_way() {
    let page = Page::open().await;
    page.fill("Ada", "text", "Well said.").await;
    page.press("Ada", ".comment button").await;
    page.fill("Ben", "title", "Mine").await;
    page.press("Ben", ".primary").await;
    assert!(page.outcome("Ben").await.contains("A comment has come meanwhile"), "{}", page.outcome("Ben").await);
    page.press("Ada", "[data-do=reload]").await;
    assert!(page.text("[data-who=Ada] summary").await.starts_with("2 comments"));
    page.close().await;
}
