//! From fields to a decision.

use std::hint::black_box;

use etag_runtime::{Current, ETag, EntityTag, Preconditions, Validators};
use headers::{HeaderMapExt, IfNoneMatch};
use http::header::IF_NONE_MATCH;
use http::{HeaderMap, HeaderValue, Method};

use crate::harness::{compare, contender};

#[derive(ETag)]
struct Versioned {
    #[etag(version)]
    version: i64,
}

/// A request whose `If-None-Match` lists as many tags, the last of which matches.
fn request(count: i64) -> HeaderMap {
    let tags: Vec<String> = (1..=count).map(|version| Versioned { version }.etag().to_string()).collect();
    let mut headers = HeaderMap::new();
    headers.insert(IF_NONE_MATCH, HeaderValue::from_str(&tags.join(", ")).expect("entity tags are a field value"));
    headers
}

pub(crate) fn run() {
    for count in [1, 10, 100] {
        let headers = request(count);
        let preconditions = Preconditions::new(&Method::GET, &headers);
        let validators = Validators::new().with_entity_tag(Versioned { version: count }.etag());
        let other = Validators::new().with_entity_tag(EntityTag::strong("other"));
        let theirs: Option<headers::ETag> = Versioned { version: count }.etag().to_string().parse().ok();
        compare(
            &format!("If-None-Match with {count} tags"),
            vec![
                contender("evaluate, the last one matches", || {
                    black_box(&preconditions).evaluate(Current::Present(black_box(&validators)))
                }),
                contender("evaluate, none matches", || {
                    black_box(&preconditions).evaluate(Current::Present(black_box(&other)))
                }),
                contender("new and evaluate, the last one matches", || {
                    Preconditions::new(&Method::GET, black_box(&headers))
                        .evaluate(Current::Present(black_box(&validators)))
                }),
                contender("headers: typed_get and precondition_passes", || {
                    let field: Option<IfNoneMatch> = black_box(&headers).typed_get();
                    field.zip(theirs.as_ref()).map(|(field, tag)| field.precondition_passes(black_box(tag)))
                }),
            ],
        );
    }
}
