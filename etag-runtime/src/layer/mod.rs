//! Layers of tower, for services that know nothing of this crate.

mod evaluate;

pub use evaluate::{Evaluate, EvaluateLayer};
