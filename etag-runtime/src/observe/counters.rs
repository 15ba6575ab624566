//! Decisions, and what they have saved, as counters.

use metrics::{Unit, counter, describe_counter};

use super::{Decided, Field, Outcome};

const DECISIONS: &str = "etag_decisions_total";
const BYTES_NOT_SENT: &str = "etag_bytes_not_sent_total";

/// Tells the recorder of the application what the counters are, for whoever reads them: once, after it has been installed.
pub fn describe() {
    describe_counter!(
        DECISIONS,
        "Decisions about conditional requests, by outcome, its reason and the field that has decided."
    );
    describe_counter!(
        BYTES_NOT_SENT,
        Unit::Bytes,
        "Content that a 304 has not sent again, as far as its length is known."
    );
}

pub(super) fn count(decided: &Decided) {
    let outcome = decided.outcome.name();
    // A word for each reason there is already: that of the outcome if it was refused for it.
    let reason = decided.outcome.reason().map_or("none", |reason| Outcome::Refused(reason).name());
    let field = decided.field.map_or("none", Field::name);
    counter!(DECISIONS, "outcome" => outcome, "reason" => reason, "field" => field).increment(1);
}

pub(super) fn not_sent(octets: u64) {
    counter!(BYTES_NOT_SENT).increment(octets);
}
