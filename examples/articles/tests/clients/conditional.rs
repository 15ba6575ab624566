//! What `etag_runtime::testing` finds in the server itself, over real connections: the recorder is a router.

use etag_runtime::testing::{Endpoint, assert_conditional};
use http::{HeaderValue, Method};

use crate::front::{Front, Subject};

#[tokio::test]
async fn whatever_can_be_read_is_revalidated() {
    let front = Front::start(Subject::Author).await;
    front.is_settled().await;
    for path in ["/api/articles", "/api/articles?per_page=1", "/openapi.json", "/reference", "/", "/page/main.js"] {
        assert_conditional(&front.recorder.router, path).await;
    }
}

#[tokio::test]
async fn an_article_is_changed_only_by_who_has_seen_it() {
    let front = Front::start(Subject::Article).await;
    let document = front.subject.document("Mine").to_string();
    let merge_patch = HeaderValue::from_static("application/merge-patch+json");
    Endpoint::new(&front.recorder.router, front.subject.path())
        .refuses(Method::PUT, document.clone())
        .refuses(Method::PATCH, document.clone())
        .refuses_content(Method::PATCH, merge_patch, document)
        .refuses(Method::DELETE, "")
        .assert()
        .await;
}

/// It has a date as well.
#[tokio::test]
async fn an_author_is_renamed_only_by_who_has_seen_it() {
    let front = Front::start(Subject::Author).await;
    front.is_settled().await;
    Endpoint::new(&front.recorder.router, front.subject.path())
        .refuses(Method::PUT, front.subject.document("Mine").to_string())
        .assert()
        .await;
}
