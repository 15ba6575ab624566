//! One handler for each way to answer, on one router.

use axum::Router;
use axum::body::Body;
use axum::extract::{Path, Request, State};
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use etag_runtime::{Conditional, Preconditions};
use http::header::{CACHE_CONTROL, ETAG, IF_NONE_MATCH};
use http::{HeaderValue, StatusCode};

use crate::model::{Article, ArticleStamp, Counted, Note, Row};
use crate::store::{Children, Store};

/// The stamps that this process has kept.
type Kept = moka::sync::Cache<i64, ArticleStamp>;

#[derive(Clone)]
struct App<S> {
    store: S,
    kept: Kept,
}

/// The database has failed, which no figure survives.
struct Failed(sqlx::Error);

impl From<sqlx::Error> for Failed {
    fn from(error: sqlx::Error) -> Failed {
        Failed(error)
    }
}

impl IntoResponse for Failed {
    fn into_response(self) -> Response {
        (StatusCode::INTERNAL_SERVER_ERROR, self.0.to_string()).into_response()
    }
}

/// The router over this database. `children` are what `/a` and `/b` aggregate with.
pub(crate) fn router<S: Store>(store: S) -> Router {
    let [a, b] = S::AGGREGATES;
    let by = |children| {
        get(move |State(app): State<App<S>>, Path(id): Path<i64>, preconditions: Preconditions| async move {
            let App { store, .. } = &app;
            Ok::<_, Failed>(preconditions.respond_lazily(store.stamp(id, children), store.article(id)).await?)
        })
    };
    Router::new()
        .route("/full/{id}", get(full::<S>))
        .route("/rows/{id}", by(Children::Rows))
        .route("/a/{id}", by(a))
        .route("/b/{id}", by(b))
        .route("/counted/{id}", get(counted::<S>))
        .route("/kept/{id}", get(kept::<S>))
        .route("/note/{id}", get(note::<S>))
        .route("/whole-note/{id}", get(whole_note::<S>))
        .route("/row/{id}", get(row::<S>))
        .route("/whole-row/{id}", get(whole_row::<S>))
        .route("/expert/{id}", get(expert::<S>))
        .with_state(App { store, kept: Kept::new(10_000) })
}

async fn full<S: Store>(
    State(app): State<App<S>>,
    Path(id): Path<i64>,
    preconditions: Preconditions,
) -> Result<Conditional<Article>, Failed> {
    Ok(preconditions.respond(app.store.article(id).await?))
}

/// By a stamp that was read before. Here it is kept for ever: what is measured is a hit.
async fn kept<S: Store>(
    State(app): State<App<S>>,
    Path(id): Path<i64>,
    preconditions: Preconditions,
) -> Result<Conditional<Article>, Failed> {
    if preconditions.is_revalidation() {
        let stamp = match app.kept.get(&id) {
            Some(stamp) => stamp,
            None => app.store.stamp(id, Children::Json).await?,
        };
        if let Some(not_modified) = preconditions.not_modified(&stamp) {
            app.kept.insert(id, stamp);
            return Ok(not_modified);
        }
    }
    Ok(preconditions.respond(app.store.article(id).await?))
}

async fn counted<S: Store>(
    State(app): State<App<S>>,
    Path(id): Path<i64>,
    preconditions: Preconditions,
) -> Result<Conditional<Counted>, Failed> {
    Ok(preconditions.respond_lazily(app.store.counted_stamp(id), app.store.counted(id)).await?)
}

async fn note<S: Store>(
    State(app): State<App<S>>,
    Path(id): Path<i64>,
    preconditions: Preconditions,
) -> Result<Conditional<Note>, Failed> {
    Ok(preconditions.respond_lazily(app.store.note_stamp(id), app.store.note(id)).await?)
}

async fn whole_note<S: Store>(
    State(app): State<App<S>>,
    Path(id): Path<i64>,
    preconditions: Preconditions,
) -> Result<Conditional<Note>, Failed> {
    Ok(preconditions.respond(app.store.note(id).await?))
}

async fn row<S: Store>(
    State(app): State<App<S>>,
    Path(id): Path<i64>,
    preconditions: Preconditions,
) -> Result<Conditional<Row>, Failed> {
    Ok(preconditions.respond_lazily(app.store.row_stamp(id), app.store.row(id)).await?)
}

async fn whole_row<S: Store>(
    State(app): State<App<S>>,
    Path(id): Path<i64>,
    preconditions: Preconditions,
) -> Result<Conditional<Row>, Failed> {
    Ok(preconditions.respond(app.store.row(id).await?))
}

/// Without the toolkit: the version is the tag.
async fn expert<S: Store>(
    State(app): State<App<S>>,
    Path(id): Path<i64>,
    request: Request,
) -> Result<Response, Failed> {
    let tag = format!("\"{}\"", app.store.version(id).await?);
    let is_current = request.headers().get(IF_NONE_MATCH).is_some_and(|field| field.as_bytes() == tag.as_bytes());
    let mut response = if is_current {
        let mut response = Response::new(Body::empty());
        *response.status_mut() = StatusCode::NOT_MODIFIED;
        response
    } else {
        axum::Json(app.store.note(id).await?).into_response()
    };
    if let Ok(tag) = HeaderValue::try_from(tag) {
        response.headers_mut().insert(ETAG, tag);
    }
    response.headers_mut().insert(CACHE_CONTROL, HeaderValue::from_static("no-cache"));
    Ok(response)
}
