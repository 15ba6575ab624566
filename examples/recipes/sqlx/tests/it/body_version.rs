//! The body says one version, and `If-Match` another.

use http::StatusCode;
use recipes_client::Ask;
use recipes_sqlx::body_version::{SCHEMA, router};
use serde_json::json;

use crate::database::{postgres, run};

#[tokio::test]
async fn the_field_wins() {
    let pool = postgres(SCHEMA).await;
    run(&pool, "INSERT INTO articles VALUES (1, 'One', 1)").await;
    let app = router(pool.clone());
    let path = "/articles/1";
    let first = Ask::get(path).of(&app).await;
    run(&pool, "UPDATE articles SET title = 'Theirs', version = 2").await;
    let second = Ask::get(path).of(&app).await;

    // What is current in the body does not help who names an old version,
    let late = Ask::put(path).if_match(&first.tag()).json(&second.json()).of(&app).await;
    late.refused(StatusCode::PRECONDITION_FAILED, "stale");
    Ask::put(path).json(&second.json()).of(&app).await.refused(StatusCode::PRECONDITION_REQUIRED, "required");

    // and what is old in the body does not harm who names the current one, nor is it stored.
    let put = Ask::put(path).if_match(&second.tag()).json(&first.json()).of(&app).await.is(StatusCode::OK);
    assert_eq!(put.json(), json!({ "id": 1, "title": "One", "version": 3 }));
    assert_eq!(Ask::get(path).of(&app).await.tag(), put.tag());
    let put =
        Ask::put(path).if_match(&put.tag()).json(&json!({ "id": 7, "title": "Two", "version": -7 })).of(&app).await;
    assert_eq!(put.is(StatusCode::OK).json(), json!({ "id": 1, "title": "Two", "version": 4 }));
}
