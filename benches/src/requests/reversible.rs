//! The toolkit, and an article whose tag shows its version: no state is hashed.

use std::borrow::Cow;

use axum::Json;
use axum::extract::Path;
use axum::response::Result;
use axum::routing::{MethodRouter, get};
use etag_runtime::{Conditional, Deferred, ETag, ForWrite, Preconditions};
use serde::Serialize;

use super::article::{self, Edit};

pub(super) fn route() -> MethodRouter {
    get(show).put(replace)
}

#[derive(Serialize, ETag)]
#[etag(reversible)]
struct Article {
    id: u64,
    title: Cow<'static, str>,
    text: Cow<'static, str>,
    #[etag(version)]
    version: u64,
}

impl From<article::Article> for Article {
    fn from(article::Article { id, title, text, version }: article::Article) -> Article {
        Article { id, title, text, version }
    }
}

async fn show(Path(id): Path<u64>, preconditions: Preconditions) -> Conditional<Article> {
    preconditions.respond(Article::from(article::Article::load(id)))
}

async fn replace(
    Path(id): Path<u64>,
    preconditions: ForWrite,
    body: Deferred<Json<Edit>>,
) -> Result<Conditional<Article>> {
    let current = preconditions.guard(Some(Article::from(article::Article::load(id))))?;
    let Json(edit) = body.extract().await?;
    let saved = article::Article::load(id).save(edit);
    Ok(current.commit(Some(saved.into()))?)
}
