//! A request comes twice.

use axum::Router;
use http::StatusCode;
use recipes_client::Ask;
use recipes_sqlx::repeated::{SCHEMA, router};
use serde_json::json;
use sqlx::PgPool;

use crate::database::{number, postgres, run, running};

const ARTICLE: &str = "/articles/1";

async fn app() -> (Router, PgPool, String) {
    let pool = postgres(SCHEMA).await;
    run(&pool, "INSERT INTO articles (id, title) VALUES (1, 'One')").await;
    let app = router(pool.clone());
    let seen = Ask::get(ARTICLE).of(&app).await.tag();
    (app, pool, seen)
}

#[tokio::test]
async fn a_put_that_is_repeated_has_the_same_answer() {
    let (app, pool, seen) = app().await;
    let put = || Ask::put(ARTICLE).if_match(&seen).json(&json!({ "title": "Two" }));
    let first = put().of(&app).await.is(StatusCode::OK);
    let second = put().of(&app).await.is(StatusCode::OK);
    assert_eq!((second.tag(), second.json()), (first.tag(), first.json()));
    assert_eq!(number(&pool, "SELECT version FROM articles").await, 2, "written once");
}

/// The first of the two is done after the second one was checked.
#[tokio::test]
async fn also_if_both_are_under_way() {
    let (app, pool, seen) = app().await;
    let first = running(&pool, "UPDATE articles SET title = 'Two', version = version + 1");
    let put = Ask::put(ARTICLE).if_match(&seen).json_after(first, &json!({ "title": "Two" })).of(&app).await;
    assert_eq!(put.is(StatusCode::OK).json()["version"], 2);
}

#[tokio::test]
async fn another_put_is_no_repetition() {
    let (app, pool, seen) = app().await;
    Ask::put(ARTICLE).if_match(&seen).json(&json!({ "title": "Two" })).of(&app).await.expect(StatusCode::OK);
    let other = Ask::put(ARTICLE).if_match(&seen).json(&json!({ "title": "Three" })).of(&app).await;
    other.refused(StatusCode::PRECONDITION_FAILED, "stale");
    let faster = running(&pool, "UPDATE articles SET title = 'Theirs', version = version + 1");
    let seen = other.tag();
    let lost = Ask::put(ARTICLE).if_match(&seen).json_after(faster, &json!({ "title": "Three" })).of(&app).await;
    lost.refused(StatusCode::PRECONDITION_FAILED, "stale");
    let two = json!({ "title": "Theirs" });
    Ask::put(ARTICLE).json(&two).of(&app).await.refused(StatusCode::PRECONDITION_REQUIRED, "required");
}

#[tokio::test]
async fn a_delete_that_is_repeated_deletes_nothing_else() {
    let (app, pool, seen) = app().await;
    let delete = || Ask::delete(ARTICLE).if_match(&seen);
    delete().of(&app).await.expect(StatusCode::NO_CONTENT);
    delete().of(&app).await.refused(StatusCode::NOT_FOUND, "not-found");
    run(&pool, "INSERT INTO articles (id, title) VALUES (1, 'One')").await;
    delete().of(&app).await.refused(StatusCode::PRECONDITION_FAILED, "stale");
    assert_eq!(number(&pool, "SELECT count(*) FROM articles").await, 1);
}
