//! The same with `headers` and `axum-extra`.

use axum::Json;
use axum::extract::Path;
use axum::response::{IntoResponse as _, Response, Result};
use axum::routing::{MethodRouter, get};
use axum_extra::TypedHeader;
use etag_runtime::Reason;
use headers::{CacheControl, ContentLocation, ContentType, ETag, Header as _, IfMatch, IfNoneMatch};
use http::{HeaderValue, StatusCode, Uri};

use super::article::{Article, Edit};

pub(super) fn route() -> MethodRouter {
    get(show).put(replace)
}

fn tag(version: u64) -> Result<ETag, StatusCode> {
    format!("\"{version}\"").parse().map_err(|_| StatusCode::INTERNAL_SERVER_ERROR)
}

async fn show(Path(id): Path<u64>, if_none_match: Option<TypedHeader<IfNoneMatch>>) -> Result<Response> {
    let article = Article::load(id);
    let tag = tag(article.version)?;
    let cache_control = TypedHeader(CacheControl::new().with_no_cache());
    Ok(match if_none_match {
        Some(TypedHeader(field)) if !field.precondition_passes(&tag) => {
            (StatusCode::NOT_MODIFIED, TypedHeader(tag), cache_control).into_response()
        }
        _ => (TypedHeader(tag), cache_control, Json(article)).into_response(),
    })
}

async fn replace(
    Path(id): Path<u64>,
    TypedHeader(if_match): TypedHeader<IfMatch>,
    target: Uri,
    Json(edit): Json<Edit>,
) -> Result<Response> {
    let article = Article::load(id);
    let current = tag(article.version)?;
    if !if_match.precondition_passes(&current) {
        let cache_control = TypedHeader(CacheControl::new().with_no_store());
        let content_type = TypedHeader(content_type("application/problem+json")?);
        let fields = (content_type, TypedHeader(current), cache_control);
        return Ok((StatusCode::PRECONDITION_FAILED, fields, Reason::Stale.problem()).into_response());
    }
    let saved = article.save(edit);
    let location = HeaderValue::from_str(target.path()).map_err(|_| StatusCode::BAD_REQUEST)?;
    let location = ContentLocation::decode(&mut [&location].into_iter()).map_err(|_| StatusCode::BAD_REQUEST)?;
    let cache_control = TypedHeader(CacheControl::new().with_no_cache());
    Ok((TypedHeader(tag(saved.version)?), TypedHeader(location), cache_control, Json(saved)).into_response())
}

fn content_type(value: &'static str) -> Result<ContentType, StatusCode> {
    let value = HeaderValue::from_static(value);
    ContentType::decode(&mut [&value].into_iter()).map_err(|_| StatusCode::INTERNAL_SERVER_ERROR)
}
