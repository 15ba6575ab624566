//! Layers of tower: what no handler has to know of, and every response needs.
//!
//! ```text
//! client ──▶ ContentCoding ──▶ tower_http::compression ──▶ ConditionalService ──▶ handlers
//! ```

pub mod conditional;
pub mod content_coding;
