//! A `412` that says what has changed.

use axum::Router;
use http::StatusCode;
use recipes_client::{Answer, Ask};
use recipes_sqlx::report::{SCHEMA, router};
use serde_json::json;
use sqlx::PgPool;

use crate::database::{postgres, run, running};

const ARTICLE: &str = "/articles/1";
const THEIRS: &str = "UPDATE articles SET title = 'Theirs', reviewer = 'Grace', version = version + 1";

async fn app() -> (Router, PgPool, String) {
    let pool = postgres(SCHEMA).await;
    run(&pool, "INSERT INTO articles VALUES (1, 'One', 'Body', 'Ada')").await;
    let app = router(pool.clone());
    let seen = Ask::get(ARTICLE).of(&app).await.tag();
    (app, pool, seen)
}

/// What the report names, if it shows nothing that is withheld.
#[track_caller]
fn changed(answer: &Answer) -> serde_json::Value {
    answer.refused(StatusCode::PRECONDITION_FAILED, "stale");
    let text = String::from_utf8_lossy(&answer.body);
    assert!(["reviewer", "Ada", "Grace"].iter().all(|word| !text.contains(word)), "{text}");
    answer.json()["differences"].clone()
}

#[tokio::test]
async fn a_late_client_learns_what_differs_from_what_it_has_sent() {
    let (app, pool, seen) = app().await;
    run(&pool, THEIRS).await;
    let patch = |patch| Ask::patch(ARTICLE).if_match(&seen).json(&patch);
    let late = patch(json!({ "title": "Mine", "body": "Body" })).of(&app).await;
    assert_eq!(changed(&late), json!({ "title": "Theirs" }));
    assert_eq!(late.tag(), Ask::get(ARTICLE).of(&app).await.tag());
    // What it has not sent is what it may not know.
    let late = patch(json!({ "title": "Mine" })).of(&app).await;
    assert_eq!(changed(&late), json!({ "title": "Theirs", "body": "Body" }));
    let late = patch(json!({ "title": "Theirs", "body": "Body" })).of(&app).await;
    assert_eq!(changed(&late), json!({}));
}

#[tokio::test]
async fn so_does_one_that_is_overtaken() {
    let (app, pool, seen) = app().await;
    let mine = json!({ "title": "Mine", "body": "Body" });
    let lost = Ask::patch(ARTICLE).if_match(&seen).json_after(running(&pool, THEIRS), &mine).of(&app).await;
    assert_eq!(changed(&lost), json!({ "title": "Theirs" }));
    let merged = Ask::patch(ARTICLE).if_match(&lost.tag()).json(&json!({ "body": "Mine" })).of(&app).await;
    assert_eq!(merged.is(StatusCode::OK).json(), json!({ "id": 1, "title": "Theirs", "body": "Mine", "version": 3 }));
}

#[tokio::test]
async fn there_is_nothing_to_report_of_what_is_gone() {
    let (app, pool, seen) = app().await;
    let mine = json!({ "title": "Mine" });
    let gone = running(&pool, "DELETE FROM articles");
    let lost = Ask::patch(ARTICLE).if_match(&seen).json_after(gone, &mine).of(&app).await;
    lost.refused(StatusCode::NOT_FOUND, "not-found");
    assert_eq!(lost.json().get("differences"), None);
}
