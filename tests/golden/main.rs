//! The golden vectors through the public interface: `vectors.json` says what an entity consists of, and which tag it
//! has. `check.py` checks the same file with an implementation that was written from the documentation.

#![expect(clippy::unwrap_used, reason = "a file that cannot be read is a failed test")]

mod codings;
mod content;
mod entity;
mod response;
mod variants;

use etag_runtime::EntityTag;
use serde::Deserialize;

use crate::entity::Part;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    format: u8,
    vectors: Vec<Vector>,
}

/// The streams are there for whoever debugs an implementation; the tag shows whether they are right.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Vector {
    name: String,
    schema: String,
    weak: bool,
    parts: Vec<Part>,
    #[serde(default)]
    reversible: bool,
    /// In place of the parts: a tag from elsewhere.
    opaque: Option<String>,
    /// In place of the parts: the field lines and the content of a response.
    response: Option<(Vec<(String, String)>, String)>,
    #[serde(default)]
    variants: Vec<(String, String)>,
    #[serde(default)]
    codings: Vec<String>,
    #[serde(rename = "state_stream")]
    _state_stream: Option<String>,
    #[serde(rename = "representation_stream")]
    _representation_stream: Option<String>,
    tag: String,
}

#[test]
fn every_vector_has_its_tag() {
    let file: File = serde_json::from_str(include_str!("vectors.json")).unwrap();
    assert_eq!(file.format, 1);
    assert!(file.vectors.len() > 300, "only {} vectors", file.vectors.len());
    for vector in &file.vectors {
        let schema = u64::from_str_radix(&vector.schema, 16).unwrap();
        let own = match (&vector.opaque, &vector.response) {
            (_, Some((fields, content))) => response::tag(fields, content),
            (Some(opaque), None) if vector.weak => EntityTag::weak(opaque),
            (Some(opaque), None) => EntityTag::strong(opaque),
            (None, None) => entity::tag(&vector.parts, schema, vector.weak, vector.reversible),
        };
        let tag = codings::tag(variants::tag(own, &vector.variants), &vector.codings);
        assert_eq!(tag, vector.tag, "{}", vector.name);
    }
}
