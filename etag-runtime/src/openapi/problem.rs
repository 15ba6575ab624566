//! The schema of the problem document, which is that of [`Rejected`].

use std::borrow::Cow;

use http::StatusCode;
use utoipa::openapi::schema::{AllOfBuilder, SchemaType};
use utoipa::openapi::{ObjectBuilder, Ref, RefOr, Schema, SchemaFormat, Type};
use utoipa::{PartialSchema, ToSchema};

use crate::{Reason, Rejected};

/// Every reason that there is.
const REASONS: [Reason; 11] = [
    Reason::NotFound,
    Reason::NotAcceptable,
    Reason::Conflict,
    Reason::Stale,
    Reason::Exists,
    Reason::Missing,
    Reason::Malformed,
    Reason::Weak,
    Reason::RangeNotSatisfiable,
    Reason::MatchRequired,
    Reason::NoneMatchRequired,
];

/// The problem document (RFC 9457).
impl PartialSchema for Rejected {
    fn schema() -> RefOr<Schema> {
        let text = |description: &str| ObjectBuilder::new().schema_type(Type::String).description(Some(description));
        let r#type = text("What kind of problem it is, with an explanation at this address.")
            .format(Some(SchemaFormat::Custom("uri".into())));
        let status = ObjectBuilder::new().schema_type(Type::Integer).description(Some("The status of the response."));
        let reason = text("The last word of `type`.").enum_values(Some(words(|_| true)));
        let current = ObjectBuilder::new()
            .schema_type(SchemaType::AnyValue)
            .description(Some("The current representation, where the server shows it."));
        let differences = ObjectBuilder::new().schema_type(Type::Object).description(Some(
            "The members of the current representation that differ from what was sent, where the server shows them.",
        ));
        ObjectBuilder::new()
            .description(Some("Why a request was refused (RFC 9457)."))
            .property("type", r#type)
            .property("title", text("The kind in a few words."))
            .property("status", status)
            .property("detail", text("What to do about it."))
            .property("reason", reason)
            .property("current", current)
            .property("differences", differences)
            .required("type")
            .required("title")
            .required("status")
            .required("detail")
            .required("reason")
            .into()
    }
}

impl ToSchema for Rejected {
    fn name() -> Cow<'static, str> {
        "Rejected".into()
    }
}

/// The problem document with this status, and with the reasons that lead to it.
pub(super) fn with_status(status: StatusCode) -> RefOr<Schema> {
    let reason =
        ObjectBuilder::new().schema_type(Type::String).enum_values(Some(words(|reason| reason.status() == status)));
    let code = ObjectBuilder::new().schema_type(Type::Integer).enum_values(Some([status.as_u16()]));
    let narrowed = ObjectBuilder::new().property("status", code).property("reason", reason);
    AllOfBuilder::new().item(Ref::from_schema_name(Rejected::name())).item(narrowed).into()
}

/// The words of these reasons, each of them once.
fn words(is_meant: impl Fn(Reason) -> bool) -> Vec<&'static str> {
    let mut words: Vec<_> = REASONS.into_iter().filter(|reason| is_meant(*reason)).map(word).collect();
    words.dedup();
    words
}

/// The value of `reason`, with which every document ends.
fn word(reason: Reason) -> &'static str {
    reason.problem().rsplit('"').nth(1).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_schema_names_every_word_and_member_of_the_documents() {
        let schema = serde_json::to_value(Rejected::schema()).unwrap();
        let words = schema["properties"]["reason"]["enum"].as_array().unwrap();
        assert_eq!(words.len(), REASONS.len() - 1, "`required` is one word for two reasons");
        for reason in REASONS {
            let document: serde_json::Value = serde_json::from_str(reason.problem()).unwrap();
            assert!(words.contains(&document["reason"]), "{document}");
            let members: Vec<&String> = document.as_object().unwrap().keys().collect();
            for required in schema["required"].as_array().unwrap() {
                assert!(members.iter().any(|member| *member == required), "{required} of {document}");
            }
            for member in members {
                assert!(schema["properties"].get(member).is_some(), "{member} of {document}");
            }
        }
    }

    /// An object is what utoipa takes for granted, where a `type` is not said.
    #[test]
    fn what_is_narrowed_keeps_its_type() {
        let schema = serde_json::to_value(with_status(StatusCode::PRECONDITION_FAILED)).unwrap();
        let narrowed = &schema["allOf"][1]["properties"];
        assert_eq!(narrowed["status"], serde_json::json!({ "type": "integer", "enum": [412] }));
        let reasons = ["stale", "exists", "missing", "malformed", "weak"];
        assert_eq!(narrowed["reason"], serde_json::json!({ "type": "string", "enum": reasons }));
    }

    #[test]
    fn no_reason_is_forgotten() {
        // Fails to compile when there is another, which then belongs to `REASONS`.
        let number = |reason: Reason| match reason {
            Reason::NotFound => 0,
            Reason::NotAcceptable => 1,
            Reason::Conflict => 2,
            Reason::Stale => 3,
            Reason::Exists => 4,
            Reason::Missing => 5,
            Reason::Malformed => 6,
            Reason::Weak => 7,
            Reason::RangeNotSatisfiable => 8,
            Reason::MatchRequired => 9,
            Reason::NoneMatchRequired => 10,
        };
        assert_eq!(REASONS.map(number), [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10]);
    }
}
