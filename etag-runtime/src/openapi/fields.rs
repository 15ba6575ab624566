//! The fields of a response that conditional requests need, as a document describes them.

use http::HeaderName;
use http::header::{CACHE_CONTROL, CONTENT_LOCATION, ETAG, LAST_MODIFIED, LOCATION, VARY};
use utoipa::openapi::{Header, HeaderBuilder, ObjectBuilder, ResponseBuilder, Type};

/// The `entity-tag` of RFC 9110 § 8.8.3, as far as it can be printed.
pub(super) const ENTITY_TAG: &str = r#"^(W/)?"[!#-~\x80-\xFF]*"$"#;

/// One that guards a write, and is followed by others or by none.
pub(super) const EXAMPLE: &str = r#""kVZ3o5u8mP0nA1bQ2rT4xw""#;

/// An `IMF-fixdate`, § 5.6.7.
const DATE: &str = r"^(Mon|Tue|Wed|Thu|Fri|Sat|Sun), \d{2} [A-Z][a-z]{2} \d{4} \d{2}:\d{2}:\d{2} GMT$";

/// What `Cache-Control` says of a refusal.
const NO_STORE: &str = "no-store";

/// With the fields of a representation.
pub(super) fn of_representation(response: ResponseBuilder) -> ResponseBuilder {
    let response =
        validators(response, "The version of this representation: for If-None-Match, and for If-Match of a write.");
    caching(response)
}

/// With the fields that a `304` keeps of those of a `200` (§ 15.4.5).
pub(super) fn of_not_modified(response: ResponseBuilder) -> ResponseBuilder {
    let response = response
        .header(name(&ETAG), entity_tag("The version that the client has."))
        .header(name(&LAST_MODIFIED), date("Only where there is no ETag."));
    caching(response)
}

/// With the fields of a refusal that tells what is current.
pub(super) fn of_current(response: ResponseBuilder) -> ResponseBuilder {
    of_refusal(validators(response, "The current version, as far as it is known."))
}

/// With the field of every refusal.
pub(super) fn of_refusal(response: ResponseBuilder) -> ResponseBuilder {
    let no_store = ObjectBuilder::new().schema_type(Type::String).enum_values(Some([NO_STORE]));
    let header = HeaderBuilder::new().schema(Some(no_store)).description(Some("No refusal may be stored."));
    response.header(name(&CACHE_CONTROL), header.build())
}

/// With the address of the representation in the body.
pub(super) fn with_content_location(response: ResponseBuilder) -> ResponseBuilder {
    response.header(name(&CONTENT_LOCATION), text("The address of the representation in the body."))
}

/// With the address of what was created.
pub(super) fn with_location(response: ResponseBuilder) -> ResponseBuilder {
    response.header(name(&LOCATION), text("The address of what was created."))
}

fn validators(response: ResponseBuilder, of: &str) -> ResponseBuilder {
    response
        .header(name(&ETAG), entity_tag(of))
        .header(name(&LAST_MODIFIED), date("The second of the last change, where that can be told."))
}

fn caching(response: ResponseBuilder) -> ResponseBuilder {
    response
        .header(name(&CACHE_CONTROL), text("`no-cache`, unless the server sets another: ask before every use."))
        .header(name(&VARY), text("The fields of the request that have selected this representation, if any have."))
}

fn entity_tag(description: &str) -> Header {
    let schema = ObjectBuilder::new().schema_type(Type::String).pattern(Some(ENTITY_TAG));
    HeaderBuilder::new().schema(Some(schema)).description(Some(description)).example(Some(EXAMPLE.into())).build()
}

fn date(description: &str) -> Header {
    let schema = ObjectBuilder::new().schema_type(Type::String).pattern(Some(DATE));
    HeaderBuilder::new().schema(Some(schema)).description(Some(description)).build()
}

fn text(description: &str) -> Header {
    HeaderBuilder::new().description(Some(description)).build()
}

/// The name as it is usually written: a document is for readers.
pub(super) fn name(name: &HeaderName) -> String {
    if name == ETAG {
        return "ETag".into();
    }
    let words = name.as_str().split('-').map(|word| {
        let (first, rest) = word.split_at(1);
        first.to_ascii_uppercase() + rest
    });
    words.collect::<Vec<_>>().join("-")
}

#[cfg(test)]
mod tests {
    use http::header::{IF_NONE_MATCH, IF_UNMODIFIED_SINCE};

    use super::*;

    #[test]
    fn names_are_written_as_in_the_rfc() {
        assert_eq!(name(&ETAG), "ETag");
        assert_eq!(name(&VARY), "Vary");
        assert_eq!(name(&IF_NONE_MATCH), "If-None-Match");
        assert_eq!(name(&IF_UNMODIFIED_SINCE), "If-Unmodified-Since");
    }
}
