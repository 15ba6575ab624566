//! Rows that readers see, and that are in no writer's way.

use http::StatusCode;
use http::header::{IF_MODIFIED_SINCE, LAST_MODIFIED};
use recipes_client::Ask;
use recipes_sqlx::unguarded::{SCHEMA, router};
use serde_json::json;

use crate::database::{postgres, run, running};

const ARTICLE: &str = "/articles/1";
const ADDED: &str = "INSERT INTO comments (article_id, text) VALUES (1, 'First')";
const CHANGES: [&str; 3] = [ADDED, "UPDATE comments SET text = 'Second'", "DELETE FROM comments"];
/// As if the last change was long ago.
const LONG_AGO: &str = "UPDATE articles SET updated_at = '2020-01-01T00:00:00Z';
    UPDATE discussions SET updated_at = '2020-01-01T00:00:00Z'";

#[tokio::test]
async fn a_reader_gets_the_comment() {
    let pool = postgres(SCHEMA).await;
    run(&pool, "INSERT INTO articles VALUES (1, 'One')").await;
    let app = router(pool.clone());
    for change in CHANGES {
        run(&pool, LONG_AGO).await;
        let before = Ask::get(ARTICLE).of(&app).await;
        let date = before.field(&LAST_MODIFIED);
        Ask::get(ARTICLE).if_none_match(&before.tag()).of(&app).await.expect(StatusCode::NOT_MODIFIED);
        Ask::get(ARTICLE).with(IF_MODIFIED_SINCE, &date).of(&app).await.expect(StatusCode::NOT_MODIFIED);
        run(&pool, change).await;
        let after = Ask::get(ARTICLE).if_none_match(&before.tag()).of(&app).await;
        after.expect(StatusCode::OK);
        assert_ne!(after.json()["discussion"], before.json()["discussion"], "{change}");
        Ask::get(ARTICLE).with(IF_MODIFIED_SINCE, &date).of(&app).await.expect(StatusCode::OK);
    }
}

#[tokio::test]
async fn a_writer_is_not_disturbed() {
    let pool = postgres(SCHEMA).await;
    run(&pool, "INSERT INTO articles VALUES (1, 'One')").await;
    let app = router(pool.clone());
    for change in CHANGES {
        let seen = Ask::get(ARTICLE).of(&app).await.tag();
        run(&pool, change).await;
        let late = Ask::put(ARTICLE).if_match(&seen).json(&json!({ "title": "Late" })).of(&app).await;
        late.expect(StatusCode::OK);
        let get = Ask::get(ARTICLE).of(&app).await;
        assert_eq!((get.tag(), get.json()), (late.tag(), late.json()));
    }
    // Nor by one that comes between the check and the write: the answer has it.
    let seen = Ask::get(ARTICLE).of(&app).await.tag();
    let put = Ask::put(ARTICLE).if_match(&seen).json_after(running(&pool, ADDED), &json!({ "title": "Two" }));
    let put = put.of(&app).await.is(StatusCode::OK);
    assert_eq!(put.json()["discussion"][0]["text"], "First");
    assert_eq!(Ask::get(ARTICLE).of(&app).await.tag(), put.tag());
    // But by another writer.
    let faster = running(&pool, "UPDATE articles SET version = version + 1");
    let lost = Ask::put(ARTICLE).if_match(&put.tag()).json_after(faster, &json!({ "title": "Three" })).of(&app).await;
    lost.refused(StatusCode::PRECONDITION_FAILED, "stale");
}
