//! What a store keeps, and for how long.

use std::time::{Duration, Instant};

use etag_runtime::{Conditional, ETag as _, Preconditions};
use http::header::IF_NONE_MATCH;
use http::{HeaderMap, Method};
use recipes_stamps::bound::Bound;
use recipes_stamps::cached::Cached;
use recipes_stamps::key::{Key, Subject};
use recipes_stamps::model::{Product, ProductStamp};
use recipes_stamps::store::Store;
use tokio::time::sleep;

use crate::redis::Server;
use crate::stores::{HOUR, Kind, SHORT, after_the_bound, kept, key, missing, on_both_stores, subject};

on_both_stores! {
    a_lease_keeps_one_stamp
    a_lease_from_before_a_write_keeps_nothing
    a_lease_from_before_a_write_does_not_disturb_one_from_after_it
    a_lease_that_is_too_old_keeps_nothing
    the_bound_is_counted_from_the_lease
    readers_at_once_do_not_keep_each_other_from_keeping
    only_the_subject_is_forgotten
}

fn stamp(version: i64) -> ProductStamp {
    let json = serde_json::json!({
        "id": 1, "language": "en", "version": version, "supplier": { "id": 1, "version": 1 },
    });
    serde_json::from_value(json).unwrap()
}

/// Whether this is the stamp of the version.
fn is_version(cached: &Cached<ProductStamp>, version: i64) -> bool {
    let mut headers = HeaderMap::new();
    headers.insert(IF_NONE_MATCH, stamp(version).etag().into());
    let answer: Option<Conditional<Product>> = cached.not_modified(&Preconditions::new(&Method::GET, &headers));
    answer.is_some()
}

async fn a_lease_keeps_one_stamp<K: Kind>(kind: K) {
    let store = kind.store(HOUR);
    let lease = missing(&store, &key()).await;
    assert!(store.keep(&key(), lease, &stamp(1)).await.unwrap());
    let cached = kept(&store, &key()).await;
    assert!(is_version(&cached, 1) && !is_version(&cached, 2));
}

async fn a_lease_from_before_a_write_keeps_nothing<K: Kind>(kind: K) {
    let store = kind.store(HOUR);
    let lease = missing(&store, &key()).await;
    store.forget(&[subject()]).await.unwrap();
    assert!(!store.keep(&key(), lease, &stamp(1)).await.unwrap());
    missing(&store, &key()).await;
}

async fn a_lease_from_before_a_write_does_not_disturb_one_from_after_it<K: Kind>(kind: K) {
    let store = kind.store(HOUR);
    for old_is_first in [true, false] {
        store.forget(&[subject()]).await.unwrap();
        let old = missing(&store, &key()).await;
        store.forget(&[subject()]).await.unwrap();
        let new = missing(&store, &key()).await;
        if old_is_first {
            assert!(!store.keep(&key(), old, &stamp(1)).await.unwrap());
            assert!(store.keep(&key(), new, &stamp(2)).await.unwrap());
        } else {
            assert!(store.keep(&key(), new, &stamp(2)).await.unwrap());
            assert!(!store.keep(&key(), old, &stamp(1)).await.unwrap());
        }
        assert!(is_version(&kept(&store, &key()).await, 2), "{old_is_first}");
    }
}

async fn a_lease_that_is_too_old_keeps_nothing<K: Kind>(kind: K) {
    let store = kind.store(SHORT);
    let lease = missing(&store, &key()).await;
    // What is asked for all the time does not go by itself, and neither does what another server keeps for longer.
    missing(&kind.store(HOUR), &key()).await;
    for _ in 0..8 {
        sleep(SHORT.as_duration() / 4).await;
        store.look(&Key::new(subject(), "de")).await.unwrap();
    }
    assert!(!store.keep(&key(), lease, &stamp(1)).await.unwrap());
    missing(&store, &key()).await;
}

/// A query that takes longer than half of the bound.
async fn the_bound_is_counted_from_the_lease<K: Kind>(kind: K) {
    let store = kind.store(Bound::from_millis(1_000));
    let lease = missing(&store, &key()).await;
    sleep(Duration::from_millis(600)).await;
    // On a machine that sleeps too long it is refused, which is no less right.
    store.keep(&key(), lease, &stamp(1)).await.unwrap();
    sleep(Duration::from_millis(500)).await;
    missing(&store, &key()).await;
}

async fn readers_at_once_do_not_keep_each_other_from_keeping<K: Kind>(kind: K) {
    let store = kind.store(HOUR);
    let [one, two] = [missing(&store, &key()).await, missing(&store, &key()).await];
    assert!(store.keep(&key(), one, &stamp(1)).await.unwrap());
    // Whether the second is kept, too, is the store's affair.
    store.keep(&key(), two, &stamp(1)).await.unwrap();
    assert!(is_version(&kept(&store, &key()).await, 1));
}

async fn only_the_subject_is_forgotten<K: Kind>(kind: K) {
    let store = kind.store(HOUR);
    let other = Key::new(Subject::new(&["acme", "product", "2"]), "en");
    for key in [&key(), &other] {
        let lease = missing(&store, key).await;
        assert!(store.keep(key, lease, &stamp(1)).await.unwrap());
    }
    store.forget(&[]).await.unwrap();
    store.forget(&[subject()]).await.unwrap();
    missing(&store, &key()).await;
    kept(&store, &other).await;
}

#[tokio::test]
async fn what_was_young_when_it_was_found_is_not_used_when_it_is_old() {
    let cached = Cached::new(stamp(1), Instant::now(), Duration::from_millis(50));
    sleep(Duration::from_millis(100)).await;
    assert!(!is_version(&cached, 1));
    assert!(is_version(&Cached::new(stamp(1), Instant::now(), HOUR.as_duration()), 1));
}

#[test]
fn parts_of_a_subject_do_not_run_into_each_other() {
    let subjects = [&["a", "bc"][..], &["ab", "c"], &["abc"], &["a:1", "b"], &["a", "1:b"], &["a,b"], &["a", "b"]];
    let names: std::collections::BTreeSet<_> = subjects.into_iter().map(Subject::new).collect();
    assert_eq!(names.len(), subjects.len());
}

/// In a field, by whoever sets a clock back, or breaks something.
#[tokio::test]
async fn what_no_clock_explains_is_not_used() {
    let redis = Server::start();
    let store = redis.store(HOUR);
    let lease = missing(&store, &key()).await;
    assert!(store.keep(&key(), lease, &stamp(1)).await.unwrap());
    kept(&store, &key()).await;
    let mut raw = redis::Client::open(redis.url()).unwrap().get_connection().unwrap();
    let hash = format!("shop:{}", subject().as_str());
    let fields: Vec<(String, String)> = redis::cmd("HGETALL").arg(&hash).query(&mut raw).unwrap();
    let [(field, held)] = &fields[..] else { panic!("{fields:?}") };
    let (till, rest) = held.split_once(' ').unwrap();
    let till: u64 = till.parse().unwrap();
    let hour = 3_600_000_000;
    let mut set = |held: &str| redis::cmd("HSET").arg(&hash).arg(field).arg(held).exec(&mut raw).unwrap();
    set(&format!("{} {rest}", till - 1));
    kept(&store, &key()).await;
    for broken in [format!("{} {rest}", till + hour), format!("{} {rest}", till - hour), "broken".into(), String::new()]
    {
        set(&broken);
        missing(&store, &key()).await;
    }
}

/// A hash that nobody asks for any more goes by itself.
#[tokio::test]
async fn redis_forgets_what_is_too_old() {
    let redis = Server::start();
    let store = redis.store(SHORT);
    let lease = missing(&store, &key()).await;
    store.keep(&key(), lease, &stamp(1)).await.unwrap();
    after_the_bound().await;
    let mut raw = redis::Client::open(redis.url()).unwrap().get_connection().unwrap();
    assert_eq!(redis::cmd("DBSIZE").query::<u64>(&mut raw).unwrap(), 0);
}
