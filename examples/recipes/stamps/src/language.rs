//! Which of the representations does the client want?

use std::convert::Infallible;

use axum::extract::FromRequestParts;
use axum::http::header::ACCEPT_LANGUAGE;
use axum::http::request::Parts;
use etag_runtime::{ETag, Stamped};
use serde::{Deserialize, Serialize};

/// The language of a representation.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, sqlx::Type, ETag)]
#[serde(rename_all = "lowercase")]
#[sqlx(rename_all = "lowercase")]
#[etag(content)]
#[expect(clippy::exhaustive_enums, reason = "the tables have a column for each")]
pub enum Language {
    /// English.
    En,
    /// German.
    De,
}

impl Language {
    /// Its tag, as the variant of a key.
    #[must_use]
    pub const fn tag(self) -> &'static str {
        match self {
            Language::En => "en",
            Language::De => "de",
        }
    }
}

/// A language is all there is to know of it.
impl Stamped for Language {
    type Stamp = Language;

    fn stamp(&self) -> Language {
        *self
    }
}

/// The first that is asked for, if there is such a one, or else English. An application weighs all of them.
impl<S: Sync> FromRequestParts<S> for Language {
    type Rejection = Infallible;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Language, Infallible> {
        let first = parts.headers.get(ACCEPT_LANGUAGE).map(|line| line.as_bytes().to_ascii_lowercase());
        Ok(if first.is_some_and(|line| line.starts_with(b"de")) { Language::De } else { Language::En })
    }
}
