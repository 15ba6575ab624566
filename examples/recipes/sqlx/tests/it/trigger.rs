//! The database moves version and date itself.

use http::StatusCode;
use http::header::IF_MODIFIED_SINCE;
use recipes_client::Ask;
use recipes_sqlx::trigger::{SCHEMA, router};
use serde_json::json;

use crate::database::{number, postgres, run, running};

const ARTICLE: &str = "/articles/1";

#[tokio::test]
async fn the_tag_of_a_write_is_that_of_the_next_get() {
    let pool = postgres(SCHEMA).await;
    run(&pool, "INSERT INTO articles (id, title) VALUES (1, 'One')").await;
    let app = router(pool.clone());
    let mut seen = Ask::get(ARTICLE).of(&app).await.tag();
    for version in 2..=4 {
        let put = Ask::put(ARTICLE).if_match(&seen).json(&json!({ "title": "Same" })).of(&app).await;
        let put = put.is(StatusCode::OK);
        let get = Ask::get(ARTICLE).of(&app).await;
        assert_eq!((get.tag(), get.json()), (put.tag(), put.json()));
        assert_eq!(put.json()["version"], version);
        assert_ne!(put.tag(), seen);
        seen = put.tag();
    }
    // Once for each write: the statement has not done it as well.
    assert_eq!(number(&pool, "SELECT version FROM articles").await, 4);
}

#[tokio::test]
async fn a_program_that_knows_no_versions_moves_it_too() {
    let pool = postgres(SCHEMA).await;
    run(&pool, "INSERT INTO articles VALUES (1, 'One', 1, '2020-01-01')").await;
    let app = router(pool.clone());
    let old = Ask::get(ARTICLE).with(IF_MODIFIED_SINCE, "Wed, 01 Jan 2020 00:00:00 GMT").of(&app).await;
    old.expect(StatusCode::NOT_MODIFIED);
    let seen = old.tag();
    let other = running(&pool, "UPDATE articles SET title = 'Theirs'");
    let lost = Ask::put(ARTICLE).if_match(&seen).json_after(other, &json!({ "title": "Mine" })).of(&app).await;
    lost.refused(StatusCode::PRECONDITION_FAILED, "stale");
    let get = Ask::get(ARTICLE).with(IF_MODIFIED_SINCE, "Wed, 01 Jan 2020 00:00:00 GMT").of(&app).await;
    assert_eq!(get.is(StatusCode::OK).json()["title"], "Theirs");
}
