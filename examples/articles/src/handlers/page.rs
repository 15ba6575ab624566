//! The list of all articles, page by page: read, and added to.

use axum::extract::rejection::QueryRejection;
use axum::extract::{FromRequestParts, Query, State};
use axum::http::StatusCode;
use axum::http::request::Parts;
use etag_runtime::openapi::{Created, PreconditionFailed};
use etag_runtime::{Conditional, ForWrite, Optional, Preconditions};

use super::ATTEMPTS;
use super::body::Body;
use crate::error::{Error, Result};
use crate::input::{Draft, Input, Part};
use crate::model::{Article, Page};
use crate::openapi::{Fails, NoSuchPart, Unreadable};
use crate::problem::Problem;
use crate::store::{self, Store};

/// `GET`, `HEAD`: `304`, decided without any text, or the page.
#[utoipa::path(
    get,
    path = "/api/articles",
    operation_id = "show_page",
    tag = "Articles",
    params(Part, Preconditions),
    responses(Conditional<Page>, NoSuchPart, Fails)
)]
pub(crate) async fn show(
    State(store): State<Store>,
    preconditions: Preconditions,
    part: Part,
) -> Result<Conditional<Page>> {
    Ok(preconditions.respond_lazily(store.page_stamp(part), store.page(part)).await?)
}

/// `POST`: `201`, with the address of the new article.
///
/// Whoever names a version of the page (`If-Match`) adds to that version only: nobody has come first with the same article.
#[utoipa::path(
    post,
    path = "/api/articles",
    operation_id = "add_article",
    tag = "Articles",
    params(Part, ForWrite<Optional>),
    request_body = Draft,
    responses(Created<Article>, PreconditionFailed, Unreadable, Fails)
)]
pub(crate) async fn add(
    State(store): State<Store>,
    preconditions: Preconditions,
    part: Part,
    body: Body<Draft>,
) -> Result<Conditional<Article>> {
    if preconditions.is_unconditional() {
        // Only here: `create` would hold preconditions against nothing, but the target of this request is the page, which
        // there always is. So `If-None-Match: *` is false, and `If-Match: *` true (RFC 9110 § 13.1), and neither comes here.
        let vacant = preconditions.create()?;
        let draft = body.read().await?.checked()?;
        let article = store.create(&vacant, &draft).await?;
        let location = location(&article);
        return Ok(vacant.commit(Some(article))?.created(&location));
    }
    let mut page = preconditions.guard(Some(store.page(part).await?))?;
    let draft = body.read().await?.checked()?;
    for _ in 0..ATTEMPTS {
        if let Some(article) = store.append(&page, &draft).await? {
            let location = location(&article);
            return Ok(page.commit_appended(Some(article))?.created(&location));
        }
        // Something has changed in between, and the preconditions say whether that matters: a comment does not.
        page = preconditions.guard(Some(store.page(part).await?))?;
    }
    Err(store::Error::Crowded.into())
}

fn location(article: &Article) -> String {
    format!("/api/articles/{}", article.id)
}

/// `400` for a part that there cannot be.
impl<S: Send + Sync> FromRequestParts<S> for Part {
    type Rejection = Error;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Part> {
        let query: std::result::Result<Query<Part>, QueryRejection> = Query::from_request_parts(parts, state).await;
        let Query(part) = query?;
        if part.page == 0 || !(1..=100).contains(&part.per_page) {
            let detail = "`page` is a number from 1, and `per_page` one from 1 to 100.";
            return Err(Error::Refused(Problem::new(StatusCode::BAD_REQUEST, detail)));
        }
        Ok(part)
    }
}
