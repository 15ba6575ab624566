//! A Redis that is not there, or does not answer.

use std::time::{Duration, Instant};

use http::StatusCode;
use recipes_stamps::bound::Bound;

use crate::redis::Server;
use crate::shop::{CHAIR, Shop};
use crate::stores::{HOUR, Kind as _, SHORT, after_the_bound};

/// How long a server waits for it. What is answered after that long is so every time.
const IMPATIENT: Duration = Duration::from_millis(100);

async fn open(redis: &Server, bound: Bound) -> Shop {
    Shop::open_with(redis.store(bound), IMPATIENT).await
}

/// Reads and writes while there is no store, each as the database says; and one of the warnings.
async fn works_without_a_store(shop: &Shop) -> String {
    shop.log.warnings();
    let old = shop.tag(CHAIR).await;
    assert_eq!(shop.log.warnings(), [""; 0], "a request without conditions asks no store");
    shop.log.statements();
    assert_eq!(shop.revalidate(CHAIR, &old).await, StatusCode::NOT_MODIFIED);
    assert_eq!(shop.log.statements(), ["SELECT"]);
    assert_eq!(shop.log.warnings().len(), 1, "one call, which fails");
    let new = shop.replace(CHAIR, &old).await.is(StatusCode::OK).tag();
    let warnings = shop.log.warnings();
    assert_eq!(warnings.len(), 1, "nothing was forgotten, and somebody has to know");
    assert_eq!(shop.revalidate(CHAIR, &old).await, StatusCode::OK);
    assert_eq!(shop.revalidate(CHAIR, &new).await, StatusCode::NOT_MODIFIED);
    shop.replace(CHAIR, &old).await.refused(StatusCode::PRECONDITION_FAILED, "stale");
    warnings.concat()
}

/// Sooner or later, stamps are kept again.
async fn recovers(shop: &Shop) {
    let begin = Instant::now();
    loop {
        // What was kept before may be old: its invalidation may have been lost.
        let tag = shop.tag(CHAIR).await;
        let new = shop.replace(CHAIR, &tag).await.is(StatusCode::OK).tag();
        assert_eq!(shop.revalidate(CHAIR, &new).await, StatusCode::NOT_MODIFIED);
        shop.log.statements();
        assert_eq!(shop.revalidate(CHAIR, &new).await, StatusCode::NOT_MODIFIED);
        if shop.log.statements().is_empty() {
            return;
        }
        assert!(begin.elapsed() < Duration::from_secs(30), "it does not recover: {:?}", shop.log.warnings());
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
}

#[tokio::test]
async fn a_redis_that_dies_fails_no_request() {
    let mut redis = Server::start();
    let shop = open(&redis, HOUR).await;
    recovers(&shop).await;
    for _ in 0..2 {
        redis.kill();
        works_without_a_store(&shop).await;
        redis.restart();
        recovers(&shop).await;
    }
}

#[tokio::test]
async fn a_redis_that_does_not_answer_fails_no_request() {
    let redis = Server::start();
    let shop = open(&redis, HOUR).await;
    recovers(&shop).await;
    for _ in 0..2 {
        redis.pause();
        let warning = works_without_a_store(&shop).await;
        assert!(warning.contains("has not answered in 100ms"), "{warning}");
        redis.resume();
        recovers(&shop).await;
    }
}

#[tokio::test]
async fn a_redis_that_comes_after_the_server_is_used() {
    let mut redis = Server::stopped();
    let shop = open(&redis, HOUR).await;
    works_without_a_store(&shop).await;
    redis.restart();
    recovers(&shop).await;
}

/// The servers are cut off from their Redis one by one.
#[tokio::test]
async fn an_invalidation_that_is_lost_is_made_good_by_the_bound() {
    let folder = tempfile::tempdir().unwrap();
    let (redis, nothing) = (Server::start(), Server::stopped());
    for bound in [HOUR, SHORT] {
        let reader = Shop::open_in(folder.path(), redis.store(bound)).await;
        let writer = Shop::open_in(folder.path(), nothing.store(bound)).await;
        let old = reader.tag(CHAIR).await;
        assert_eq!(reader.revalidate(CHAIR, &old).await, StatusCode::NOT_MODIFIED);
        writer.replace(CHAIR, &old).await.expect(StatusCode::OK);
        let warnings = writer.log.warnings();
        assert!(warnings.len() == 1 && warnings[0].contains("store of stamps"), "{warnings:?}");
        after_the_bound().await;
        let held = if bound == SHORT { StatusCode::OK } else { StatusCode::NOT_MODIFIED };
        assert_eq!(reader.revalidate(CHAIR, &old).await, held, "{bound:?}");
    }
}
