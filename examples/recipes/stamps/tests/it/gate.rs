//! A store that waits at a gate, so that a test decides what happens meanwhile.

use std::sync::Arc;

use recipes_stamps::key::{Key, Subject};
use recipes_stamps::store::{Failure, Looked, Store};
use tokio::sync::Notify;

/// Waits before it keeps, or forgets, anything.
pub(crate) struct Gated<K> {
    store: K,
    keep: Option<Gate>,
    forget: Option<Gate>,
}

/// Each is for one passage.
#[derive(Clone, Default)]
pub(crate) struct Gate {
    arrived: Arc<Notify>,
    opened: Arc<Notify>,
    passed: Arc<Notify>,
}

impl Gate {
    /// Until somebody waits at it.
    pub(crate) async fn arrived(&self) {
        self.arrived.notified().await;
    }

    pub(crate) fn open(&self) {
        self.opened.notify_one();
    }

    /// Until what was waiting is done.
    pub(crate) async fn passed(&self) {
        self.passed.notified().await;
    }

    async fn pass<T>(gate: Option<&Gate>, call: impl Future<Output = T>) -> T {
        let Some(gate) = gate else { return call.await };
        gate.arrived.notify_one();
        gate.opened.notified().await;
        let answer = call.await;
        gate.passed.notify_one();
        answer
    }
}

impl<K> Gated<K> {
    pub(crate) fn keeping(store: K) -> (Gated<K>, Gate) {
        let gate = Gate::default();
        (Gated { store, keep: Some(gate.clone()), forget: None }, gate)
    }

    pub(crate) fn forgetting(store: K) -> (Gated<K>, Gate) {
        let gate = Gate::default();
        (Gated { store, keep: None, forget: Some(gate.clone()) }, gate)
    }
}

impl<K: Store> Store for Gated<K> {
    type Stamp = K::Stamp;
    type Lease = K::Lease;

    async fn look(&self, key: &Key) -> Result<Looked<K::Stamp, K::Lease>, Failure> {
        self.store.look(key).await
    }

    async fn keep(&self, key: &Key, lease: K::Lease, stamp: &K::Stamp) -> Result<bool, Failure> {
        Gate::pass(self.keep.as_ref(), self.store.keep(key, lease, stamp)).await
    }

    async fn forget(&self, subjects: &[Subject]) -> Result<(), Failure> {
        Gate::pass(self.forget.as_ref(), self.store.forget(subjects)).await
    }
}
