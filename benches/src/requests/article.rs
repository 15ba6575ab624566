//! What the handlers serve, as if it came from a database.

use std::borrow::Cow;
use std::hint::black_box;

use etag_runtime::ETag;
use serde::{Deserialize, Serialize};

#[derive(Serialize, ETag)]
pub(crate) struct Article {
    pub(super) id: u64,
    pub(super) title: Cow<'static, str>,
    pub(super) text: Cow<'static, str>,
    #[etag(version)]
    pub(crate) version: u64,
}

/// What a client sends.
#[derive(Deserialize)]
pub(crate) struct Edit {
    title: String,
    text: String,
}

/// The article with this id has a text of two kilobytes.
pub(crate) const LONG: u64 = 1;
/// The same without a text, so that its JSON is as short as it can be.
pub(crate) const SHORT: u64 = 2;

const TITLE: &str = "On conditional requests";
const SENTENCE: &str = "An edit that took its author half an hour. ";
const TEXT: &str = {
    const OCTETS: [u8; 46 * SENTENCE.len()] = {
        let mut octets = [0; 46 * SENTENCE.len()];
        let mut at = 0;
        while at < octets.len() {
            octets[at] = SENTENCE.as_bytes()[at % SENTENCE.len()];
            at += 1;
        }
        octets
    };
    match str::from_utf8(&OCTETS) {
        Ok(text) => text,
        Err(_) => "",
    }
};

impl Article {
    /// `SELECT …`, without an allocation, so that nothing hides what the answer costs.
    pub(crate) fn load(id: u64) -> Article {
        let text = if id == SHORT { "" } else { TEXT };
        black_box(Article { id, title: TITLE.into(), text: text.into(), version: 1_234_567 + id })
    }

    /// `UPDATE … WHERE version = … RETURNING *`
    pub(crate) fn save(self, edit: Edit) -> Article {
        black_box(Article { id: self.id, title: edit.title.into(), text: edit.text.into(), version: self.version + 1 })
    }
}

/// The JSON of an [`Edit`] of two kilobytes.
pub(crate) fn edit() -> String {
    format!(r#"{{"title":"{TITLE}","text":"{TEXT}"}}"#)
}
