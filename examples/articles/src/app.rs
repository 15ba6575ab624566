//! Which handler answers what.

use axum::extract::DefaultBodyLimit;
use axum::http::StatusCode;
use axum::middleware::from_fn;
use axum::routing::{get, post};
use axum::{Extension, Router};
use etag_runtime::Policy;
use etag_runtime::observe::NotSentLayer;

use crate::assets;
use crate::connection::close_after_unread;
use crate::error::Error;
use crate::handlers::{articles, authors, comments, page};
use crate::log::log;
use crate::metrics::{self, Counters};
use crate::openapi;
use crate::problem::Problem;
use crate::store::Store;

/// The largest body that is read: more than twice the longest article of four-octet characters would need.
pub(crate) const BODY: usize = 1024 * 1024;

/// The API on this database, its counters, its description, and the page that shows what it is for. The policy is that of every route, also of
/// those whose handlers ask for more.
pub(crate) fn app(store: Store, policy: Policy, counters: Counters) -> Router {
    Router::new()
        .route("/api/articles", get(page::show).post(page::add))
        .route(
            "/api/articles/{id}",
            get(articles::show).put(articles::replace).patch(articles::patch).delete(articles::delete),
        )
        .route("/api/articles/{id}/comments", post(comments::add))
        .route("/api/authors/{id}", get(authors::show).put(authors::rename))
        .merge(metrics::routes(counters))
        .merge(openapi::routes())
        .merge(assets::routes())
        .fallback(async || Error::not_found())
        .method_not_allowed_fallback(async || {
            Problem::new(StatusCode::METHOD_NOT_ALLOWED, "What is at this address has no such method; see Allow.")
        })
        .layer(DefaultBodyLimit::max(BODY))
        .layer(Extension(policy))
        .layer(NotSentLayer::new())
        .layer(from_fn(log))
        .layer(from_fn(close_after_unread))
        .with_state(store)
}
