//! From a permit to a statement, with SeaORM. `pages` is what to copy, and `error`, which it needs.

pub mod error;
pub mod pages;
