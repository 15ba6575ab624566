//! A recorder that keeps counters.

use std::collections::BTreeMap;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex};

use metrics::{Counter, Gauge, Histogram, Key, KeyName, Metadata, Recorder, SharedString, Unit};

/// Counters by name and labels, as `name{outcome="stale"}`, and descriptions by name.
#[derive(Default)]
pub(crate) struct Counters {
    counters: Mutex<BTreeMap<String, Arc<AtomicU64>>>,
    described: Mutex<BTreeMap<String, String>>,
}

impl Counters {
    /// What `job` counts on this thread.
    pub(crate) fn of(job: impl FnOnce()) -> BTreeMap<String, u64> {
        let counters = Counters::default();
        metrics::with_local_recorder(&counters, job);
        let counters = counters.counters.into_inner().unwrap();
        counters.into_iter().map(|(name, count)| (name, count.load(Ordering::Relaxed))).collect()
    }

    /// The names that `job` describes.
    pub(crate) fn described(job: impl FnOnce()) -> Vec<String> {
        let counters = Counters::default();
        metrics::with_local_recorder(&counters, job);
        counters.described.into_inner().unwrap().into_keys().collect()
    }
}

impl Recorder for Counters {
    fn describe_counter(&self, name: KeyName, _: Option<Unit>, description: SharedString) {
        self.described.lock().unwrap().insert(name.as_str().to_owned(), description.to_string());
    }

    fn describe_gauge(&self, _: KeyName, _: Option<Unit>, _: SharedString) {}
    fn describe_histogram(&self, _: KeyName, _: Option<Unit>, _: SharedString) {}

    fn register_counter(&self, key: &Key, _: &Metadata<'_>) -> Counter {
        let labels: Vec<_> = key.labels().map(|label| format!("{}={:?}", label.key(), label.value())).collect();
        let name = format!("{}{{{}}}", key.name(), labels.join(","));
        Counter::from_arc(Arc::clone(self.counters.lock().unwrap().entry(name).or_default()))
    }

    fn register_gauge(&self, _: &Key, _: &Metadata<'_>) -> Gauge {
        Gauge::noop()
    }

    fn register_histogram(&self, _: &Key, _: &Metadata<'_>) -> Histogram {
        Histogram::noop()
    }
}
