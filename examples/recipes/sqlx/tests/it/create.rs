//! `INSERT … ON CONFLICT DO NOTHING`.

use axum::Router;
use http::StatusCode;
use recipes_client::Ask;
use recipes_sqlx::create::{SCHEMA, router};
use serde_json::json;
use sqlx::PgPool;

use crate::database::{postgres, running};

const PAGE: &str = "/pages/home";

async fn app() -> (Router, PgPool) {
    let pool = postgres(SCHEMA).await;
    (router(pool.clone()), pool)
}

#[tokio::test]
async fn what_is_created_can_be_replaced() {
    let (app, _) = app().await;
    let created = Ask::put(PAGE).if_none_match("*").json(&json!({ "title": "One" })).of(&app).await;
    let created = created.is(StatusCode::CREATED).tag();
    assert_eq!(Ask::get(PAGE).of(&app).await.tag(), created);
    let again = Ask::put(PAGE).if_none_match("*").json(&json!({ "title": "Two" })).of(&app).await;
    again.refused(StatusCode::PRECONDITION_FAILED, "exists");
    assert_eq!(again.tag(), created);
    Ask::put(PAGE).if_match(&created).json(&json!({ "title": "Two" })).of(&app).await.expect(StatusCode::OK);
}

#[tokio::test]
async fn what_does_not_exist_is_created_only_by_who_asks_for_it() {
    let (app, _) = app().await;
    let page = json!({ "title": "One" });
    Ask::put(PAGE).json(&page).of(&app).await.refused(StatusCode::PRECONDITION_REQUIRED, "required");
    Ask::put(PAGE).if_match("\"1\"").json(&page).of(&app).await.refused(StatusCode::PRECONDITION_FAILED, "missing");
    Ask::get(PAGE).of(&app).await.refused(StatusCode::NOT_FOUND, "not-found");
}

#[tokio::test]
async fn whoever_is_overtaken_replaces_nothing() {
    let (app, pool) = app().await;
    let faster = running(&pool, "INSERT INTO pages VALUES ('home', 'Theirs')");
    let lost = Ask::put(PAGE).if_none_match("*").json_after(faster, &json!({ "title": "Mine" })).of(&app).await;
    lost.refused(StatusCode::PRECONDITION_FAILED, "exists");
    let get = Ask::get(PAGE).of(&app).await;
    assert_eq!((get.tag(), get.json()["title"].clone()), (lost.tag(), "Theirs".into()));
}

#[tokio::test(flavor = "multi_thread")]
async fn one_of_a_hundred_creates() {
    let (app, _) = app().await;
    let writers: Vec<_> = (0..100)
        .map(|writer| {
            let put = Ask::put(PAGE).if_none_match("*").json(&json!({ "title": writer.to_string() }));
            let app = app.clone();
            tokio::spawn(async move { (writer, put.of(&app).await) })
        })
        .collect();
    let mut created = Vec::new();
    for writer in writers {
        let (writer, answer) = writer.await.unwrap();
        if answer.status == StatusCode::CREATED {
            created.push((writer, answer.tag()));
        } else {
            answer.refused(StatusCode::PRECONDITION_FAILED, "exists");
        }
    }
    let get = Ask::get(PAGE).of(&app).await;
    let [(writer, tag)] = &created[..] else { panic!("{created:?}") };
    assert_eq!((get.json()["title"].clone(), get.tag()), (writer.to_string().into(), tag.clone()));
}
