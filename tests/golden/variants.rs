//! The tag of a variant, as a response shows it.

use etag_runtime::{ETag, EntityTag, Preconditions, Strong, Variant};
use http::header::ETAG;
use http::{HeaderMap, Method, Response};

/// An entity that has this tag.
struct Tagged(EntityTag);

impl ETag for Tagged {
    type Strength = Strong;

    fn etag(&self) -> EntityTag {
        self.0.clone()
    }
}

/// The tag that a response has, of this variant of a representation whose own tag this is.
pub(crate) fn tag(own: EntityTag, variants: &[(String, String)]) -> String {
    let preconditions = Preconditions::new(&Method::GET, &HeaderMap::new());
    let preconditions = variants
        .iter()
        .cloned()
        .fold(preconditions, |preconditions, (name, value)| preconditions.with_variant(Variant::new(name, value)));
    let response = preconditions.respond(Tagged(own)).into_response_with(|_| Response::new(String::new()), String::new);
    response.headers()[ETAG].to_str().unwrap().to_owned()
}
