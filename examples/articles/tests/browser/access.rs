//! The page for those who have no mouse, a small screen, or a screen reader.

use etag_browser::View;
use fantoccini::actions::{InputSource, KeyAction, KeyActions};
use fantoccini::key::Key;
use serde_json::json;

use crate::page::{DESKTOP, Page};

/// Presses keys, wherever the focus is.
async fn keys(page: &Page, keys: impl IntoIterator<Item = char>) {
    let mut actions = KeyActions::new("keyboard".to_owned());
    for value in keys {
        actions = actions.then(KeyAction::Down { value }).then(KeyAction::Up { value });
    }
    page.browser.client().perform_actions(actions).await.unwrap();
    page.is_idle().await;
}

async fn has_focus(page: &Page, selector: &str) -> bool {
    page.browser.run("return document.activeElement.matches(args[0])", vec![json!(selector)]).await == json!(true)
}

/// Presses Tab until this has the focus.
async fn tab_to(page: &Page, selector: &str) {
    for _ in 0..40 {
        if has_focus(page, selector).await {
            return;
        }
        keys(page, [Key::Tab.into()]).await;
    }
    panic!("Tab does not lead to {selector}");
}

#[tokio::test]
async fn everything_can_be_done_with_the_keyboard() {
    let page = Page::open().await;
    keys(&page, [Key::Tab.into()]).await;
    assert!(has_focus(&page, ".skip").await, "the first key leads past the explanation");
    keys(&page, [Key::Enter.into()]).await;

    tab_to(&page, "[data-who=Ada] [name=title]").await;
    keys(&page, [Key::End.into()].into_iter().chain(" by Ada".chars()).chain([Key::Enter.into()])).await;
    assert!(page.outcome("Ada").await.starts_with("200: saved as version 2"));
    tab_to(&page, "[data-who=Ada] [data-do=reload]").await;
    keys(&page, [Key::Space.into()]).await;
    assert!(page.outcome("Ada").await.starts_with("304: "));
    assert!(has_focus(&page, "[data-who=Ada] [data-do=reload]").await, "the focus stays where it was");

    tab_to(&page, "[data-who=Ben] [name=body]").await;
    let end = [Key::Control.into(), Key::End.into()];
    keys(&page, end.into_iter().chain(" And this page.".chars())).await;
    tab_to(&page, "[data-who=Ben] .primary").await;
    keys(&page, [Key::Enter.into()]).await;
    assert!(has_focus(&page, "[data-who=Ben] .conflict h4").await, "what has happened is what is read next");
    tab_to(&page, "[data-who=Ben] [data-do=merge]").await;
    keys(&page, [Key::Enter.into()]).await;
    assert!(has_focus(&page, "[data-who=Ben] [name=title]").await, "the merge is where it can be edited");
    keys(&page, [Key::Enter.into()]).await;
    assert!(page.outcome("Ben").await.starts_with("200: saved as version 3"));
    let article = page.article().await;
    assert_eq!(article["title"], "Two editors, one text by Ada");
    assert!(article["body"].as_str().unwrap().contains("And this page."), "{article}");
    page.close().await;
}

/// Every kind of request, a conflict, and a word that is longer than any line.
async fn in_use() -> Page {
    let page = Page::open().await;
    page.press("Ada", "[data-do=reload]").await;
    page.fill("Ada", "title", &"Long".repeat(40)).await;
    page.press("Ada", ".primary").await;
    page.press("Ben", "[data-do=blind]").await;
    page.fill("Ben", "title", "Mine").await;
    page.press("Ben", ".primary").await;
    page
}

#[tokio::test]
async fn no_screen_is_too_narrow() {
    let page = in_use().await;
    for width in [320, 360, 400, 600, 800] {
        page.browser.view(View { width, height: 740, is_phone: true, ..DESKTOP }).await;
        // What does not fit makes a phone zoom out, which shows in the second number.
        let widths = page.browser.run("return [document.documentElement.scrollWidth, innerWidth]", vec![]).await;
        assert_eq!(widths, json!([width, width]));
    }
    page.close().await;
}

/// What a screen reader has to say is there: names of whatever can be used, and the picture in words.
#[tokio::test]
async fn everything_has_a_name() {
    let page = in_use().await;
    let tree = page.browser.accessibility().await;
    for role in ["button", "textbox", "combobox", "link", "region", "image", "heading"] {
        let names: Vec<&str> = tree.iter().filter(|(of, _)| of == role).map(|(_, name)| name.as_str()).collect();
        assert!(!names.is_empty() && names.iter().all(|name| !name.is_empty()), "{role}: {names:?}");
    }
    for name in ["Save as Ada", "Reload as Ada", "Keep mine on top", "Title", "Comment on it"] {
        assert!(tree.iter().any(|(_, found)| found == name), "{name}");
    }
    let summary = page.text("#summary").await;
    assert_eq!(summary, "Ada: 1 sent in full, 1 not sent again, 1 written. Ben: 2 sent in full, 2 refused.");
    // And the picture has as many marks of each form as the sentence says.
    let marks = "return ['full', 'hit', 'saved', 'refused'].map((kind) =>\
                 document.querySelectorAll(`#picture .${kind}`).length)";
    assert_eq!(page.browser.run(marks, vec![]).await, json!([3, 1, 1, 2]));
    page.close().await;
}

/// The texts that differ too little from what is behind them.
const FAINT: &str = include_str!("contrast.js");

#[tokio::test]
async fn texts_can_be_read_by_day_and_by_night() {
    let page = in_use().await;
    for is_dark in [false, true] {
        page.browser.view(View { is_dark, ..DESKTOP }).await;
        let found = page.browser.run(FAINT, vec![]).await;
        assert_eq!(found["faint"], json!([]), "dark: {is_dark}");
        assert!(found["count"].as_u64().unwrap() > 100, "{}", found["count"]);
    }
    page.close().await;
}
