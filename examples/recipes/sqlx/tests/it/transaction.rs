//! A write that is several statements.

use axum::Router;
use http::StatusCode;
use recipes_client::Ask;
use recipes_sqlx::transaction::{SCHEMA, router};
use serde_json::json;
use sqlx::PgPool;

use crate::database::{number, postgres, run, running, until_one_waits};

const ARTICLE: &str = "/articles/1";
const HISTORY: &str = "SELECT count(*) FROM history";

async fn app() -> (Router, PgPool, String) {
    let pool = postgres(SCHEMA).await;
    run(&pool, "INSERT INTO articles VALUES (1, 'One')").await;
    let app = router(pool.clone());
    let seen = Ask::get(ARTICLE).of(&app).await.tag();
    (app, pool, seen)
}

#[tokio::test]
async fn all_of_it_happens_or_nothing() {
    let (app, pool, seen) = app().await;
    let put = Ask::put(ARTICLE).if_match(&seen).json(&json!({ "title": "Two" })).of(&app).await.is(StatusCode::OK);
    assert_eq!(Ask::get(ARTICLE).of(&app).await.tag(), put.tag());
    assert_eq!(number(&pool, "SELECT count(*) FROM history WHERE version = 1 AND title = 'One'").await, 1);
    let faster = running(&pool, "UPDATE articles SET version = version + 1");
    let lost = Ask::put(ARTICLE).if_match(&put.tag()).json_after(faster, &json!({ "title": "Mine" })).of(&app).await;
    lost.refused(StatusCode::PRECONDITION_FAILED, "stale");
    assert_eq!(number(&pool, HISTORY).await, 1);
}

/// The statement waits for the other transaction, and compares what that one leaves behind; also in a database whose
/// default would make an error of it.
#[tokio::test]
async fn the_comparison_waits_for_whoever_is_under_way() {
    let (_, pool, seen) = app().await;
    run(
        &pool,
        "DO $$ BEGIN EXECUTE format('ALTER DATABASE %I SET default_transaction_isolation = ''repeatable read''', \
         current_database()); END $$",
    )
    .await;
    let pool = PgPool::connect_with((*pool.connect_options()).clone()).await.unwrap();
    let app = router(pool.clone());
    for (outcome, status) in [("ROLLBACK", StatusCode::OK), ("COMMIT", StatusCode::PRECONDITION_FAILED)] {
        let tag = if outcome == "ROLLBACK" { seen.clone() } else { Ask::get(ARTICLE).of(&app).await.tag() };
        let mut other = pool.acquire().await.unwrap();
        sqlx::raw_sql("BEGIN; UPDATE articles SET title = 'Theirs', version = version + 1")
            .execute(&mut *other)
            .await
            .unwrap();
        let (asked, put) = (app.clone(), Ask::put(ARTICLE).if_match(&tag).json(&json!({ "title": "Mine" })));
        let put = tokio::spawn(async move { put.of(&asked).await });
        until_one_waits(&pool).await;
        sqlx::raw_sql(outcome).execute(&mut *other).await.unwrap();
        put.await.unwrap().expect(status);
    }
    assert_eq!(Ask::get(ARTICLE).of(&app).await.json()["title"], "Theirs");
}

/// What fails at the very end has not happened, and is no success.
#[tokio::test]
async fn nobody_is_told_of_a_success_before_the_commit() {
    let (app, pool, seen) = app().await;
    run(
        &pool,
        "CREATE FUNCTION refuse() RETURNS TRIGGER LANGUAGE plpgsql AS $$ BEGIN RAISE 'not today'; END $$;
         CREATE CONSTRAINT TRIGGER refuse AFTER INSERT ON history DEFERRABLE INITIALLY DEFERRED
         FOR EACH ROW EXECUTE FUNCTION refuse();",
    )
    .await;
    let put = Ask::put(ARTICLE).if_match(&seen).json(&json!({ "title": "Two" })).of(&app).await;
    put.problem(StatusCode::INTERNAL_SERVER_ERROR);
    assert!(!String::from_utf8_lossy(&put.body).contains("not today"));
    assert_eq!(Ask::get(ARTICLE).of(&app).await.tag(), seen);
    assert_eq!(number(&pool, HISTORY).await, 0);
}
