//! [`Versioned`]: a value, and which version of it that is.

use std::ops::Deref;

use http::header::{ETAG, LAST_MODIFIED};
use http::{HeaderMap, HeaderValue};
use reqwest::Url;

use crate::EntityTag;

/// A value as a server has shown it, with its validators.
///
/// It is read like the value itself.
#[derive(Debug, Clone)]
pub struct Versioned<T> {
    value: T,
    url: Url,
    entity_tag: Option<EntityTag>,
    last_modified: Option<HeaderValue>,
}

impl<T> Versioned<T> {
    pub(super) fn new(value: T, url: Url, headers: &HeaderMap) -> Versioned<T> {
        // Two tags, or one that cannot be read, name nothing.
        let mut tags = headers.get_all(ETAG).iter();
        let entity_tag = match (tags.next(), tags.next()) {
            (Some(tag), None) => EntityTag::parse(tag.as_bytes()).ok(),
            _ => None,
        };
        Versioned { value, url, entity_tag, last_modified: headers.get(LAST_MODIFIED).cloned() }
    }

    /// Where it was found, after redirects.
    #[must_use]
    pub fn url(&self) -> &Url {
        &self.url
    }

    /// Its entity tag, if the server has sent one.
    #[must_use]
    pub fn entity_tag(&self) -> Option<&EntityTag> {
        self.entity_tag.as_ref()
    }

    /// The value alone.
    #[must_use]
    pub fn into_inner(self) -> T {
        self.value
    }

    /// The value of `Last-Modified`, as it was sent.
    pub(super) fn last_modified(&self) -> Option<&HeaderValue> {
        self.last_modified.as_ref()
    }

    /// What `If-Match` can name: only a strong tag matches there (RFC 9110 § 13.1.1).
    pub(super) fn strong_tag(&self) -> Option<&EntityTag> {
        self.entity_tag.as_ref().filter(|tag| !tag.is_weak())
    }

    /// Takes over what a `304` says of the validators (RFC 9111 § 3.2).
    pub(super) fn update(&mut self, headers: &HeaderMap) {
        if let Some(date) = headers.get(LAST_MODIFIED) {
            self.last_modified = Some(date.clone());
        }
    }
}

impl<T> Deref for Versioned<T> {
    type Target = T;

    fn deref(&self) -> &T {
        &self.value
    }
}
