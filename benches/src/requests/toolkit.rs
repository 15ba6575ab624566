//! The toolkit.

use axum::Json;
use axum::extract::Path;
use axum::response::Result;
use axum::routing::{MethodRouter, get};
use etag_runtime::{Conditional, Deferred, ForWrite, Preconditions};

use super::article::{Article, Edit};

pub(super) fn route() -> MethodRouter {
    get(show).put(replace)
}

/// Parses the body of a write before the permit, for nothing if that is refused.
pub(super) fn parsing_first() -> MethodRouter {
    get(show).put(parse_first)
}

async fn show(Path(id): Path<u64>, preconditions: Preconditions) -> Conditional<Article> {
    preconditions.respond(Article::load(id))
}

async fn replace(
    Path(id): Path<u64>,
    preconditions: ForWrite,
    body: Deferred<Json<Edit>>,
) -> Result<Conditional<Article>> {
    let current = preconditions.guard(Some(Article::load(id)))?;
    let Json(edit) = body.extract().await?;
    let saved = Article::load(id).save(edit);
    Ok(current.commit(Some(saved))?)
}

async fn parse_first(
    Path(id): Path<u64>,
    preconditions: ForWrite,
    Json(edit): Json<Edit>,
) -> Result<Conditional<Article>> {
    let current = preconditions.guard(Some(Article::load(id)))?;
    let saved = Article::load(id).save(edit);
    Ok(current.commit(Some(saved))?)
}
