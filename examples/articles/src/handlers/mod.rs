//! The handlers, by resource. None of them compares a tag, and none can write without a permit.

pub(crate) mod articles;
pub(crate) mod authors;
mod body;
pub(crate) mod comments;
mod id;
pub(crate) mod page;
