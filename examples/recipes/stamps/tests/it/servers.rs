//! Several servers on one database.

use http::StatusCode;

use crate::redis::Server;
use crate::shop::{CHAIR, Shop};
use crate::stores::{HOUR, Kind, Memory, SHORT, after_the_bound, on_both_stores};

on_both_stores! {
    a_write_that_nobody_was_told_of_is_seen_after_the_bound
}

/// A writer that dies between its commit and its invalidation is one.
async fn a_write_that_nobody_was_told_of_is_seen_after_the_bound<K: Kind>(kind: K) {
    let changed = "UPDATE products SET version = version + 1";
    for bound in [HOUR, SHORT] {
        let shop = Shop::open(kind.store(bound)).await;
        let old = shop.tag(CHAIR).await;
        assert_eq!(shop.revalidate(CHAIR, &old).await, StatusCode::NOT_MODIFIED);
        shop.run(changed).await;
        after_the_bound().await;
        let held = if bound == SHORT { StatusCode::OK } else { StatusCode::NOT_MODIFIED };
        assert_eq!(shop.revalidate(CHAIR, &old).await, held, "{bound:?}");
    }
}

#[tokio::test]
async fn with_one_redis_a_write_through_one_is_seen_by_the_other_at_once() {
    let folder = tempfile::tempdir().unwrap();
    let redis = Server::start();
    let one = Shop::open_in(folder.path(), redis.store(HOUR)).await;
    let other = Shop::open_in(folder.path(), redis.store(HOUR)).await;
    let mut tag = one.kept(CHAIR).await;
    assert_eq!(other.revalidate(CHAIR, &tag).await, StatusCode::NOT_MODIFIED);
    assert!(other.log.statements().is_empty(), "what one has read, the other has not to read");
    for (writer, reader) in [(&one, &other), (&other, &one), (&one, &other)] {
        let new = writer.replace(CHAIR, &tag).await.is(StatusCode::OK).tag();
        assert_eq!(reader.revalidate(CHAIR, &tag).await, StatusCode::OK);
        assert_eq!(reader.kept(CHAIR).await, new);
        tag = new;
    }
}

#[tokio::test]
async fn with_memories_of_their_own_a_write_through_one_is_seen_by_the_other_after_the_bound() {
    let folder = tempfile::tempdir().unwrap();
    for bound in [HOUR, SHORT] {
        let one = Shop::open_in(folder.path(), Memory.store(bound)).await;
        let other = Shop::open_in(folder.path(), Memory.store(bound)).await;
        let old = one.tag(CHAIR).await;
        assert_eq!(other.revalidate(CHAIR, &old).await, StatusCode::NOT_MODIFIED);
        one.replace(CHAIR, &old).await.expect(StatusCode::OK);
        assert_eq!(one.revalidate(CHAIR, &old).await, StatusCode::OK);
        // And never for a write.
        other.replace(CHAIR, &old).await.refused(StatusCode::PRECONDITION_FAILED, "stale");
        after_the_bound().await;
        let held = if bound == SHORT { StatusCode::OK } else { StatusCode::NOT_MODIFIED };
        assert_eq!(other.revalidate(CHAIR, &old).await, held, "{bound:?}");
    }
}
