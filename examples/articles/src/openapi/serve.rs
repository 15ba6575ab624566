//! The document and the page that shows it, each with a tag of what is in it: it changes with a release, and not before.

use std::sync::LazyLock;

use axum::Router;
use axum::http::header::{CONTENT_SECURITY_POLICY, CONTENT_TYPE};
use axum::response::Response;
use axum::routing::get;
use etag_runtime::{ETag, Preconditions};
use serde_json::Value;
use utoipa::OpenApi;

use super::Api;
use super::responses::{self, Document, Page};
use crate::reference;

/// What the page may load: a style that comes from here. The other files have it too, and no use for it.
const POLICY: &str =
    "default-src 'none'; style-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

/// What is the same for as long as the program runs.
#[derive(ETag)]
struct File {
    #[etag(content)]
    text: String,
    #[etag(skip)]
    media_type: &'static str,
}

static DOCUMENT: LazyLock<File> = LazyLock::new(|| File { text: api().to_string(), media_type: "application/json" });

static PAGE: LazyLock<File> =
    LazyLock::new(|| File { text: reference::page(&api()), media_type: "text/html; charset=utf-8" });

static STYLE: LazyLock<File> =
    LazyLock::new(|| File { text: reference::STYLE.into(), media_type: "text/css; charset=utf-8" });

pub(crate) fn routes<S: Clone + Send + Sync + 'static>() -> Router<S> {
    let style = async |preconditions| show(&preconditions, &STYLE);
    Router::new()
        .route("/openapi.json", get(document))
        .route("/reference", get(reference))
        .route("/reference/style.css", get(style))
}

/// This document.
#[utoipa::path(
    get,
    path = "/openapi.json",
    operation_id = "show_document",
    tag = "Document",
    params(Preconditions),
    responses(responses::File<Document>)
)]
pub(crate) async fn document(preconditions: Preconditions) -> Response {
    show(&preconditions, &DOCUMENT)
}

/// This document, as a page to read.
#[utoipa::path(
    get,
    path = "/reference",
    operation_id = "show_reference",
    tag = "Document",
    params(Preconditions),
    responses(responses::File<Page>)
)]
pub(crate) async fn reference(preconditions: Preconditions) -> Response {
    show(&preconditions, &PAGE)
}

fn show(preconditions: &Preconditions, file: &'static File) -> Response {
    let fields = [(CONTENT_TYPE, file.media_type), (CONTENT_SECURITY_POLICY, POLICY)];
    preconditions.respond_with(file.validators(), (fields, file.text.as_str()))
}

/// Describes every route of the API.
fn api() -> Value {
    // What utoipa describes is JSON in any case.
    serde_json::to_value(Api::openapi()).unwrap_or_default()
}
