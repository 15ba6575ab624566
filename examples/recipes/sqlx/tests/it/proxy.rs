//! A tag comes back weakened.

use axum::{Extension, Router};
use etag_runtime::Policy;
use http::StatusCode;
use recipes_client::Ask;
use recipes_sqlx::{proxy, replace, unread};
use serde_json::json;

use crate::database::{postgres, run, running};

const ARTICLE: &str = "/articles/1";
const ARTICLES: &str = "INSERT INTO articles (id, title) VALUES (1, 'One')";

fn weakened(tag: &str) -> String {
    format!("W/{tag}")
}

fn put(tag: &str) -> Ask {
    Ask::put(ARTICLE).if_match(tag).json(&json!({ "title": "Mine" }))
}

async fn is_trusted(app: &Router) {
    let seen = Ask::get(ARTICLE).of(app).await.tag();
    let saved = put(&weakened(&seen)).of(app).await.is(StatusCode::OK);
    for late in [seen.clone(), weakened(&seen)] {
        put(&late).of(app).await.refused(StatusCode::PRECONDITION_FAILED, "stale");
    }
    put(&saved.tag()).of(app).await.expect(StatusCode::OK);
}

#[tokio::test]
async fn whoever_trusts_the_proxy_compares_the_state() {
    let pool = postgres(proxy::SCHEMA).await;
    run(&pool, ARTICLES).await;
    let app = proxy::router(pool.clone());
    is_trusted(&app).await;
    // The statement still compares.
    let seen = weakened(&Ask::get(ARTICLE).of(&app).await.tag());
    let faster = running(&pool, "UPDATE articles SET title = 'Theirs', version = version + 1");
    let lost = Ask::put(ARTICLE).if_match(&seen).json_after(faster, &json!({ "title": "Mine" })).of(&app).await;
    lost.refused(StatusCode::PRECONDITION_FAILED, "stale");
    assert_eq!(Ask::get(ARTICLE).of(&app).await.json()["title"], "Theirs");
}

#[tokio::test]
async fn others_refuse_unless_the_router_trusts_it() {
    for (schema, router) in
        [(replace::SCHEMA, replace::router as fn(sqlx::PgPool) -> Router), (unread::SCHEMA, unread::router)]
    {
        let pool = postgres(schema).await;
        run(&pool, ARTICLES).await;
        let app = router(pool);
        let seen = Ask::get(ARTICLE).of(&app).await.tag();
        put(&weakened(&seen)).of(&app).await.refused(StatusCode::PRECONDITION_FAILED, "weak");
        is_trusted(&app.layer(Extension(Policy::OPTIONAL.accept_weakened()))).await;
    }
}
