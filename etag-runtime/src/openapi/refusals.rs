//! Refusals as responses of an operation: `404`, `409`, `412` and `428`, by the policy, and what the body is refused for.

use std::collections::BTreeMap;

use axum::Json;
use http::StatusCode;
use utoipa::IntoResponses;
use utoipa::openapi::{ContentBuilder, Object, RefOr, Response, ResponseBuilder, Type};

use super::{ForCreation, ForUpsert, fields, problem};
use crate::{Deferred, ForWrite, Policy, Refused, Rejected, WritePolicy};

pub(super) type Responses = BTreeMap<String, RefOr<Response>>;

/// `404`: there is nothing to show, or to change.
#[derive(Debug)]
pub enum NotFound {}

/// `409`: another writer was faster than a request that has named no version.
#[derive(Debug)]
pub enum Conflict {}

/// `412`: a precondition is false.
#[derive(Debug)]
pub enum PreconditionFailed {}

/// `428`: the request needs a precondition.
#[derive(Debug)]
pub enum PreconditionRequired {}

impl IntoResponses for NotFound {
    fn responses() -> Responses {
        one(StatusCode::NOT_FOUND, "There is nothing at this address.")
    }
}

impl IntoResponses for Conflict {
    fn responses() -> Responses {
        one(StatusCode::CONFLICT, "Another writer was faster, and nothing was changed.")
    }
}

impl IntoResponses for PreconditionFailed {
    fn responses() -> Responses {
        one(StatusCode::PRECONDITION_FAILED, "A precondition is false, and nothing was changed. `reason` says why.")
    }
}

impl IntoResponses for PreconditionRequired {
    fn responses() -> Responses {
        one(
            StatusCode::PRECONDITION_REQUIRED,
            "The request has to name the version that it changes, or to say that it creates.",
        )
    }
}

/// What a write is refused for under the policy: `412`, `428` if it asks for a precondition, and `409` if it lets a
/// request through that names no version.
impl<P: WritePolicy> IntoResponses for ForWrite<P> {
    fn responses() -> Responses {
        under(P::POLICY)
    }
}

/// As for [`ForWrite`].
impl<P: WritePolicy> IntoResponses for ForUpsert<P> {
    fn responses() -> Responses {
        under(P::POLICY)
    }
}

/// As for [`ForWrite`].
impl<P: WritePolicy> IntoResponses for ForCreation<P> {
    fn responses() -> Responses {
        under(P::POLICY)
    }
}

/// Every status that a refusal may have. What a handler answers in fact is fewer.
impl IntoResponses for Rejected {
    fn responses() -> Responses {
        let mut responses = one(StatusCode::NOT_ACCEPTABLE, "The client accepts no media type that is offered.");
        responses.extend(one(StatusCode::RANGE_NOT_SATISFIABLE, "Nothing of what is asked for is there."));
        responses.extend(NotFound::responses());
        responses.extend(Conflict::responses());
        responses.extend(PreconditionFailed::responses());
        responses.extend(PreconditionRequired::responses());
        responses
    }
}

/// As for [`Rejected`].
impl<T> IntoResponses for Refused<T> {
    fn responses() -> Responses {
        Rejected::responses()
    }
}

/// What axum's `Json` refuses, with the reason as a text.
impl<T> IntoResponses for Deferred<Json<T>> {
    fn responses() -> Responses {
        let table = [
            (StatusCode::BAD_REQUEST, "The body cannot be read, or is no JSON."),
            (StatusCode::PAYLOAD_TOO_LARGE, "The body is too large."),
            (StatusCode::UNSUPPORTED_MEDIA_TYPE, "The body is not said to be JSON."),
            (StatusCode::UNPROCESSABLE_ENTITY, "The body is not the JSON that was expected."),
        ];
        let text = ContentBuilder::new().schema(Some(Object::with_type(Type::String))).build();
        let response = |description: &str| {
            ResponseBuilder::new().description(description).content("text/plain; charset=utf-8", text.clone()).build()
        };
        table.into_iter().map(|(status, description)| (key(status), response(description).into())).collect()
    }
}

fn under(policy: Policy) -> Responses {
    let mut responses = PreconditionFailed::responses();
    if policy.is_required || policy.refuses_any {
        responses.extend(PreconditionRequired::responses());
    }
    // Whoever names a version, and is late all the same, gets a 412.
    if !(policy.is_required && policy.refuses_any) {
        responses.extend(Conflict::responses());
    }
    responses
}

/// A refusal with a problem document.
fn one(status: StatusCode, description: &str) -> Responses {
    let content = ContentBuilder::new().schema(Some(problem::with_status(status))).build();
    let response = ResponseBuilder::new().description(description).content("application/problem+json", content);
    let response = match status {
        StatusCode::PRECONDITION_FAILED | StatusCode::CONFLICT | StatusCode::RANGE_NOT_SATISFIABLE => {
            fields::of_current(response)
        }
        _ => fields::of_refusal(response),
    };
    Responses::from([(key(status), response.build().into())])
}

pub(super) fn key(status: StatusCode) -> String {
    status.as_str().to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_policy_decides_which_refusals_there_are() {
        #[rustfmt::skip]
        let table: [(Policy, &[&str]); 5] = [
            (Policy::REQUIRED,                   &["412", "428"]),
            (Policy::REQUIRED.accept_weakened(), &["412", "428"]),
            (Policy::REQUIRED.accept_any(),      &["409", "412", "428"]),
            (Policy::OPTIONAL.refuse_any(),      &["409", "412", "428"]),
            (Policy::OPTIONAL,                   &["409", "412"]),
        ];
        for (policy, expected) in table {
            assert_eq!(under(policy).into_keys().collect::<Vec<_>>(), expected, "{policy:?}");
        }
    }

    #[test]
    fn a_refusal_is_a_problem_that_no_cache_keeps() {
        for (status, response) in Rejected::responses() {
            let response = serde_json::to_value(response).unwrap();
            assert_eq!(response["headers"]["Cache-Control"]["schema"]["enum"][0], "no-store", "{status}");
            assert!(response["content"].get("application/problem+json").is_some(), "{status}");
            let tells_what_is_current = matches!(status.as_str(), "409" | "412" | "416");
            assert_eq!(response["headers"].get("ETag").is_some(), tells_what_is_current, "{status}");
        }
    }
}
