//! RFC 9110 § 13 as an executable model, written from the text of the RFC and from nothing else.
//!
//! ```text
//! field lines ──list, tag, date──▶ what they say ─┐
//! target ─────────────────────────────────────────┴─observe──▶ Facts ──rules, ruling──▶ Verdict, and why
//! ```
//!
//! The toolkit decides by control flow. The model has none: what is so of a request and its target is a set of
//! [`Fact`]s, and [`RULES`] is a table whose rows say which facts lead where. It reads tags, lists and dates in its own
//! way, allocates as it likes, and depends on no crate.
//!
//! Where the RFC leaves something open, or the project departs from it, the rows are in force only together with a
//! [`Choice`]. [`Ruling`] applies the table with any set of choices, so that a choice can be taken away, and what it
//! decides can be counted.
//!
//! § 13.2.1 has been applied before: the answer without conditions would be a success. That a target without a
//! representation is a `404` to GET is therefore not said here.

mod choice;
mod date;
mod fact;
mod list;
mod observe;
mod rules;
mod ruling;
mod tag;
pub mod values;

pub use choice::{Choice, Kind};
pub use date::read as read_date;
pub use fact::{Fact, Facts};
pub use list::{List, Member};
pub use observe::{Field, Method, Observer, Target};
pub use rules::{RULES, Rule, Then};
pub use ruling::{Ruling, Verdict};
pub use tag::Tag;
