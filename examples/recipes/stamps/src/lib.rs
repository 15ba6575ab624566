//! Where do many servers keep stamps? In memory, each its own, or in Redis, all the same; with one handler for both.
//!
//! ```text
//! Preconditions ─▶ Stamps ─┬─look──▶ Store ─▶ Cached ──not_modified──▶ 304, without a statement
//!                          └─read──▶ database ─▶ stamp ─┬─not_modified─▶ 304
//!                                                       └─keep─▶ Store, unless somebody has written meanwhile
//! a writer, after its commit ──────forget─▶ Store
//! ```
//!
//! To use it, copy [`bound`], [`cached`], [`key`], [`store`] and [`stamps`], and [`in_memory`] or [`in_redis`], or both. The rest is an
//! application to show and to test them. `docs/stamps.md` says when it pays, and what it promises.

pub mod bound;
pub mod cached;
pub mod key;
pub mod stamps;
pub mod store;

pub mod in_memory;
pub mod in_redis;

pub mod app;
mod database;
pub mod language;
mod member;
pub mod model;
