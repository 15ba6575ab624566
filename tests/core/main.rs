//! The whole truth of the decision, as a table that can be checked by eye.
//!
//! Rows are requests, columns are states of the target. Where two methods would have the same table, one stands for both.

mod truth;
