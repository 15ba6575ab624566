#![allow(non_camel_case_types)]

use etag_runtime::ETag;

#[derive(serde::Serialize, ETag)]
struct r#type<r#where: Send> {
    #[etag(version)]
    r#version: i64,
    #[etag(content)]
    r#match: r#where,
    r#fn: Vec<r#where>,
}

fn main() {
    let value = r#type { r#version: 1, r#match: 2, r#fn: vec![] };
    let other = r#type { r#version: 1, r#match: 3, r#fn: vec![] };
    assert_ne!(value.etag(), other.etag());
}
