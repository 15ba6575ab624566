//! What handlers make of a row, and what its tag depends on.

use std::time::{Duration, SystemTime};

use etag_runtime::{ETag, StrongETag};

use crate::table::Row;

/// A model of a row, and the condition by which a statement recognizes the row again.
pub(crate) trait Model: StrongETag + From<Row> {
    /// `WHERE …`: whether this row is in the state that the model was read from.
    fn is(&self, row: Row) -> bool;

    /// What a writer that does not trust the database makes the version.
    fn next_version(&self) -> u32;
}

/// The version is all there is.
#[derive(Debug, ETag)]
pub(crate) struct Versioned {
    #[etag(version)]
    version: u32,
}

/// The version starts anew with every row, which its date tells apart.
#[derive(Debug, ETag)]
pub(crate) struct Dated {
    #[etag(version)]
    version: u32,
    #[etag(timestamp)]
    created: SystemTime,
}

/// The same tag, but a statement that compares less than what makes it up.
#[derive(Debug, ETag)]
#[etag(transparent)]
pub(crate) struct HalfCompared(Dated);

/// The version can be read back from the tag.
#[derive(Debug, ETag)]
#[etag(reversible)]
pub(crate) struct Plain {
    #[etag(version)]
    version: u32,
}

fn date(created: u32) -> SystemTime {
    SystemTime::UNIX_EPOCH + Duration::from_secs(created.into())
}

impl Model for Versioned {
    fn is(&self, row: Row) -> bool {
        row.version == self.version
    }

    fn next_version(&self) -> u32 {
        self.version + 1
    }
}

impl Model for Dated {
    fn is(&self, row: Row) -> bool {
        row.version == self.version && date(row.created) == self.created
    }

    fn next_version(&self) -> u32 {
        self.version + 1
    }
}

impl Model for HalfCompared {
    fn is(&self, row: Row) -> bool {
        row.version == self.0.version
    }

    fn next_version(&self) -> u32 {
        self.0.next_version()
    }
}

impl Model for Plain {
    fn is(&self, row: Row) -> bool {
        row.version == self.version
    }

    fn next_version(&self) -> u32 {
        self.version + 1
    }
}

impl From<Row> for Versioned {
    fn from(row: Row) -> Versioned {
        Versioned { version: row.version }
    }
}

impl From<Row> for Dated {
    fn from(row: Row) -> Dated {
        Dated { version: row.version, created: date(row.created) }
    }
}

impl From<Row> for HalfCompared {
    fn from(row: Row) -> HalfCompared {
        HalfCompared(row.into())
    }
}

impl From<Row> for Plain {
    fn from(row: Row) -> Plain {
        Plain { version: row.version }
    }
}
