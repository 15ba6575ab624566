//! Rows below the one that a writer has seen.

use axum::Router;
use http::StatusCode;
use recipes_client::Ask;
use recipes_sqlx::children::{SCHEMA, router};
use serde_json::json;
use sqlx::PgPool;

use crate::database::{postgres, run, running};

const ORDER: &str = "/orders/1";

async fn app() -> (Router, PgPool, String) {
    let pool = postgres(SCHEMA).await;
    run(&pool, "INSERT INTO orders VALUES (1); INSERT INTO lines VALUES (1, 'nut', 3)").await;
    let app = router(pool.clone());
    let seen = Ask::get(ORDER).of(&app).await.tag();
    (app, pool, seen)
}

fn patch(tag: &str) -> Ask {
    Ask::patch(ORDER).if_match(tag)
}

#[tokio::test]
async fn a_line_moves_its_order() {
    let (app, _, seen) = app().await;
    let bolt = patch(&seen).json(&json!({ "sku": "bolt", "quantity": 5 })).of(&app).await.is(StatusCode::OK);
    let nut = patch(&bolt.tag()).json(&json!({ "sku": "nut", "quantity": 4 })).of(&app).await.is(StatusCode::OK);
    let lines = json!([{ "sku": "bolt", "quantity": 5 }, { "sku": "nut", "quantity": 4 }]);
    assert_eq!(nut.json(), json!({ "id": 1, "version": 3, "lines": lines }));
    let get = Ask::get(ORDER).if_none_match(&bolt.tag()).of(&app).await.is(StatusCode::OK);
    assert_eq!((get.tag(), get.json()), (nut.tag(), nut.json()));
    let late = patch(&bolt.tag()).json(&json!({ "sku": "gear", "quantity": 1 })).of(&app).await;
    late.refused(StatusCode::PRECONDITION_FAILED, "stale");
}

#[tokio::test]
async fn a_line_that_comes_between_the_check_and_the_write_is_a_lost_race() {
    let (app, pool, seen) = app().await;
    let theirs = patch(&seen).json(&json!({ "sku": "bolt", "quantity": 5 }));
    let other = router(pool.clone());
    let faster = async move { theirs.of(&other).await.expect(StatusCode::OK) };
    let lost = patch(&seen).json_after(faster, &json!({ "sku": "nut", "quantity": 9 })).of(&app).await;
    lost.refused(StatusCode::PRECONDITION_FAILED, "stale");
    let get = Ask::get(ORDER).of(&app).await;
    assert_eq!(get.tag(), lost.tag());
    assert_eq!(get.json()["lines"], json!([{ "sku": "bolt", "quantity": 5 }, { "sku": "nut", "quantity": 3 }]));
}

#[tokio::test]
async fn nothing_is_added_to_what_is_gone() {
    let (app, pool, seen) = app().await;
    let gone = running(&pool, "DELETE FROM lines; DELETE FROM orders");
    let lost = patch(&seen).json_after(gone, &json!({ "sku": "nut", "quantity": 9 })).of(&app).await;
    lost.refused(StatusCode::NOT_FOUND, "not-found");
}
