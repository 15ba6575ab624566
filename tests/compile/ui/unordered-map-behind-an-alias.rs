use etag_runtime::ETag;

type Labels = Option<std::collections::HashMap<String, bool>>;

#[derive(serde::Serialize, ETag)]
#[etag(content)]
struct Article {
    title: String,
    labels: Labels,
}

fn main() {}
