//! Something is added to a list that nobody else has changed.

use axum::Router;
use http::StatusCode;
use http::header::{LOCATION, RETRY_AFTER};
use recipes_client::{Answer, Ask};
use recipes_sqlx::append::{SCHEMA, router};
use recipes_sqlx::retry::ATTEMPTS;
use serde_json::json;
use sqlx::{AssertSqlSafe, PgPool, raw_sql};

use crate::database::{number, postgres, run, running, until_one_waits};

const LIST: &str = "/lists/1/entries";

async fn app() -> (Router, PgPool, String) {
    let pool = postgres(SCHEMA).await;
    run(&pool, "INSERT INTO entries (list, text) VALUES (1, 'One'), (2, 'Other')").await;
    let app = router(pool.clone());
    let seen = Ask::get(LIST).of(&app).await.tag();
    (app, pool, seen)
}

async fn append(app: &Router, tag: &str) -> Answer {
    Ask::post(LIST).if_match(tag).json(&json!({ "text": "Mine" })).of(app).await
}

#[tokio::test]
async fn to_the_list_that_was_seen() {
    let (app, _, seen) = app().await;
    let added = append(&app, &seen).await.is(StatusCode::CREATED);
    assert_eq!(added.field(&LOCATION), "/lists/1/entries/3");
    assert_eq!(added.json(), json!({ "id": 3, "text": "Mine", "version": 1 }));
    let late = append(&app, &seen).await;
    late.refused(StatusCode::PRECONDITION_FAILED, "stale");
    let list = Ask::get(LIST).of(&app).await;
    assert_eq!((list.tag(), list.json().as_array().map(Vec::len)), (late.tag(), Some(2)));
}

#[tokio::test]
async fn not_to_one_that_changes_between_the_check_and_the_write() {
    for sql in [
        "INSERT INTO entries (list, text) VALUES (1, 'Theirs')",
        "UPDATE entries SET text = 'Theirs', version = 2 WHERE list = 1",
        "DELETE FROM entries WHERE list = 1",
        "DELETE FROM entries WHERE list = 1; INSERT INTO entries (list, text) VALUES (1, 'One')",
    ] {
        let (app, pool, seen) = app().await;
        let faster = running(&pool, sql);
        let lost = Ask::post(LIST).if_match(&seen).json_after(faster, &json!({ "text": "Mine" })).of(&app).await;
        lost.refused(StatusCode::PRECONDITION_FAILED, "stale");
        assert_eq!(Ask::get(LIST).of(&app).await.tag(), lost.tag(), "{sql}");
        assert_eq!(number(&pool, "SELECT count(*) FROM entries WHERE text = 'Mine'").await, 0, "{sql}");
    }
}

/// An addition that has compared the list already when another transaction, which has read the table as well, adds to
/// `list`: one of the two cannot have come first.
async fn entangled(list: i64) -> (Router, PgPool, Answer) {
    let (app, pool, seen) = app().await;
    let mut other = pool.acquire().await.unwrap();
    // The lock lets others read, and lets none write before the end.
    let begin = "BEGIN ISOLATION LEVEL SERIALIZABLE; SELECT * FROM entries; LOCK entries IN SHARE ROW EXCLUSIVE MODE";
    raw_sql(begin).execute(&mut *other).await.unwrap();
    let asked = app.clone();
    let post = tokio::spawn(async move { append(&asked, &seen).await });
    until_one_waits(&pool).await;
    let rest = format!("INSERT INTO entries (list, text) VALUES ({list}, 'Theirs'); COMMIT");
    raw_sql(AssertSqlSafe(rest)).execute(&mut *other).await.unwrap();
    let answer = post.await.unwrap();
    (app, pool, answer)
}

/// How many transactions PostgreSQL has rolled back in this database, all in all.
async fn rolled_back(pool: &PgPool) -> i64 {
    pool.close().await;
    let pool = PgPool::connect_with((*pool.connect_options()).clone()).await.unwrap();
    let mut count = 0;
    // Connections report when they end, which they may do a little later.
    for _ in 0..200 {
        count = number(&pool, "SELECT xact_rollback FROM pg_stat_database WHERE datname = current_database()").await;
        if count > 0 {
            break;
        }
        tokio::time::sleep(std::time::Duration::from_millis(10)).await;
    }
    count
}

/// The other one has changed another list: what this one has checked still holds.
#[tokio::test(flavor = "multi_thread")]
async fn what_was_given_up_for_nothing_is_done_again() {
    let (app, pool, answer) = entangled(2).await;
    answer.expect(StatusCode::CREATED);
    assert_eq!(Ask::get(LIST).of(&app).await.json().as_array().map(Vec::len), Some(2));
    assert_eq!(rolled_back(&pool).await, 1);
}

/// The other one has changed this list: the comparison that is repeated says so.
#[tokio::test(flavor = "multi_thread")]
async fn what_was_given_up_for_a_change_is_a_lost_race() {
    let (app, pool, answer) = entangled(1).await;
    answer.refused(StatusCode::PRECONDITION_FAILED, "stale");
    assert_eq!(Ask::get(LIST).of(&app).await.tag(), answer.tag());
    assert_eq!(number(&pool, "SELECT count(*) FROM entries WHERE text = 'Mine'").await, 0);
    assert!(rolled_back(&pool).await > 0);
}

/// The answer, and how often it was attempted, if PostgreSQL gives the transaction up `times` times.
async fn given_up(code: &str, times: u32) -> (Answer, i64) {
    let (app, pool, seen) = app().await;
    let sql = format!(
        "CREATE SEQUENCE attempts;
         CREATE FUNCTION give_up() RETURNS TRIGGER LANGUAGE plpgsql AS $$
             BEGIN
                 -- A sequence is not rolled back.
                 IF nextval('attempts') <= {times} THEN RAISE 'given up' USING ERRCODE = '{code}'; END IF;
                 RETURN NEW;
             END
         $$;
         CREATE TRIGGER give_up BEFORE INSERT ON entries FOR EACH ROW EXECUTE FUNCTION give_up();"
    );
    raw_sql(AssertSqlSafe(sql)).execute(&pool).await.unwrap();
    let answer = append(&app, &seen).await;
    let attempts = number(&pool, "SELECT last_value FROM attempts").await;
    let added = number(&pool, "SELECT count(*) FROM entries WHERE text = 'Mine'").await;
    assert_eq!(added == 1, answer.status == StatusCode::CREATED);
    (answer, attempts)
}

#[tokio::test]
async fn it_is_attempted_a_bounded_number_of_times() {
    for code in ["40001", "40P01"] {
        let (answer, attempts) = given_up(code, ATTEMPTS - 1).await;
        answer.expect(StatusCode::CREATED);
        assert_eq!(attempts, i64::from(ATTEMPTS));
        let (answer, attempts) = given_up(code, 1000).await;
        answer.problem(StatusCode::SERVICE_UNAVAILABLE);
        assert_eq!(answer.field(&RETRY_AFTER), "1");
        assert_eq!(attempts, i64::from(ATTEMPTS), "{code}");
    }
}

#[tokio::test]
async fn what_would_fail_again_is_attempted_once() {
    let (answer, attempts) = given_up("22003", 1000).await;
    answer.problem(StatusCode::INTERNAL_SERVER_ERROR);
    assert_eq!(attempts, 1);
}
