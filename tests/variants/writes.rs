//! Variants in the responses to writes that do not go the usual way.

use etag_runtime::{ETag, Preconditions, Variant};
use http::header::{ETAG, IF_MATCH, IF_NONE_MATCH, VARY};
use http::{HeaderMap, HeaderValue, Method, Response, StatusCode};

use crate::application::Article;

fn write(method: &Method, field: http::HeaderName, value: &str) -> Preconditions {
    let headers = HeaderMap::from_iter([(field, HeaderValue::from_str(value).unwrap())]);
    Preconditions::new(method, &headers).with_variant(Variant::media_type("text/html"))
}

fn article(version: u64) -> Article {
    Article { title: "One", version }
}

fn html_tag(version: u64) -> HeaderValue {
    let get = Preconditions::new(&Method::GET, &HeaderMap::new()).with_variant(Variant::media_type("text/html"));
    fields(get.respond(article(version)))[ETAG].clone()
}

fn fields<T>(response: etag_runtime::Conditional<T>) -> HeaderMap {
    response.into_response_with(|_| Response::new(String::new()), String::new).into_parts().0.headers
}

#[test]
fn what_was_created_is_the_variant() {
    let vacant = write(&Method::PUT, IF_NONE_MATCH, "*").create::<Article>().unwrap();
    let created = fields(vacant.commit(Some(article(1))).unwrap().created("/articles/1"));
    assert_eq!(created[ETAG], html_tag(1));
    assert_eq!(created[VARY], "accept");
}

#[test]
fn what_was_added_to_a_collection_is_the_variant() {
    let page = vec![article(1)];
    let tag = page.etag().to_string();
    let page = write(&Method::POST, IF_MATCH, &tag).guard(Some(page)).unwrap();
    let added = fields(page.commit_appended(Some(article(2))).unwrap().created("/articles/2"));
    assert_eq!(added[ETAG], html_tag(2));
    assert_eq!(added[VARY], "accept");
}

/// The tag of a refusal is one that a GET would give to the same client.
#[test]
fn who_loses_a_race_is_told_the_tag_of_the_variant() {
    let current = write(&Method::PUT, IF_MATCH, &article(1).etag().to_string()).guard(Some(article(1))).unwrap();
    let rejected = etag_runtime::Rejected::from(current.superseded(Some(article(2))));
    assert_eq!(rejected.status(), StatusCode::PRECONDITION_FAILED);
    assert_eq!(rejected.to_response().headers()[ETAG], html_tag(2));
}

#[test]
fn a_change_that_was_applied_already_is_answered_with_the_variant() {
    let late = write(&Method::PUT, IF_MATCH, &article(1).etag().to_string());
    let refused = late.permits().try_guard(Some(article(2))).unwrap_err();
    assert_eq!(fields(refused.unless_applied(|_| true).unwrap())[ETAG], html_tag(2));
}
