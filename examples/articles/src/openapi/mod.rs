//! The contract of the API: an `OpenAPI` document, made of what stands at the handlers, and a page that shows it.
//!
//! ```text
//! #[utoipa::path] at the handlers ─┐
//! ToSchema of models and inputs ───┼─▶ Api ──adjust──▶ /openapi.json
//! etag_runtime::openapi ───────────┘                └──reference──▶ /reference
//! ```
//!
//! `tests/it/openapi.rs` compares it with what the server answers.

mod adjust;
mod links;
mod responses;
mod serve;

pub(crate) use responses::{Commented, Counted, Fails, Missing, NoSuchPart, Unreadable, UnreadablePatch};
pub(crate) use serve::routes;

use etag_runtime::{Rejected, Tagged};
use utoipa::OpenApi;

use self::adjust::Adjust;
use self::links::Links;
use crate::handlers::{articles, authors, comments, page};
use crate::metrics;
use crate::model::{Article, Author, Comment, Page};
use crate::problem::Document as Problem;

/// The API, before it is adjusted to what this server does.
#[derive(OpenApi)]
#[openapi(
    info(
        title = "Articles",
        description = "Articles that two people may edit at once. Read, keep the ETag, and send it back: in `If-None-Match` to \
            be told that nothing has changed, in `If-Match` so that a write overwrites only what you have seen.",
        license(name = "MIT OR Apache-2.0", identifier = "MIT OR Apache-2.0")
    ),
    paths(
        page::show,
        page::add,
        articles::show,
        articles::replace,
        articles::patch,
        articles::delete,
        comments::add,
        authors::show,
        authors::rename,
        metrics::show,
        serve::document,
        serve::reference,
    ),
    components(schemas(Article, Author, Comment, Page, Tagged<Article>, Problem, Rejected)),
    modifiers(&Adjust, &Links)
)]
pub(crate) struct Api;
