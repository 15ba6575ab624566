//! From a permit to a statement, with Diesel on `diesel-async`. `pages` is what to copy, and `error`, which it needs. With Diesel
//! alone the statements are the same, without `await`.

pub mod error;
pub mod pages;
