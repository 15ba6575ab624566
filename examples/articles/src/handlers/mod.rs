//! The handlers, by resource. None of them compares a tag, and none can write without a permit: every method of the store
//! that writes asks for one.

pub(crate) mod articles;
pub(crate) mod authors;
mod body;
pub(crate) mod comments;
mod id;
pub(crate) mod merge_patch;
pub(crate) mod page;

/// How often a write without preconditions is tried that others are faster than, before it is given up.
const ATTEMPTS: usize = 100;
