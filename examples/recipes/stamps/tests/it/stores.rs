//! The two stores, to be tested by the same functions.

use recipes_stamps::bound::Bound;
use recipes_stamps::cached::Cached;
use recipes_stamps::in_memory::InMemory;
use recipes_stamps::in_redis::InRedis;
use recipes_stamps::key::{Key, Subject};
use recipes_stamps::model::ProductStamp;
use recipes_stamps::store::{Looked, Store};

use crate::redis::Server;

/// Longer than any test.
pub(crate) const HOUR: Bound = Bound::from_millis(3_600_000);

/// Short enough to be waited for.
pub(crate) const SHORT: Bound = Bound::from_millis(200);

/// Until whatever was kept for a short time is surely too old.
pub(crate) async fn after_the_bound() {
    tokio::time::sleep(SHORT.as_duration() * 2).await;
}

/// What one store, and what servers with it have in common, is made of.
pub(crate) trait Kind {
    type Store: Store<Stamp = ProductStamp>;

    fn start() -> Self;

    fn store(&self, bound: Bound) -> Self::Store;
}

pub(crate) struct Memory;

impl Kind for Memory {
    type Store = InMemory<ProductStamp>;

    fn start() -> Memory {
        Memory
    }

    fn store(&self, bound: Bound) -> InMemory<ProductStamp> {
        InMemory::new(1_000, bound)
    }
}

impl Kind for Server {
    type Store = InRedis<ProductStamp>;

    fn start() -> Server {
        Server::start()
    }

    fn store(&self, bound: Bound) -> InRedis<ProductStamp> {
        InRedis::new(&self.url(), "shop", bound).unwrap()
    }
}

/// A test on both stores.
macro_rules! on_both_stores {
    ($($test:ident)*) => {
        mod in_memory {$(
            #[tokio::test]
            async fn $test() {
                super::$test(<crate::stores::Memory as crate::stores::Kind>::start()).await;
            }
        )*}
        mod in_redis {$(
            #[tokio::test]
            async fn $test() {
                super::$test(<crate::redis::Server as crate::stores::Kind>::start()).await;
            }
        )*}
    };
}
pub(crate) use on_both_stores;

pub(crate) fn subject() -> Subject {
    Subject::new(&["acme", "product", "1"])
}

pub(crate) fn key() -> Key {
    Key::new(subject(), "en")
}

/// The lease, where nothing is kept.
pub(crate) async fn missing<K: Store>(store: &K, key: &Key) -> K::Lease {
    match store.look(key).await.unwrap() {
        Looked::Missing(lease) => lease,
        Looked::Kept(_) => panic!("something is kept"),
    }
}

/// What is kept.
pub(crate) async fn kept<K: Store>(store: &K, key: &Key) -> Cached<K::Stamp> {
    match store.look(key).await.unwrap() {
        Looked::Kept(cached) => cached,
        Looked::Missing(_) => panic!("nothing is kept"),
    }
}
