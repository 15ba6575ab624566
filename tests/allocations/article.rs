//! What the handlers serve.

use std::hint::black_box;

use etag_runtime::ETag;
use serde::{Deserialize, Serialize};

#[derive(Debug, Serialize, ETag)]
pub(crate) struct Article {
    title: String,
    text: String,
    #[etag(version)]
    pub(crate) version: u64,
}

/// What a client sends.
#[derive(Debug, Deserialize)]
pub(crate) struct Edit {
    title: String,
    text: String,
}

impl Article {
    /// As if it came from a database.
    pub(crate) fn load() -> Article {
        Article { title: "Conditional requests".into(), text: "Who was first?".into(), version: black_box(1_234_567) }
    }

    /// `UPDATE … WHERE version = … RETURNING *`
    pub(crate) fn save(expected: u64, edit: Edit) -> Article {
        Article { title: edit.title, text: edit.text, version: black_box(expected) + 1 }
    }
}

/// Two kilobytes of JSON.
pub(crate) fn edit() -> &'static [u8] {
    let text = "An edit that took its author half an hour. ".repeat(46);
    let json = serde_json::json!({ "title": "Conditional requests", "text": text }).to_string();
    assert_eq!(json.len() / 1000, 2);
    json.leak().as_bytes()
}
