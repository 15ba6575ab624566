//! A layer that makes the tag of a body by SHA-256 once the body is there, and a write that is compared with the same tag.

use axum::Json;
use axum::body::{Body, to_bytes};
use axum::extract::{Path, Request};
use axum::middleware::{Next, from_fn};
use axum::response::{IntoResponse as _, Response, Result};
use axum::routing::{MethodRouter, get};
use base64::Engine as _;
use base64::prelude::BASE64_URL_SAFE_NO_PAD;
use etag_runtime::Reason;
use http::header::{CACHE_CONTROL, CONTENT_LENGTH, CONTENT_LOCATION, CONTENT_TYPE, ETAG, IF_MATCH, IF_NONE_MATCH};
use http::{HeaderMap, HeaderValue, Method, StatusCode, Uri};
use sha2::{Digest as _, Sha256};

use super::article::{Article, Edit};

pub(super) fn route() -> MethodRouter {
    get(show).put(replace).layer(from_fn(hash))
}

async fn hash(request: Request, next: Next) -> Result<Response> {
    if request.method() != Method::GET {
        return Ok(next.run(request).await);
    }
    let if_none_match = request.headers().get(IF_NONE_MATCH).cloned();
    let (mut parts, body) = next.run(request).await.into_parts();
    let octets = to_bytes(body, usize::MAX).await.map_err(|_| StatusCode::INTERNAL_SERVER_ERROR)?;
    let tag = tag(&octets)?;
    parts.headers.insert(ETAG, tag.clone());
    parts.headers.insert(CACHE_CONTROL, HeaderValue::from_static("no-cache"));
    if if_none_match.is_some_and(|field| field == tag) {
        parts.status = StatusCode::NOT_MODIFIED;
        parts.headers.remove(CONTENT_TYPE);
        parts.headers.remove(CONTENT_LENGTH);
        return Ok(Response::from_parts(parts, Body::empty()));
    }
    Ok(Response::from_parts(parts, Body::from(octets)))
}

fn tag(octets: &[u8]) -> Result<HeaderValue, StatusCode> {
    let tag = format!("\"{}\"", BASE64_URL_SAFE_NO_PAD.encode(&Sha256::digest(octets)[..16]));
    HeaderValue::try_from(tag).map_err(|_| StatusCode::INTERNAL_SERVER_ERROR)
}

async fn show(Path(id): Path<u64>) -> Json<Article> {
    Json(Article::load(id))
}

async fn replace(Path(id): Path<u64>, headers: HeaderMap, target: Uri, Json(edit): Json<Edit>) -> Result<Response> {
    let article = Article::load(id);
    let octets = serde_json::to_vec(&article).map_err(|_| StatusCode::INTERNAL_SERVER_ERROR)?;
    let current = tag(&octets)?;
    if headers.get(IF_MATCH) != Some(&current) {
        let content_type = HeaderValue::from_static("application/problem+json");
        let no_store = HeaderValue::from_static("no-store");
        let fields = [(CONTENT_TYPE, content_type), (ETAG, current), (CACHE_CONTROL, no_store)];
        return Ok((StatusCode::PRECONDITION_FAILED, fields, Reason::Stale.problem()).into_response());
    }
    let octets = serde_json::to_vec(&article.save(edit)).map_err(|_| StatusCode::INTERNAL_SERVER_ERROR)?;
    let location = HeaderValue::from_str(target.path()).map_err(|_| StatusCode::BAD_REQUEST)?;
    let fields = [
        (CONTENT_TYPE, HeaderValue::from_static("application/json")),
        (ETAG, tag(&octets)?),
        (CONTENT_LOCATION, location),
        (CACHE_CONTROL, HeaderValue::from_static("no-cache")),
    ];
    Ok((fields, octets).into_response())
}
