//! A decision as an event.

use http::StatusCode;
use tracing::Level;

use super::{Decided, Field, Half};

pub(super) fn emit(decided: &Decided, status: StatusCode) {
    tracing::event!(
        target: "etag_runtime",
        Level::DEBUG,
        outcome = decided.outcome.name(),
        field = decided.field.map(Field::name),
        half = decided.half.map(Half::name),
        status = status.as_u16(),
        // Half a million years fit.
        elapsed = decided.elapsed.map(|elapsed| u64::try_from(elapsed.as_micros()).unwrap_or(u64::MAX)),
        "decided"
    );
}
