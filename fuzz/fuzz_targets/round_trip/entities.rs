//! What the requests are about: an entity whose tag is made of digests, and one that shows its version.

use std::sync::{Arc, Mutex};
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use arbitrary::Arbitrary;
use axum::Router;
use axum::extract::State;
use axum::response::Result;
use axum::routing::{get, post};
use etag_runtime::{Conditional, ETag, Preconditions};
use http::HeaderMap;

#[derive(Arbitrary, Clone, Debug)]
pub struct Entities {
    article: Article,
    page: Page,
}

#[derive(Arbitrary, Clone, Debug, serde::Serialize, ETag)]
struct Article {
    #[etag(version)]
    version: u32,
    #[etag(timestamp)]
    #[serde(skip)]
    #[arbitrary(with = instant)]
    updated_at: Option<SystemTime>,
    #[etag(content)]
    title: String,
    #[etag(related)]
    author: Author,
    #[etag(related, guard = false)]
    comments: Vec<Comment>,
}

#[derive(Arbitrary, Clone, Debug, serde::Serialize, ETag)]
struct Author {
    #[etag(version)]
    version: i64,
    #[etag(content)]
    name: String,
}

#[derive(Arbitrary, Clone, Debug, serde::Serialize, ETag)]
struct Comment {
    #[etag(content)]
    text: u32,
}

#[derive(Arbitrary, Clone, Debug, serde::Serialize, ETag)]
#[etag(reversible)]
struct Page {
    #[etag(version)]
    version: String,
}

type Store = State<Arc<Mutex<Entities>>>;

impl Entities {
    pub fn router(self) -> Router {
        Router::new()
            .route("/article", get(article).put(edit_article))
            .route("/page", get(page).put(edit_page))
            .route("/comments", post(comment))
            .with_state(Arc::new(Mutex::new(self)))
    }
}

async fn article(State(store): Store, preconditions: Preconditions) -> Conditional<Article> {
    preconditions.respond(store.lock().expect("no handler panics").article.clone())
}

async fn edit_article(State(store): Store, preconditions: Preconditions) -> Result<Conditional<Article>> {
    let mut store = store.lock().expect("no handler panics");
    let current = preconditions.require().guard(Some(store.article.clone()))?;
    store.article.version = current.version.wrapping_add(1);
    Ok(current.commit(Some(store.article.clone()))?)
}

async fn page(State(store): Store, preconditions: Preconditions) -> Conditional<Page> {
    preconditions.respond(store.lock().expect("no handler panics").page.clone())
}

async fn edit_page(State(store): Store, preconditions: Preconditions) -> Result<Conditional<Page>> {
    let mut store = store.lock().expect("no handler panics");
    let current = preconditions.require().guard(Some(store.page.clone()))?;
    store.page.version.push('+');
    Ok(current.commit(Some(store.page.clone()))?)
}

async fn comment(State(store): Store, headers: HeaderMap) {
    let text = headers["x-comment"].to_str().ok().and_then(|text| text.parse().ok()).unwrap_or_default();
    store.lock().expect("no handler panics").article.comments.push(Comment { text });
}

/// From 1834 to 2106, to the microsecond.
fn instant(input: &mut arbitrary::Unstructured<'_>) -> arbitrary::Result<Option<SystemTime>> {
    let (seconds, micros): (u32, u32) = input.arbitrary()?;
    let distance = Duration::new(seconds.into(), micros % 1_000_000 * 1000);
    Ok(if input.arbitrary()? { Some(UNIX_EPOCH + distance) } else { UNIX_EPOCH.checked_sub(distance) })
}
