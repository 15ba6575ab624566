//! An article as JSON, CBOR or HTML, in two languages: handlers as a user of the toolkit would write them.

use std::net::SocketAddr;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use axum::extract::{Query, State};
use axum::response::{Html, IntoResponse, Response};
use axum::routing::get;
use axum::{Json, Router};
use etag_runtime::{Accept, ContentCodingLayer, ETag, Preconditions, Rejected, Variant};
use http::header::{ACCEPT_LANGUAGE, CONTENT_TYPE, COOKIE};
use http::{HeaderMap, HeaderValue};
use serde::{Deserialize, Serialize};
use tower_http::compression::CompressionLayer;
use tower_http::compression::predicate::SizeAbove;

#[derive(Debug, Serialize, ETag)]
pub(crate) struct Article {
    pub(crate) title: &'static str,
    #[etag(version)]
    pub(crate) version: u64,
}

#[derive(Clone, Copy)]
enum Form {
    Json,
    Cbor,
    Html,
}

const FORMS: &[(&str, Form)] =
    &[("application/json", Form::Json), ("application/cbor", Form::Cbor), ("text/html", Form::Html)];

/// The version that is stored, and how often a representation was made.
#[derive(Default)]
pub(crate) struct Store {
    version: AtomicU64,
    rendered: AtomicU64,
}

impl Store {
    fn article(&self) -> Article {
        Article { title: "Zwei Hälften", version: self.version.load(Ordering::SeqCst) }
    }

    /// `UPDATE … WHERE version = ? RETURNING …`.
    fn replace(&self, expected: u64) -> Option<Article> {
        let next = expected + 1;
        self.version.compare_exchange(expected, next, Ordering::SeqCst, Ordering::SeqCst).ok()?;
        Some(Article { version: next, ..self.article() })
    }

    pub(crate) fn rendered(&self) -> u64 {
        self.rendered.load(Ordering::SeqCst)
    }
}

/// What of the request decides the octets, besides the article.
struct Wanted {
    form: Form,
    language: &'static str,
    preconditions: Preconditions,
}

impl Wanted {
    fn of(preconditions: Preconditions, accept: &Accept, headers: &HeaderMap) -> Result<Wanted, Rejected> {
        let (form, media_type) = accept.choose(FORMS)?;
        let wants_german = headers.get(ACCEPT_LANGUAGE).is_some_and(|value| value.as_bytes().starts_with(b"de"));
        let language = if wants_german { "de" } else { "en" };
        let preconditions = preconditions.with_variant(media_type).with_variant(Variant::language(language));
        Ok(Wanted { form, language, preconditions })
    }

    fn render(&self, article: Article) -> Response {
        let heading = if self.language == "de" { "Artikel" } else { "Article" };
        match self.form {
            Form::Json => Json((heading, article)).into_response(),
            Form::Cbor => {
                let mut octets = Vec::new();
                ciborium::into_writer(&(heading, article), &mut octets).unwrap();
                ([(CONTENT_TYPE, "application/cbor")], octets).into_response()
            }
            Form::Html => Html(format!("<h1>{heading}: {}</h1>", article.title)).into_response(),
        }
    }
}

async fn show(
    State(store): State<Arc<Store>>,
    preconditions: Preconditions,
    accept: Accept,
    headers: HeaderMap,
) -> Result<Response, Rejected> {
    let wanted = Wanted::of(preconditions, &accept, &headers)?;
    Ok(wanted.preconditions.respond(store.article()).render(|article| {
        store.rendered.fetch_add(1, Ordering::SeqCst);
        wanted.render(article)
    }))
}

async fn replace(
    State(store): State<Arc<Store>>,
    preconditions: Preconditions,
    accept: Accept,
    headers: HeaderMap,
) -> Result<Response, Rejected> {
    let wanted = Wanted::of(preconditions, &accept, &headers)?;
    let current = wanted.preconditions.require().guard(Some(store.article()))?;
    let saved = store.replace(current.version);
    Ok(current.commit(saved)?.render(|article| wanted.render(article)))
}

#[derive(Deserialize)]
struct Parameters {
    #[serde(default)]
    fields: String,
}

/// Only the members that were asked for, and more of them for an editor.
async fn show_some(
    State(store): State<Arc<Store>>,
    preconditions: Preconditions,
    Query(Parameters { fields }): Query<Parameters>,
    headers: HeaderMap,
) -> impl IntoResponse {
    let role = if headers.get(COOKIE).is_some_and(|value| value == "role=editor") { "editor" } else { "reader" };
    preconditions
        .with_variant(Variant::new("fields", &fields))
        .with_variant(Variant::new("role", role).vary(COOKIE))
        .respond(store.article())
        .header(http::header::CACHE_CONTROL, HeaderValue::from_static("private, no-cache"))
        .map(|article| {
            store.rendered.fetch_add(1, Ordering::SeqCst);
            if fields == "title" { (Some(article.title), None) } else { (None, Some((role, article.version))) }
        })
}

pub(crate) fn router(store: Arc<Store>) -> Router {
    Router::new().route("/article", get(show).put(replace)).route("/some", get(show_some)).with_state(store)
}

pub(crate) fn serve() -> (SocketAddr, Arc<Store>) {
    let store = Arc::new(Store::default());
    (harness::serve(router(Arc::clone(&store))), store)
}

/// The same handlers, of which none knows that their responses are compressed, however short they are.
pub(crate) fn serve_coded() -> (SocketAddr, Arc<Store>) {
    let store = Arc::new(Store::default());
    let router = router(Arc::clone(&store))
        .layer(CompressionLayer::new().compress_when(SizeAbove::new(0)))
        .layer(ContentCodingLayer::new());
    (harness::serve(router), store)
}
