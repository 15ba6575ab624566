//! Allocations: the same on every machine.

use std::collections::BTreeMap;

use anyhow::Result;

use crate::figures::{self, Allocations};
use crate::groups;

/// Writes down the allocations of one call of each contender, for the other programs.
///
/// # Errors
///
/// If they cannot be written.
pub fn count(allocations_of: impl Fn(&mut dyn FnMut()) -> u64) -> Result<()> {
    let mut counts = BTreeMap::new();
    for group in groups() {
        for mut contender in group.contenders {
            // What is made at the first call is nobody's cost.
            (contender.job)();
            let name = format!("{}/{}", group.key, contender.key);
            counts.insert(name, allocations_of(&mut contender.job));
        }
    }
    figures::save("allocations", &Allocations(counts))
}
