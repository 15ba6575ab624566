//! A note that counts how often it is rendered.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, SystemTime};

use etag_runtime::ETag;
use serde::{Serialize, Serializer};

#[derive(Debug, Clone, ETag)]
pub(crate) struct Note {
    #[etag(version)]
    pub(crate) version: u64,
    #[etag(timestamp)]
    changed: SystemTime,
    #[etag(skip)]
    rendered: Arc<AtomicUsize>,
}

/// When every note was changed.
pub(crate) const CHANGED: &str = "Fri, 13 Feb 2009 23:31:30 GMT";

impl Note {
    pub(crate) fn new(version: u64) -> Note {
        let changed = SystemTime::UNIX_EPOCH + Duration::from_secs(1_234_567_890);
        Note { version, changed, rendered: Arc::default() }
    }

    /// The value of `ETag`.
    pub(crate) fn tag(version: u64) -> String {
        Note::new(version).etag().to_string()
    }

    pub(crate) fn rendered(&self) -> usize {
        self.rendered.load(Ordering::SeqCst)
    }
}

impl Serialize for Note {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.rendered.fetch_add(1, Ordering::SeqCst);
        serializer.serialize_u64(self.version)
    }
}
