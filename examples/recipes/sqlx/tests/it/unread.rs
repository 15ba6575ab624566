//! One statement instead of two.

use axum::Router;
use http::StatusCode;
use recipes_client::Ask;
use recipes_sqlx::{replace, unread};
use serde_json::json;
use sqlx::PgPool;

use crate::database::{postgres, postgres_of, run, running};
use crate::statements::Counted;

const ARTICLE: &str = "/articles/1";

async fn app() -> (Router, PgPool) {
    let pool = postgres(unread::SCHEMA).await;
    run(&pool, "INSERT INTO articles (id, title) VALUES (1, 'One')").await;
    (unread::router(pool.clone()), pool)
}

/// The statements of a `GET`, of a `PUT`, and of one that comes too late.
async fn costs(schema: &'static str, router: fn(PgPool) -> Router) -> [Vec<String>; 3] {
    let pool = postgres_of(1).await;
    run(&pool, schema).await;
    run(&pool, "INSERT INTO articles (id, title) VALUES (1, 'One')").await;
    let (app, counted) = (router(pool.clone()), Counted::new(&pool).await);
    counted.statements().await;
    let seen = Ask::get(ARTICLE).of(&app).await.tag();
    let get = counted.statements().await;
    let put = || Ask::put(ARTICLE).if_match(&seen).json(&json!({ "title": "Two" }));
    put().of(&app).await.expect(StatusCode::OK);
    let success = counted.statements().await;
    put().of(&app).await.refused(StatusCode::PRECONDITION_FAILED, "stale");
    [get, success, counted.statements().await]
}

#[tokio::test]
async fn a_success_is_one_statement_and_a_refusal_is_two() {
    let costs = costs(unread::SCHEMA, unread::router).await;
    assert_eq!(costs, [vec!["SELECT"], vec!["UPDATE"], vec!["UPDATE", "SELECT"]]);
}

#[tokio::test]
async fn elsewhere_it_is_two_and_one() {
    let costs = costs(replace::SCHEMA, replace::router).await;
    assert_eq!(costs, [vec!["SELECT"], vec!["SELECT", "UPDATE"], vec!["SELECT"]]);
}

#[tokio::test]
async fn the_statement_compares_what_the_client_names() {
    let (app, pool) = app().await;
    let seen = Ask::get(ARTICLE).of(&app).await.tag();
    let put = |tag: &str| Ask::put(ARTICLE).if_match(tag).json(&json!({ "title": "Two" }));
    for none in ["\"other\"", "\"9\"", "\"01.x\"", "\"999999999999999999999.x\"", "W/\"1.x\""] {
        let refused = put(none).of(&app).await;
        refused.expect(StatusCode::PRECONDITION_FAILED);
        assert_eq!(refused.tag(), seen, "{none}");
    }
    // One of several will do, and the old one will not once more.
    let saved = put(&format!("\"7.x\", {seen}")).of(&app).await.is(StatusCode::OK);
    assert_eq!(Ask::get(ARTICLE).of(&app).await.tag(), saved.tag());
    put(&seen).of(&app).await.refused(StatusCode::PRECONDITION_FAILED, "stale");
    let faster = running(&pool, "UPDATE articles SET title = 'Theirs', version = nextval('versions')");
    let lost = Ask::put(ARTICLE).if_match(&saved.tag()).json_after(faster, &json!({ "title": "Mine" })).of(&app).await;
    lost.refused(StatusCode::PRECONDITION_FAILED, "stale");
    let get = Ask::get(ARTICLE).of(&app).await;
    assert_eq!((get.tag(), get.json()["title"].clone()), (lost.tag(), "Theirs".into()));
}

#[tokio::test]
async fn a_version_never_comes_back() {
    let (app, pool) = app().await;
    let seen = Ask::get(ARTICLE).of(&app).await.tag();
    Ask::delete(ARTICLE).if_match("*").of(&app).await.refused(StatusCode::PRECONDITION_REQUIRED, "required");
    Ask::delete(ARTICLE).if_match(&seen).of(&app).await.expect(StatusCode::NO_CONTENT);
    Ask::delete(ARTICLE).if_match(&seen).of(&app).await.refused(StatusCode::NOT_FOUND, "not-found");
    let put = Ask::put(ARTICLE).if_match(&seen).json(&json!({ "title": "Late" })).of(&app).await;
    put.refused(StatusCode::NOT_FOUND, "not-found");
    run(&pool, "INSERT INTO articles (id, title) VALUES (1, 'One')").await;
    let late = Ask::delete(ARTICLE).if_match(&seen).of(&app).await;
    late.refused(StatusCode::PRECONDITION_FAILED, "stale");
    assert_eq!(Ask::get(ARTICLE).of(&app).await.is(StatusCode::OK).tag(), late.tag());
}
