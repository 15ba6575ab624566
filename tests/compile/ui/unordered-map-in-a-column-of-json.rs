use std::collections::HashMap;

use etag_runtime::ETag;

/// Of another crate.
#[derive(serde::Serialize)]
struct Json<T>(T);

#[derive(serde::Serialize, ETag)]
struct Article(#[etag(version)] i64, Json<HashMap<String, String>>);

fn main() {
    let _ = Article(1, Json(HashMap::new())).etag();
}
