//! Several releases, and several bounds, in one Redis.

use std::time::SystemTime;

use etag_runtime::{Digest, ETag, EntityTag, HttpDate, Preconditions, Rejected, Schema, Strong, Validators};
use http::header::IF_NONE_MATCH;
use http::{HeaderMap, HeaderValue, Method};
use recipes_stamps::in_memory::InMemory;
use recipes_stamps::in_redis::InRedis;
use recipes_stamps::stamps::Stamps;
use recipes_stamps::store::Store as _;
use serde::{Deserialize, Serialize};

use crate::redis::Server;
use crate::shop::PATIENCE;
use crate::stores::{HOUR, Kind as _, SHORT, kept, key, missing, subject};

/// The stamp of one release, whose shape is that of every other.
#[derive(Clone, Serialize, Deserialize)]
struct Release<const SHAPE: u64>(u32);

impl<const SHAPE: u64> ETag for Release<SHAPE> {
    type Strength = Strong;
    const SCHEMA: Schema = Schema::new(SHAPE);

    fn etag(&self) -> EntityTag {
        let mut digest = Digest::for_type::<Self>();
        digest.version(&self.0);
        digest.entity_tag()
    }
}

#[tokio::test]
async fn a_release_reads_nothing_of_another_and_forgets_it_all_the_same() {
    let redis = Server::start();
    let older = InRedis::<Release<1>>::new(&redis.url(), "shop", HOUR).unwrap();
    let newer = InRedis::<Release<2>>::new(&redis.url(), "shop", HOUR).unwrap();
    assert!(older.keep(&key(), missing(&older, &key()).await, &Release(7)).await.unwrap());
    assert!(newer.keep(&key(), missing(&newer, &key()).await, &Release(7)).await.unwrap());
    kept(&older, &key()).await;
    kept(&newer, &key()).await;
    newer.forget(&[subject()]).await.unwrap();
    missing(&older, &key()).await;
    missing(&newer, &key()).await;
}

#[tokio::test]
async fn a_server_with_a_shorter_bound_reads_nothing_that_may_be_older() {
    let redis = Server::start();
    let (long, short) = (redis.store(HOUR), redis.store(SHORT));
    missing(&long, &key()).await;
    missing(&short, &key()).await;
    let longer = InRedis::<Release<1>>::new(&redis.url(), "shop", HOUR).unwrap();
    let shorter = InRedis::<Release<1>>::new(&redis.url(), "shop", SHORT).unwrap();
    assert!(longer.keep(&key(), missing(&longer, &key()).await, &Release(7)).await.unwrap());
    missing(&shorter, &key()).await;
    kept(&longer, &key()).await;
}

#[tokio::test]
async fn another_prefix_is_another_store() {
    let redis = Server::start();
    let shop = InRedis::<Release<1>>::new(&redis.url(), "shop", HOUR).unwrap();
    let copy = InRedis::<Release<1>>::new(&redis.url(), "copy", HOUR).unwrap();
    assert!(shop.keep(&key(), missing(&shop, &key()).await, &Release(7)).await.unwrap());
    missing(&copy, &key()).await;
    copy.forget(&[subject()]).await.unwrap();
    kept(&shop, &key()).await;
}

/// A stamp with a date.
#[derive(Clone)]
struct Dated(i64);

impl ETag for Dated {
    type Strength = Strong;

    fn etag(&self) -> EntityTag {
        EntityTag::strong("same")
    }

    fn validators(&self) -> Validators {
        Validators::new().with_entity_tag(self.etag()).with_last_modified(HttpDate::from_unix_seconds(self.0).unwrap())
    }
}

#[tokio::test]
async fn a_date_whose_second_is_not_over_is_not_kept() {
    let store = InMemory::<Dated>::new(10, HOUR);
    let mut headers = HeaderMap::new();
    headers.insert(IF_NONE_MATCH, HeaderValue::from_static("\"same\""));
    let preconditions = Preconditions::new(&Method::GET, &headers);
    let now = SystemTime::now().duration_since(SystemTime::UNIX_EPOCH).unwrap().as_secs();
    let stamps = Stamps::new(store, PATIENCE);
    // An hour ahead, so that its second does not end while this runs.
    for (seconds, reads) in [(3_600, 2), (-3_600, 1)] {
        let mut read = 0;
        for _ in 0..2 {
            let stamp = async {
                read += 1;
                Ok::<_, Rejected>(Dated(i64::try_from(now).unwrap() + seconds))
            };
            let answer = stamps.not_modified::<Dated, _>(&preconditions, &key(), stamp).await;
            assert!(matches!(answer, Ok(Some(_))));
        }
        assert_eq!(read, reads, "{seconds}");
    }
}
