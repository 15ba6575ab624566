//! Why a request was refused: the reasons, and their problem details ([RFC 9457]).
//!
//! Every kind of reason has its own problem `type`, so that a client can tell "someone was faster" from "you sent no usable
//! field" without reading prose. The bodies are constant: nothing that a client sent is repeated. What to do about one that nobody has
//! expected is among the [questions](crate::guide::faq) of the guide.
//!
//! # `stale`
//!
//! `412`: `If-Match` or `If-Unmodified-Since` names a version that is not the current one, or another writer was
//! faster. Fetch the current representation, merge, and try again.
//!
//! # `conflict`
//!
//! `409`: another writer was faster, or what was to be created is there already, and the request has named nothing that is
//! not so. Fetch what is there, and name it in `If-Match`.
//!
//! # `exists`
//!
//! `412`: `If-None-Match` on a write, and there is a representation already.
//!
//! # `missing`
//!
//! `412`: `If-Match` where there is no representation to match.
//!
//! # `malformed`
//!
//! `412`: a member of `If-Match` or `If-None-Match` is no entity tag, and no other member matches. Entity tags are
//! quoted; `*` stands alone.
//!
//! # `weak`
//!
//! `412`: `If-Match` compares strongly, and one of the two tags is weak, `W/"…"`, or there is none.
//!
//! # `range-not-satisfiable`
//!
//! `416`: the representation has none of the octets that `Range` asks for. `Content-Range` says how many it has, and `ETag` of which version.
//!
//! # `required`
//!
//! `428`: the method needs a precondition ([RFC 6585 § 3]): `If-Match` with the entity tag of a `GET`, or
//! `If-None-Match: *` to create.
//!
//! # `not-acceptable`
//!
//! `406`: the client accepts none of the media types that the server offers here.
//!
//! # `not-found`
//!
//! `404`: there is nothing to change.
//!
//! [RFC 9457]: https://www.rfc-editor.org/rfc/rfc9457.html
//! [RFC 6585 § 3]: https://www.rfc-editor.org/rfc/rfc6585.html#section-3

use http::StatusCode;

use crate::conditions::{Changed, Condition, Unchanged};
use crate::field_lines::FieldLines;
use crate::tag_list::{self, Malformed};
use crate::{Current, EntityTag, Preconditions};

/// Why a request was refused.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Reason {
    /// There is nothing at the target to change: `404`.
    NotFound,
    /// The client accepts no media type that is offered: `406`.
    NotAcceptable,
    /// The client knows another version than the current one: `412`.
    Stale,
    /// Another writer was faster than a client that has named nothing: `409`.
    Conflict,
    /// The client wants to create what exists: `412`.
    Exists,
    /// The client names a version of what does not exist: `412`.
    Missing,
    /// The field holds something that is no entity tag, and nothing that matches: `412`.
    Malformed,
    /// `If-Match` compares strongly, and one of the tags is weak, or the representation has none: `412`.
    Weak,
    /// The representation has no octets that `Range` asks for: `416`.
    RangeNotSatisfiable,
    /// The method needs `If-Match`: `428`.
    MatchRequired,
    /// The method needs `If-None-Match: *`, since it would create: `428`.
    NoneMatchRequired,
}

/// `$type` is the fragment of the problem type, which is this module's documentation.
macro_rules! problem {
    ($status:literal, $type:literal, $title:literal, $detail:literal) => {
        concat!(
            r#"{"type":"https://docs.rs/etag-runtime/latest/etag_runtime/problem/index.html#"#,
            $type,
            r#"","title":""#,
            $title,
            r#"","status":"#,
            $status,
            r#","detail":""#,
            $detail,
            r#"","reason":""#,
            $type,
            r#""}"#
        )
    };
}

impl Reason {
    /// The status code of the response.
    #[must_use]
    pub fn status(self) -> StatusCode {
        match self {
            Reason::NotFound => StatusCode::NOT_FOUND,
            Reason::NotAcceptable => StatusCode::NOT_ACCEPTABLE,
            Reason::Conflict => StatusCode::CONFLICT,
            Reason::Stale | Reason::Exists | Reason::Missing | Reason::Malformed | Reason::Weak => {
                StatusCode::PRECONDITION_FAILED
            }
            Reason::RangeNotSatisfiable => StatusCode::RANGE_NOT_SATISFIABLE,
            Reason::MatchRequired | Reason::NoneMatchRequired => StatusCode::PRECONDITION_REQUIRED,
        }
    }

    /// The problem details, as `application/problem+json`: `type`, `title`, `status`, `detail`, and `reason`, which
    /// is the last word of `type`.
    #[must_use]
    pub fn problem(self) -> &'static str {
        match self {
            Reason::NotFound => {
                problem!("404", "not-found", "Not found", "There is nothing at this address.")
            }
            Reason::NotAcceptable => problem!(
                "406",
                "not-acceptable",
                "There is no such representation",
                "Accept lists no media type that is offered at this address. Without the field, the server chooses."
            ),
            Reason::Stale => problem!(
                "412",
                "stale",
                "Someone else has changed this in the meantime",
                "The version that If-Match or If-Unmodified-Since names is not the current one, and nothing was changed. Fetch the current representation, merge, and send its ETag in If-Match."
            ),
            Reason::Conflict => problem!(
                "409",
                "conflict",
                "This conflicts with what is there",
                "Another writer was faster, or what was to be created is there already, and nothing was changed. Fetch what is there before the next attempt, and send its ETag in If-Match to change it."
            ),
            Reason::Exists => problem!(
                "412",
                "exists",
                "This exists already",
                "If-None-Match asks that there is no such representation, but there is one, and nothing was changed. To replace it, send its ETag in If-Match."
            ),
            Reason::Missing => problem!(
                "412",
                "missing",
                "This does not exist",
                "If-Match asks for a representation, but there is none, and nothing was changed. To create one, send If-None-Match: * instead."
            ),
            Reason::Malformed => problem!(
                "412",
                "malformed",
                "The precondition cannot be understood",
                "A member of If-Match or If-None-Match is not an entity tag, no other member matches, and nothing was changed. An entity tag is quoted, as ETag shows it, without spaces inside; * stands alone."
            ),
            Reason::Weak => problem!(
                "412",
                "weak",
                "There is no strong entity tag to compare",
                "If-Match compares strongly, but one of the tags is weak (W/), or there is none here to compare with, and nothing was changed. Send the ETag exactly as a GET shows it; if a proxy has added W/, ask without content coding; to add to a collection, send none."
            ),
            Reason::RangeNotSatisfiable => problem!(
                "416",
                "range-not-satisfiable",
                "There is no such part",
                "The representation has none of the octets that Range asks for. Content-Range says how many it has. If they are as many as you have, and its ETag is yours, nothing is missing; otherwise fetch it without Range."
            ),
            Reason::MatchRequired => problem!(
                "428",
                "required",
                "This needs a precondition",
                "Send If-Match with the ETag of the representation that you have seen. A GET of this address shows it. If-Match: * names no version."
            ),
            Reason::NoneMatchRequired => problem!(
                "428",
                "required",
                "This needs a precondition",
                "There is nothing at this address. Send If-None-Match: * to create it, if nobody else has done so before."
            ),
        }
    }

    /// Why [`Preconditions::evaluate`] answers [`PreconditionFailed`](crate::Decision::PreconditionFailed) when this
    /// condition is false.
    pub(crate) fn of(condition: Condition, preconditions: &Preconditions, current: Current<'_>) -> Reason {
        match (condition, preconditions.conditions.unchanged(), preconditions.conditions.changed()) {
            (Condition::IfMatch, Unchanged::IfMatch(field), _) => {
                if current == Current::Absent {
                    Reason::Missing
                } else {
                    of_if_match(field, current.entity_tag())
                }
            }
            (Condition::IfNoneMatch, _, Changed::IfNoneMatch(field)) => {
                let lists = |ours| preconditions.lists(field, ours, |_| true);
                if field.is_any() || current.entity_tag().is_some_and(lists) {
                    Reason::Exists
                } else {
                    Reason::Malformed
                }
            }
            _ => Reason::Stale,
        }
    }
}

/// Why none of these tags is that of a representation which is there: in one pass, since it may be a hundred.
fn of_if_match(if_match: &FieldLines, ours: Option<&EntityTag>) -> Reason {
    // It fails only weakly if a tag is weak, or if the representation has none.
    let mut only_weakly = ours.is_none();
    for member in if_match.iter().flat_map(tag_list::members) {
        match (member, ours) {
            (Err(Malformed), _) => return Reason::Malformed,
            (Ok(theirs), Some(ours)) => only_weakly |= ours.is_weak() || (theirs.weak && theirs.same_state(ours)),
            (Ok(_), None) => {}
        }
    }
    if only_weakly { Reason::Weak } else { Reason::Stale }
}
