//! From a response to the next request: the `ETag` of what was read or written is what the next write sends in `If-Match`.

use utoipa::Modify;
use utoipa::openapi::OpenApi;
use utoipa::openapi::link::{Link, LinkBuilder};

use super::adjust::responses;

/// Links from every response that shows an article, and its tag, to what can be done with it.
pub(super) struct Links;

/// The operations, and what they do.
const NEXT: [(&str, &str); 3] = [
    ("replace_article", "Replaces the version that this response shows."),
    ("patch_article", "Changes the version that this response shows."),
    ("delete_article", "Deletes the version that this response shows."),
];

impl Modify for Links {
    fn modify(&self, api: &mut OpenApi) {
        for item in api.paths.paths.values_mut() {
            for operation in [&mut item.get, &mut item.put, &mut item.post, &mut item.patch].into_iter().flatten() {
                let id = operation.operation_id.clone().unwrap_or_default();
                // The only ones whose tag is that of a single article.
                if !id.ends_with("_article") {
                    continue;
                }
                for response in
                    responses(operation).filter(|response| response.content.contains_key("application/json"))
                {
                    response.links.extend(NEXT.map(|(id, description)| (id.to_owned(), link(id, description).into())));
                }
            }
        }
    }
}

fn link(operation: &str, description: &str) -> Link {
    LinkBuilder::new()
        .operation_id(operation)
        .description(description)
        .parameter("path.id", "$response.body#/id")
        .parameter("header.If-Match", "$response.header.ETag")
        .build()
}
