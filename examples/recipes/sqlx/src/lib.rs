//! From a permit to a statement, with sqlx: one file a question, each with its table, its model, its handlers and its routes.
//!
//! To use one, copy its file, and [`error`](mod@error), which all of them need. `docs/databases.md` says which file answers what.

pub mod error;
pub mod retry;

pub mod create;
pub mod delete;
pub mod replace;
pub mod sqlite;
pub mod transaction;
pub mod unread;

pub mod precision;
pub mod trigger;

pub mod append;
pub mod children;
pub mod related;
pub mod unguarded;

pub mod body_version;
pub mod proxy;
pub mod repeated;
pub mod report;
