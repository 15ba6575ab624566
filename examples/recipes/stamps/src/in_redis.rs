//! How are stamps kept for several servers?
//!
//! Of each subject there is a hash, with a field for each variant, release and bound. A lease is a field without a stamp, whose time
//! runs already; keeping one is a comparison and a write in one script; and `DEL` ends them all. Only the clock of Redis counts, and
//! each reader's own for how long its answer was on the way.

use std::fmt;
use std::marker::PhantomData;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, Instant};

use etag_runtime::ETag;
use redis::aio::{ConnectionManager, ConnectionManagerConfig};
use redis::{Client, RedisError, Script};
use serde::Serialize;
use serde::de::DeserializeOwned;
use uuid::Uuid;

use crate::bound::Bound;
use crate::cached::Cached;
use crate::key::{Key, Subject};
use crate::store::{Failure, Looked, Store};

/// Stamps in a Redis that several servers share.
pub struct InRedis<S> {
    redis: ConnectionManager,
    look: Script,
    keep: Script,
    prefix: String,
    bound: Bound,
    /// With the number of a lease, a token that no other server and no other process has.
    instance: Uuid,
    leases: AtomicU64,
    stamps: PhantomData<fn() -> S>,
}

/// The right to keep a stamp in Redis.
#[derive(Debug)]
pub struct Lease(String);

impl<S> InRedis<S> {
    /// Keeps stamps in the Redis at this URL, which need not be there yet.
    ///
    /// `prefix` is that of one application on one database: two databases have two.
    ///
    /// # Errors
    ///
    /// If it is no URL of a Redis.
    ///
    /// # Panics
    ///
    /// Outside a Tokio runtime.
    pub fn new(url: &str, prefix: &str, bound: Bound) -> Result<InRedis<S>, RedisError> {
        // Nobody waits for a second try: the database is asked, and the next request tries again.
        let config = ConnectionManagerConfig::new().set_number_of_retries(0);
        Ok(InRedis {
            redis: ConnectionManager::new_lazy_with_config(Client::open(url)?, config)?,
            look: Script::new(include_str!("look.lua")),
            keep: Script::new(include_str!("keep.lua")),
            prefix: prefix.to_owned(),
            bound,
            instance: Uuid::new_v4(),
            leases: AtomicU64::new(0),
            stamps: PhantomData,
        })
    }

    fn hash(&self, subject: &Subject) -> String {
        format!("{}:{}", self.prefix, subject.as_str())
    }
}

impl<S: ETag> InRedis<S> {
    /// Releases whose representations differ have different schemas; one that gives a field another role has to take another prefix. Servers with another bound have their own fields, too: what
    /// is young enough for them may not be so here.
    fn field(&self, key: &Key) -> String {
        format!("{:016x}:{}:{}", S::SCHEMA.fingerprint(), self.bound.as_millis(), key.variant)
    }
}

impl<S: ETag + Serialize + DeserializeOwned + Send + Sync + 'static> Store for InRedis<S> {
    type Stamp = S;
    type Lease = Lease;

    async fn look(&self, key: &Key) -> Result<Looked<S, Lease>, Failure> {
        let number = self.leases.fetch_add(1, Ordering::Relaxed);
        let mut look = self.look.key(self.hash(&key.subject));
        look.arg(self.field(key)).arg(self.bound.as_millis()).arg(format!("{:x}-{number:x}", self.instance.as_u128()));
        // Before Redis looks at its clock: the time on the way here comes off what is left.
        let since = Instant::now();
        let answer = look.invoke_async(&mut self.redis.clone()).await;
        let (token, left, stamp): (String, u64, String) = answer.map_err(Failure::new)?;
        if stamp.is_empty() {
            return Ok(Looked::Missing(Lease(token)));
        }
        let stamp = serde_json::from_str(&stamp).map_err(Failure::new)?;
        Ok(Looked::Kept(Cached::new(stamp, since, Duration::from_micros(left))))
    }

    async fn keep(&self, key: &Key, Lease(token): Lease, stamp: &S) -> Result<bool, Failure> {
        let stamp = serde_json::to_string(stamp).map_err(Failure::new)?;
        let mut keep = self.keep.key(self.hash(&key.subject));
        keep.arg(self.field(key)).arg(token).arg(stamp);
        keep.invoke_async(&mut self.redis.clone()).await.map_err(Failure::new)
    }

    async fn forget(&self, subjects: &[Subject]) -> Result<(), Failure> {
        if subjects.is_empty() {
            return Ok(());
        }
        let names: Vec<String> = subjects.iter().map(|subject| self.hash(subject)).collect();
        redis::cmd("DEL").arg(names).query_async(&mut self.redis.clone()).await.map_err(Failure::new)
    }
}

/// Without the URL, which may hold a password.
impl<S> fmt::Debug for InRedis<S> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("InRedis").field("prefix", &self.prefix).field("bound", &self.bound).finish_non_exhaustive()
    }
}
