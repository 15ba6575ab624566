//! What does a store have to do?

use std::error::Error;
use std::fmt;

use etag_runtime::ETag;

use crate::cached::Cached;
use crate::key::{Key, Subject};

/// Where stamps are kept between requests.
///
/// - A stamp is never used when its bound is over, counted from when the lease was taken.
/// - Once `forget` has returned, no lease that was taken before keeps anything.
/// - What fails is asked of the database: [`Stamps`](crate::stamps::Stamps) does so, and sees to it that nothing takes long.
pub trait Store: Send + Sync + 'static {
    /// What is kept.
    type Stamp: ETag + Send + Sync;

    /// The right to keep what is read from the database from now on.
    type Lease: Send;

    /// The stamp that is kept under this key, or else a lease.
    fn look(&self, key: &Key) -> impl Future<Output = Result<Looked<Self::Stamp, Self::Lease>, Failure>> + Send;

    /// Keeps a stamp that was read after the lease was taken. `false` if it is refused: the subject was forgotten since, the
    /// bound is over already, or another reader was faster.
    fn keep(
        &self,
        key: &Key,
        lease: Self::Lease,
        stamp: &Self::Stamp,
    ) -> impl Future<Output = Result<bool, Failure>> + Send;

    /// Forgets all that is kept of these subjects, and all leases for them. For a writer, after its commit.
    fn forget(&self, subjects: &[Subject]) -> impl Future<Output = Result<(), Failure>> + Send;
}

/// What a store answers to a reader.
#[derive(Debug)]
#[expect(clippy::exhaustive_enums, reason = "there is nothing else")]
pub enum Looked<S, L> {
    /// A stamp.
    Kept(Cached<S>),
    /// None; but whoever reads it from the database may keep it.
    Missing(L),
}

/// Why a store does not answer.
#[derive(Debug)]
pub struct Failure(Box<dyn Error + Send + Sync>);

impl Failure {
    /// A failure with this reason.
    pub fn new(reason: impl Into<Box<dyn Error + Send + Sync>>) -> Failure {
        Failure(reason.into())
    }
}

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

impl Error for Failure {
    fn source(&self) -> Option<&(dyn Error + 'static)> {
        self.0.source()
    }
}
