//! What a variant does to a tag, and what it leaves alone.

use etag_runtime::{Current, Decision, ETag, EntityTag, HttpDate, Preconditions, Validators, Variant};
use http::header::{HeaderName, IF_MATCH, IF_NONE_MATCH, IF_RANGE, RANGE};
use http::{HeaderMap, HeaderValue, Method, Response};

use crate::application::Article;

const ARTICLE: Article = Article { title: "One", version: 1 };

fn preconditions(method: &Method, fields: &[(HeaderName, &str)]) -> Preconditions {
    let fields = fields.iter().map(|(name, value)| (name.clone(), HeaderValue::from_str(value).unwrap()));
    Preconditions::new(method, &fields.collect::<HeaderMap>())
}

/// The fields of the response to a GET of the article in these variants.
fn fields(variants: impl IntoIterator<Item = Variant>) -> HeaderMap {
    let preconditions = variants.into_iter().fold(preconditions(&Method::GET, &[]), Preconditions::with_variant);
    let response = preconditions.respond(ARTICLE);
    response.into_response_with(|_| Response::new(String::new()), String::new).into_parts().0.headers
}

fn tag(variants: impl IntoIterator<Item = Variant>) -> String {
    fields(variants)["etag"].to_str().unwrap().to_owned()
}

#[test]
fn json_is_the_default() {
    let own = ARTICLE.etag().to_string();
    assert_eq!(tag([]), own);
    assert!(!fields([]).contains_key("vary"));
    for json in ["application/json", "Application/JSON", " application/json ", "application/json;"] {
        assert_eq!(tag([Variant::media_type(json)]), own, "{json}");
        assert_eq!(fields([Variant::media_type(json)])["vary"], "accept", "also the default was negotiated");
    }
    for other in ["application/json;profile=a", "application/ld+json", "text/html"] {
        assert_ne!(tag([Variant::media_type(other)]), own, "{other}");
    }
}

#[test]
fn the_order_of_names_does_not_count_and_the_last_value_does() {
    let (html, german) = (Variant::media_type("text/html"), Variant::language("de"));
    assert_eq!(tag([html.clone(), german.clone()]), tag([german.clone(), html.clone()]));
    assert_eq!(tag([Variant::language("en"), html.clone(), german.clone()]), tag([german.clone(), html.clone()]));
    assert_ne!(tag([html.clone(), german]), tag([html, Variant::language("de-CH")]));
}

#[test]
fn names_and_values_do_not_run_into_each_other() {
    assert_ne!(tag([Variant::new("ab", "c")]), tag([Variant::new("a", "bc")]));
    assert_ne!(tag([Variant::new("a", "")]), tag([]));
    assert_ne!(tag([Variant::new("a", "b"), Variant::new("c", "d")]), tag([Variant::new("a", "bcd")]));
}

/// RFC 9110 § 13.1.1 on a safe method: the whole tag.
#[test]
fn a_reader_is_held_to_the_variant_and_a_writer_to_the_state() {
    let html = tag([Variant::media_type("text/html")]);
    let json = ARTICLE.etag().to_string();
    let validators = ARTICLE.validators();
    let decide = |method: &Method, field: HeaderName, held: &str| {
        let preconditions = preconditions(method, &[(field, held)]).with_variant(Variant::media_type("text/html"));
        preconditions.evaluate(Current::Present(&validators))
    };
    assert_eq!(decide(&Method::GET, IF_NONE_MATCH, &html), Decision::NotModified);
    assert_eq!(decide(&Method::GET, IF_NONE_MATCH, &json), Decision::Proceed);
    assert_eq!(decide(&Method::GET, IF_MATCH, &html), Decision::Proceed);
    assert_eq!(decide(&Method::GET, IF_MATCH, &json), Decision::PreconditionFailed);
    for held in [&html, &json] {
        assert_eq!(decide(&Method::PUT, IF_MATCH, held), Decision::Proceed);
        assert_eq!(decide(&Method::PUT, IF_NONE_MATCH, held), Decision::PreconditionFailed);
    }
}

/// A stamp decides for the variant too, and what it decides says so.
#[test]
fn what_is_decided_before_anything_is_loaded_is_the_variant() {
    let german = |held: &str| {
        let preconditions = preconditions(&Method::GET, &[(IF_NONE_MATCH, held)]);
        preconditions.with_variant(Variant::language("de")).not_modified::<Article, _>(&ARTICLE)
    };
    assert!(german(&ARTICLE.etag().to_string()).is_none());
    let held = tag([Variant::language("de")]);
    let response = german(&held).unwrap().into_response_with(|_| unreachable!(), String::new);
    assert_eq!(response.status(), 304);
    assert_eq!(response.headers()["etag"], held.as_str());
    assert_eq!(response.headers()["vary"], "accept-language");
    assert!(!response.headers().contains_key("content-language"), "it describes what is not there");
}

/// A tag of one's own has no halves until it gets one.
#[test]
fn a_tag_from_elsewhere_becomes_the_state() {
    let own = Validators::new().with_entity_tag(EntityTag::strong("v7"));
    let german = |preconditions: Preconditions| preconditions.with_variant(Variant::language("de"));
    let response = german(preconditions(&Method::GET, &[])).respond_with(own.clone(), "Hallo");
    let held = response.headers()["etag"].to_str().unwrap();
    assert!(held.starts_with("\"v7.") && held.len() == 16, "{held}");
    assert_eq!(response.headers()["vary"], "accept-language");
    assert_eq!(response.headers()["content-language"], "de");
    assert_eq!(response.headers()["content-type"], "text/plain; charset=utf-8");

    let again = german(preconditions(&Method::GET, &[(IF_NONE_MATCH, held)])).respond_with(own.clone(), "Hallo");
    assert_eq!(
        (again.status().as_u16(), &again.headers()["vary"]),
        (304, &HeaderValue::from_static("accept-language"))
    );
    // A writer names what was seen, in whichever language, if the handler names one.
    let write = german(preconditions(&Method::PUT, &[(IF_MATCH, held)]));
    assert!(write.check(Current::Present(&own)).is_ok());
    let newer = Validators::new().with_entity_tag(EntityTag::strong("v8"));
    assert!(write.check(Current::Present(&newer)).is_err());
}

/// RFC 9110 § 13.1.5: all variants of an article have the same date.
#[test]
fn a_date_does_not_tell_variants_apart() {
    let date = "Fri, 13 Feb 2009 23:31:30 GMT";
    let modified = HttpDate::parse(date.as_bytes(), std::time::SystemTime::now()).unwrap();
    let validators = ARTICLE.validators().with_last_modified(modified);
    let current = Current::Present(&validators);
    let part = preconditions(&Method::GET, &[(RANGE, "bytes=5-"), (IF_RANGE, date)]);
    assert!(part.range_applies(current));
    for variant in [Variant::media_type("text/html"), Variant::media_type("application/json")] {
        assert!(!part.clone().with_variant(variant).range_applies(current));
    }
    let html = tag([Variant::media_type("text/html")]);
    let part = preconditions(&Method::GET, &[(RANGE, "bytes=5-"), (IF_RANGE, &html)]);
    assert!(!part.range_applies(current), "the rest of JSON does not belong to HTML");
    assert!(part.with_variant(Variant::media_type("text/html")).range_applies(current));
}
