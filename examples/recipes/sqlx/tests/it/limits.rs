//! The ends of the range of versions.

use http::StatusCode;
use recipes_client::Ask;
use recipes_sqlx::replace::{SCHEMA, router};
use serde_json::json;

use crate::database::{postgres, run};

#[tokio::test]
async fn a_version_that_cannot_grow_is_a_limit_of_the_server() {
    let pool = postgres(SCHEMA).await;
    run(&pool, "INSERT INTO articles VALUES (1, 'One', 9223372036854775806)").await;
    let app = router(pool);
    let path = "/articles/1";
    let seen = Ask::get(path).of(&app).await.tag();
    let last = Ask::put(path).if_match(&seen).json(&json!({ "title": "Last" })).of(&app).await.is(StatusCode::OK);
    assert_eq!(last.json()["version"], i64::MAX);
    let beyond = Ask::put(path).if_match(&last.tag()).json(&json!({ "title": "Beyond" })).of(&app).await;
    beyond.problem(StatusCode::INTERNAL_SERVER_ERROR);
    let get = Ask::get(path).of(&app).await;
    assert_eq!((get.tag(), get.json()), (last.tag(), last.json()));
}

#[tokio::test]
async fn versions_below_zero_are_like_any_other() {
    let pool = postgres(SCHEMA).await;
    run(&pool, "INSERT INTO articles VALUES (1, 'One', -2), (2, 'One', -9223372036854775808)").await;
    let app = router(pool);
    for (path, versions) in [("/articles/1", &[-1, 0, 1][..]), ("/articles/2", &[i64::MIN + 1, i64::MIN + 2])] {
        let mut seen = Ask::get(path).of(&app).await.tag();
        for version in versions {
            let put = Ask::put(path).if_match(&seen).json(&json!({ "title": "One" })).of(&app).await;
            let put = put.is(StatusCode::OK);
            assert_eq!(put.json()["version"], *version);
            let late = Ask::put(path).if_match(&seen).json(&json!({ "title": "One" })).of(&app).await;
            late.refused(StatusCode::PRECONDITION_FAILED, "stale");
            seen = put.tag();
        }
    }
}
