//! Pictures of the page, for people to look at: in `target/screenshots`. The one of the README is kept, and only renewed with
//! `SCREENSHOT=overwrite`.

use std::env;
use std::fs;
use std::path::Path;

use etag_browser::{View, in_256_colours};

use crate::page::{DESKTOP, Page};

#[tokio::test]
async fn what_it_looks_like() {
    let dark = View { is_dark: true, ..DESKTOP };
    let phone = View { width: 360, height: 740, is_phone: true, ..DESKTOP };
    let page = Page::open().await;
    keep("start.png", &page.browser.screenshot(&[]).await);
    lost_race(&page).await;
    for (name, view) in [("conflict.png", DESKTOP), ("conflict-dark.png", dark), ("conflict-phone.png", phone)] {
        page.browser.view(view).await;
        keep(name, &page.browser.screenshot(&[]).await);
    }

    page.browser.view(DESKTOP).await;
    let picture = in_256_colours(&page.browser.screenshot(&["#bench", "figure"]).await);
    assert!(picture.len() < 150_000, "{} octets are too many for a README", picture.len());
    keep("readme.png", &picture);
    if env::var("SCREENSHOT").is_ok_and(|what| what == "overwrite") {
        fs::write(Path::new(env!("CARGO_MANIFEST_DIR")).join("../../docs/two-editors.png"), picture).unwrap();
    }
    page.close().await;
}

/// Writes a file where nothing is kept for long.
fn keep(name: &str, picture: &[u8]) {
    let target = Path::new(env!("CARGO_TARGET_TMPDIR")).parent().expect("it is in the target folder");
    let folder = target.join("screenshots");
    fs::create_dir_all(&folder).unwrap();
    fs::write(folder.join(name), picture).unwrap();
}

/// A little of everything, up to a save that comes too late.
async fn lost_race(page: &Page) {
    page.browser.goto(&format!("http://{}/?article=3", page.server.address)).await;
    page.is_ready().await;
    page.press("Ada", "[data-do=reload]").await;
    page.fill("Ada", "title", "What is in a tag").await;
    page.press("Ada", ".primary").await;
    page.press("Ben", "[data-do=reload]").await;
    page.press("Ben", "[data-do=reload]").await;
    page.fill("Ada", "text", "Well said.").await;
    page.press("Ada", ".comment button").await;
    let body = "One half says whether you may write, the other whether you must fetch again.";
    page.fill("Ada", "body", body).await;
    page.press("Ada", ".primary").await;
    page.press("Ada", "[data-do=reload]").await;
    page.press("Ben", "[data-do=blind]").await;
    page.fill("Ben", "title", "Two halves of a tag").await;
    let body = "One half says whether you may overwrite, the other whether you must ask again.";
    page.fill("Ben", "body", body).await;
    page.press("Ben", ".primary").await;
}
