//! What this server answers besides the toolkit: its own problem documents, a comment, counters and files.

use std::collections::BTreeMap;
use std::marker::PhantomData;

use etag_runtime::Conditional;
use serde_json::Value;
use utoipa::openapi::{ContentBuilder, Header, HeaderBuilder, Ref, RefOr, Response, ResponseBuilder};
use utoipa::{IntoResponses, PartialSchema as _, ToSchema};

use crate::model::Comment;
use crate::problem::Document as Problem;

type Responses = BTreeMap<String, RefOr<Response>>;

/// `404`. There are two kinds of it, which have one schema: `reason` is there only where a write has asked for something.
pub(crate) enum Missing {}

/// `400`, of a query.
pub(crate) enum NoSuchPart {}

/// `400`, `413`, `415` and `422`, of a body.
pub(crate) enum Unreadable {}

/// The same, of a patch: its `415` names the patches that are taken.
pub(crate) enum UnreadablePatch {}

/// `500` and `503`.
pub(crate) enum Fails {}

/// `201`, with a comment, which has no tag of its own.
pub(crate) enum Commented {}

/// `200`, with counters, which are others each time.
pub(crate) enum Counted {}

/// `200` or `304`: a file of `M`, which is the same for as long as the server runs.
pub(super) struct File<M>(PhantomData<M>);

/// What is in a file.
pub(super) trait MediaType {
    const MEDIA_TYPE: &str;
}

pub(super) enum Document {}

pub(super) enum Page {}

impl MediaType for Document {
    const MEDIA_TYPE: &str = "application/json";
}

impl MediaType for Page {
    const MEDIA_TYPE: &str = "text/html";
}

impl IntoResponses for Missing {
    fn responses() -> Responses {
        all([("404", problem("There is nothing at this address."))])
    }
}

impl IntoResponses for NoSuchPart {
    fn responses() -> Responses {
        all([("400", problem("A parameter cannot be understood."))])
    }
}

impl IntoResponses for Unreadable {
    fn responses() -> Responses {
        all([
            ("400", problem("The body is no JSON, or a parameter cannot be understood.")),
            ("413", problem("The body is too large.")),
            ("415", problem("The body is not said to be JSON.")),
            ("422", problem("The body cannot be accepted. `errors` says which members of it, and why.")),
        ])
    }
}

impl IntoResponses for UnreadablePatch {
    fn responses() -> Responses {
        let unknown = problem("The body is not said to be a patch that is taken.")
            .header("Accept-Patch", text("The media types of patches that are taken (RFC 5789 § 3.1)."));
        let mut responses = Unreadable::responses();
        responses.extend(all([("415", unknown)]));
        responses
    }
}

impl IntoResponses for Fails {
    fn responses() -> Responses {
        let unavailable =
            problem("The database is busy, or cannot be reached. After a write, look whether it was done.");
        all([
            ("500", problem("The server has failed.")),
            ("503", unavailable.header("Retry-After", text("After how many seconds to try again."))),
        ])
    }
}

impl IntoResponses for Commented {
    fn responses() -> Responses {
        let content = ContentBuilder::new().schema(Some(Ref::from_schema_name(Comment::name()))).build();
        let response = ResponseBuilder::new()
            .description("The comment. The article, which shows it, has another ETag now.")
            .content("application/json", content)
            .header("Location", text("The address of the article."));
        all([("201", response)])
    }
}

impl IntoResponses for Counted {
    fn responses() -> Responses {
        let content = ContentBuilder::new().schema(Some(String::schema())).build();
        let response = ResponseBuilder::new()
            .description("The counters.")
            .content("text/plain", content)
            .header("Cache-Control", text("`no-store`: a cache would show counters of before."));
        all([("200", response)])
    }
}

impl<M: MediaType> IntoResponses for File<M> {
    fn responses() -> Responses {
        let mut responses = Conditional::<Value>::responses();
        for (status, response) in &mut responses {
            let RefOr::T(response) = response else { continue };
            if let Some(content) = response.content.shift_remove("application/json") {
                response.content.insert(M::MEDIA_TYPE.into(), content);
            }
            // The 304 has the fields that the 200 would have had, and a refusal has none of them.
            if status != "412" {
                response.headers.insert("Content-Security-Policy".into(), text("What the file may load.").into());
            }
        }
        responses
    }
}

fn problem(description: &str) -> ResponseBuilder {
    let content = ContentBuilder::new().schema(Some(Ref::from_schema_name(Problem::name()))).build();
    ResponseBuilder::new()
        .description(description)
        .content("application/problem+json", content)
        .header("Cache-Control", text("`no-store`: no problem may be kept."))
}

fn text(description: &str) -> Header {
    HeaderBuilder::new().description(Some(description)).build()
}

fn all<const N: usize>(table: [(&str, ResponseBuilder); N]) -> Responses {
    table.into_iter().map(|(status, response)| (status.to_owned(), response.build().into())).collect()
}
