//! Who asks?

use axum::extract::FromRequestParts;
use axum::http::header::{AUTHORIZATION, WWW_AUTHENTICATE};
use axum::http::request::Parts;
use axum::http::{HeaderValue, StatusCode};
use axum::response::{IntoResponse, Response};

/// Somebody who may see what belongs to a tenant. As an extractor it runs before the handler, and so before any `304`.
#[derive(Debug)]
pub(crate) struct Member {
    pub(crate) tenant: &'static str,
}

/// What stands for a table of sessions.
const KEYS: [(&[u8], &str); 2] = [(b"Bearer ada", "acme"), (b"Bearer bob", "globex")];

impl<S: Sync> FromRequestParts<S> for Member {
    type Rejection = Response;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Member, Response> {
        let key = parts.headers.get(AUTHORIZATION).map(HeaderValue::as_bytes);
        match KEYS.iter().find(|(known, _)| Some(*known) == key) {
            Some(&(_, tenant)) => Ok(Member { tenant }),
            None => Err((StatusCode::UNAUTHORIZED, [(WWW_AUTHENTICATE, "Bearer")]).into_response()),
        }
    }
}
