//! The author of an article changes while the article is written.

use axum::Router;
use http::StatusCode;
use recipes_client::{Answer, Ask};
use recipes_sqlx::related::{SCHEMA, router};
use serde_json::json;
use sqlx::{PgPool, raw_sql};

use crate::database::{number, postgres, run, running, until_one_waits};

const ARTICLE: &str = "/articles/1";
const MARRIES: &str = "UPDATE authors SET name = 'Ada Lovelace', version = version + 1 WHERE id = 1";

async fn app() -> (Router, PgPool, String) {
    let pool = postgres(SCHEMA).await;
    run(&pool, "INSERT INTO authors VALUES (1, 'Ada'), (2, 'Ada'); INSERT INTO articles VALUES (1, 1, 'One')").await;
    let app = router(pool.clone());
    let seen = Ask::get(ARTICLE).of(&app).await.tag();
    (app, pool, seen)
}

fn mine(seen: &str) -> Ask {
    Ask::put(ARTICLE).if_match(seen).json(&json!({ "title": "Mine" }))
}

#[tokio::test]
async fn both_versions_are_in_the_tag() {
    let (app, pool, seen) = app().await;
    let put = mine(&seen).of(&app).await.is(StatusCode::OK);
    let author = json!({ "id": 1, "name": "Ada", "version": 1 });
    assert_eq!(put.json(), json!({ "id": 1, "title": "Mine", "version": 2, "author": author }));
    assert_eq!(Ask::get(ARTICLE).of(&app).await.tag(), put.tag());
    for change in [MARRIES, "UPDATE articles SET author_id = 2"] {
        let seen = Ask::get(ARTICLE).of(&app).await.tag();
        run(&pool, change).await;
        mine(&seen).of(&app).await.refused(StatusCode::PRECONDITION_FAILED, "stale");
    }
}

#[tokio::test]
async fn the_author_changes_between_the_check_and_the_write() {
    // Also if it is another author of the same version, by someone who has forgotten to move that of the article.
    for change in [MARRIES, "UPDATE articles SET author_id = 2"] {
        let (app, pool, seen) = app().await;
        let faster = running(&pool, change);
        let lost = Ask::put(ARTICLE).if_match(&seen).json_after(faster, &json!({ "title": "Mine" })).of(&app).await;
        lost.refused(StatusCode::PRECONDITION_FAILED, "stale");
        assert_eq!(Ask::get(ARTICLE).of(&app).await.tag(), lost.tag());
        assert_eq!(number(&pool, "SELECT version FROM articles").await, 1, "{change}");
    }
}

/// A write that waits while `first` is under way, during which `then` happens.
async fn waiting(first: &'static str, then: &'static str, end: &'static str) -> (Router, Answer) {
    let (app, pool, seen) = app().await;
    let mut other = pool.acquire().await.unwrap();
    raw_sql("BEGIN").execute(&mut *other).await.unwrap();
    raw_sql(first).execute(&mut *other).await.unwrap();
    let asked = app.clone();
    let put = tokio::spawn(async move { mine(&seen).of(&asked).await });
    until_one_waits(&pool).await;
    raw_sql(then).execute(&mut *other).await.unwrap();
    raw_sql(end).execute(&mut *other).await.unwrap();
    (app, put.await.unwrap())
}

/// Without a lock on the author, the write would not wait, and go through.
#[tokio::test]
async fn the_author_is_changing_when_the_article_is_written() {
    let (app, lost) = waiting(MARRIES, "SELECT 1", "COMMIT").await;
    lost.refused(StatusCode::PRECONDITION_FAILED, "stale");
    assert_eq!(Ask::get(ARTICLE).of(&app).await.tag(), lost.tag());
    let (_, kept) = waiting(MARRIES, "SELECT 1", "ROLLBACK").await;
    kept.expect(StatusCode::OK);
}

/// The write has the author and waits for the article; the other one has the article, and wants the author. PostgreSQL ends
/// that by giving up one of them.
#[tokio::test]
async fn whoever_locks_in_the_other_order_is_given_up_or_waited_for() {
    let (app, pool, seen) = app().await;
    let mut other = pool.acquire().await.unwrap();
    raw_sql("BEGIN; UPDATE articles SET title = 'Theirs', version = version + 1").execute(&mut *other).await.unwrap();
    let asked = app.clone();
    let put = tokio::spawn(async move { mine(&seen).of(&asked).await });
    until_one_waits(&pool).await;
    let theirs = raw_sql(MARRIES).execute(&mut *other).await;
    let end = if theirs.is_ok() { "COMMIT" } else { "ROLLBACK" };
    raw_sql(end).execute(&mut *other).await.unwrap();
    let answer = put.await.unwrap();
    let title = Ask::get(ARTICLE).of(&app).await.json()["title"].clone();
    if theirs.is_ok() {
        answer.refused(StatusCode::PRECONDITION_FAILED, "stale");
        assert_eq!(title, "Theirs");
    } else {
        answer.expect(StatusCode::OK);
        assert_eq!(title, "Mine");
    }
}
