//! Layers of tower: what no handler has to know of, and every response needs.
//!
//! ```text
//! client ──▶ ContentCoding ──▶ tower_http::compression ─┬─▶ ConditionalService ──▶ handlers
//!                                                       └─▶ Evaluate ──▶ services that know of no condition
//! ```

pub mod conditional;
pub mod content_coding;
pub mod evaluate;
