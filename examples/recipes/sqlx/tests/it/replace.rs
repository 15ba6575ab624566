//! `UPDATE … WHERE version = …`.

use axum::Router;
use http::StatusCode;
use recipes_client::Ask;
use recipes_sqlx::replace::{SCHEMA, router};
use serde_json::json;
use sqlx::PgPool;

use crate::database::{number, postgres, run, running};

const ARTICLE: &str = "/articles/1";

async fn app() -> (Router, PgPool) {
    let pool = postgres(SCHEMA).await;
    run(&pool, "INSERT INTO articles (id, title) VALUES (1, 'One')").await;
    (router(pool.clone()), pool)
}

#[tokio::test]
async fn the_answer_is_what_is_stored() {
    let (app, _) = app().await;
    let seen = Ask::get(ARTICLE).of(&app).await.is(StatusCode::OK).tag();
    let put = Ask::put(ARTICLE).if_match(&seen).json(&json!({ "title": "Two" })).of(&app).await.is(StatusCode::OK);
    assert_eq!(put.json(), json!({ "id": 1, "title": "Two", "version": 2 }));
    let get = Ask::get(ARTICLE).if_none_match(&seen).of(&app).await.is(StatusCode::OK);
    assert_eq!((get.tag(), get.json()), (put.tag(), put.json()));
    Ask::get(ARTICLE).if_none_match(&put.tag()).of(&app).await.expect(StatusCode::NOT_MODIFIED);
    let late = Ask::put(ARTICLE).if_match(&seen).json(&json!({ "title": "Three" })).of(&app).await;
    late.refused(StatusCode::PRECONDITION_FAILED, "stale");
    assert_eq!(late.tag(), put.tag());
}

/// The row matches although none of its values is another one than before, except for the version.
#[tokio::test]
async fn a_write_that_changes_nothing_is_no_lost_race() {
    let (app, _) = app().await;
    for version in 2..=3 {
        let seen = Ask::get(ARTICLE).of(&app).await.tag();
        let put = Ask::put(ARTICLE).if_match(&seen).json(&json!({ "title": "One" })).of(&app).await;
        assert_eq!(put.is(StatusCode::OK).json()["version"], version);
    }
}

#[tokio::test]
async fn whoever_is_overtaken_learns_the_tag_that_is_now_current() {
    let (app, pool) = app().await;
    let seen = Ask::get(ARTICLE).of(&app).await.tag();
    let faster = running(&pool, "UPDATE articles SET title = 'Theirs', version = version + 1");
    let lost = Ask::put(ARTICLE).if_match(&seen).json_after(faster, &json!({ "title": "Mine" })).of(&app).await;
    lost.refused(StatusCode::PRECONDITION_FAILED, "stale");
    let get = Ask::get(ARTICLE).of(&app).await;
    assert_eq!((get.tag(), get.json()["title"].clone()), (lost.tag(), "Theirs".into()));
}

#[tokio::test]
async fn what_is_gone_is_not_found() {
    let (app, pool) = app().await;
    let seen = Ask::get(ARTICLE).of(&app).await.tag();
    let mine = json!({ "title": "Mine" });
    let faster = running(&pool, "DELETE FROM articles");
    let lost = Ask::put(ARTICLE).if_match(&seen).json_after(faster, &mine).of(&app).await;
    lost.refused(StatusCode::NOT_FOUND, "not-found");
    let late = Ask::put(ARTICLE).if_match(&seen).json(&mine).of(&app).await;
    late.refused(StatusCode::NOT_FOUND, "not-found");
    assert_eq!(number(&pool, "SELECT count(*) FROM articles").await, 0);
}

/// Of many who have seen the same, one is successful.
#[tokio::test(flavor = "multi_thread")]
async fn one_of_many_wins() {
    let (app, _) = app().await;
    let seen = Ask::get(ARTICLE).of(&app).await.tag();
    let writers: Vec<_> = (0..20)
        .map(|writer| {
            let (app, put) =
                (app.clone(), Ask::put(ARTICLE).if_match(&seen).json(&json!({ "title": writer.to_string() })));
            tokio::spawn(async move { put.of(&app).await.status })
        })
        .collect();
    let mut won = 0;
    for writer in writers {
        match writer.await.unwrap() {
            StatusCode::OK => won += 1,
            status => assert_eq!(status, StatusCode::PRECONDITION_FAILED),
        }
    }
    assert_eq!(won, 1);
    assert_eq!(Ask::get(ARTICLE).of(&app).await.json()["version"], 2);
}

#[tokio::test]
async fn a_version_has_to_be_named() {
    let (app, _) = app().await;
    let mine = json!({ "title": "Mine" });
    Ask::put(ARTICLE).json(&mine).of(&app).await.refused(StatusCode::PRECONDITION_REQUIRED, "required");
    Ask::put(ARTICLE).if_match("*").json(&mine).of(&app).await.refused(StatusCode::PRECONDITION_REQUIRED, "required");
    assert_eq!(Ask::get(ARTICLE).of(&app).await.json()["title"], "One");
}
