//! A handler tuned by hand: the tag is written on the stack, and compared in place.

use axum::Json;
use axum::body::Body;
use axum::extract::{FromRequest as _, Path, Request};
use axum::response::{IntoResponse as _, Response, Result};
use axum::routing::{MethodRouter, get};
use etag_runtime::Reason;
use http::header::{CACHE_CONTROL, CONTENT_LOCATION, CONTENT_TYPE, ETAG, IF_MATCH, IF_NONE_MATCH};
use http::{HeaderValue, StatusCode};

use super::article::{Article, Edit};
use super::hand_written::Tag;

pub(super) fn route<T: Tag>() -> MethodRouter {
    get(show::<T>).put(replace::<T>)
}

async fn show<T: Tag>(Path(id): Path<u64>, request: Request) -> Response {
    let article = Article::load(id);
    let tag = T::of(article.version);
    let mut response = if tag.is(request.headers().get(IF_NONE_MATCH)) {
        let mut response = Response::new(Body::empty());
        *response.status_mut() = StatusCode::NOT_MODIFIED;
        response
    } else {
        Json(article).into_response()
    };
    name(&mut response, &tag, "no-cache");
    response
}

async fn replace<T: Tag>(Path(id): Path<u64>, request: Request) -> Result<Response> {
    let article = Article::load(id);
    let tag = T::of(article.version);
    if !tag.is(request.headers().get(IF_MATCH)) {
        let mut response = Response::new(Body::from(Reason::Stale.problem()));
        *response.status_mut() = StatusCode::PRECONDITION_FAILED;
        response.headers_mut().insert(CONTENT_TYPE, HeaderValue::from_static("application/problem+json"));
        name(&mut response, &tag, "no-store");
        return Ok(response);
    }
    let location = HeaderValue::from_str(request.uri().path()).ok();
    let Json(edit) = Json::<Edit>::from_request(request, &()).await?;
    let saved = article.save(edit);
    let tag = T::of(saved.version);
    let mut response = Json(saved).into_response();
    if let Some(location) = location {
        response.headers_mut().insert(CONTENT_LOCATION, location);
    }
    name(&mut response, &tag, "no-cache");
    Ok(response)
}

fn name(response: &mut Response, tag: &impl Tag, cache_control: &'static str) {
    if let Ok(tag) = HeaderValue::from_bytes(tag.octets()) {
        response.headers_mut().insert(ETAG, tag);
    }
    response.headers_mut().insert(CACHE_CONTROL, HeaderValue::from_static(cache_control));
}
