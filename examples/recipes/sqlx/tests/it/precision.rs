//! Dates that are kept less exactly than the clock tells them.

use http::StatusCode;
use http::header::LAST_MODIFIED;
use recipes_client::Ask;
use recipes_sqlx::precision::{SCHEMA, router};
use sqlx::AssertSqlSafe;

use crate::database::{postgres, run};

const TABLES: [&str; 3] = ["seconds", "millis", "micros"];

#[tokio::test]
async fn the_tag_of_a_write_is_that_of_the_next_get() {
    let pool = postgres(SCHEMA).await;
    let app = router(pool.clone());
    for table in TABLES {
        sqlx::query(AssertSqlSafe(format!("INSERT INTO {table} VALUES (1, 1, clock_timestamp())")))
            .execute(&pool)
            .await
            .unwrap();
        let path = format!("/{table}/1");
        // Often enough to meet both halves of a second and of a millisecond, in which rounding goes either way.
        for _ in 0..12 {
            let seen = Ask::get(&path).of(&app).await.is(StatusCode::OK).tag();
            let put = Ask::put(&path).if_match(&seen).of(&app).await.is(StatusCode::OK);
            let get = Ask::get(&path).of(&app).await;
            assert_eq!((get.tag(), get.json()), (put.tag(), put.json()), "{table}");
            let ahead = format!("SELECT updated_at > clock_timestamp() FROM {table}");
            let is_ahead: bool = sqlx::query_scalar(AssertSqlSafe(ahead)).fetch_one(&pool).await.unwrap();
            assert!(!is_ahead, "{table}");
            tokio::time::sleep(std::time::Duration::from_millis(37)).await;
        }
    }
}

/// The date that a column keeps is the one that the tag is made of, down to its last digit and no further.
#[tokio::test]
async fn what_the_column_drops_is_in_no_tag() {
    let pool = postgres(SCHEMA).await;
    let app = router(pool.clone());
    run(
        &pool,
        "INSERT INTO seconds SELECT n, 1, '2020-01-01T00:00:07.1Z'::TIMESTAMPTZ + n * INTERVAL '200 ms' FROM generate_series(0, 2) n;
         INSERT INTO millis SELECT n, 1, '2020-01-01T00:00:07.0001Z'::TIMESTAMPTZ + n * INTERVAL '200 us' FROM generate_series(0, 2) n;
         INSERT INTO micros SELECT n, 1, '2020-01-01T00:00:07.000001Z'::TIMESTAMPTZ + n * INTERVAL '1 us' FROM generate_series(0, 2) n;",
    )
    .await;
    for (table, distinct) in TABLES.into_iter().zip([2, 2, 3]) {
        let mut tags = Vec::new();
        for id in 0..=2 {
            let get = Ask::get(&format!("/{table}/{id}")).of(&app).await.is(StatusCode::OK);
            let second = if table == "seconds" && id == 2 { "08" } else { "07" };
            assert_eq!(get.field(&LAST_MODIFIED), format!("Wed, 01 Jan 2020 00:00:{second} GMT"));
            tags.push(get.tag());
        }
        tags.dedup();
        assert_eq!(tags.len(), distinct, "{table}: {tags:?}");
    }
}
