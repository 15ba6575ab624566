//! `#[derive(ETag)]`, re-exported and documented by `etag-runtime`.
//!
//! ```text
//! tokens ──attr──▶ Attrs ──model──▶ Model ──expand──▶ impl ETag + stamp + compile-time refusals
//!            └───────────────┴─ errors ──▶ fallback ──▶ compile_error! + stub impl
//! ```
//!
//! No file looks back up the arrow. Everything that can be wrong is found before `expand`, which
//! cannot fail, and all of it is reported at once.

mod errors;

mod attr;
mod mention;
mod model;
mod written;

mod bounds;
mod expand;
mod fallback;

#[allow(missing_docs, reason = "documented at its re-export, where links and examples resolve")]
#[proc_macro_derive(ETag, attributes(etag))]
pub fn derive_etag(input: proc_macro::TokenStream) -> proc_macro::TokenStream {
    expand::derive_tokens(input.into()).into()
}
