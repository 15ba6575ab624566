//! From fields to a decision.

use std::hint::black_box;
use std::time::{Duration, SystemTime};

use etag_runtime::{Current, Decision, ETag, EntityTag, HttpDate, Preconditions, Validators};
use headers::{HeaderMapExt as _, IfModifiedSince, IfNoneMatch, IfUnmodifiedSince};
use http::header::{HeaderName, IF_MODIFIED_SINCE, IF_NONE_MATCH, IF_UNMODIFIED_SINCE};
use http::{HeaderMap, HeaderValue, Method};

use crate::harness::{Group, other, ours};

#[derive(ETag)]
struct Versioned {
    #[etag(version)]
    version: i64,
}

pub(crate) fn groups() -> Vec<Group> {
    let mut groups: Vec<Group> = [1, 10, 100].map(tags).into();
    groups.extend([modified_since(), unmodified_since()]);
    groups
}

/// A request with this field.
fn request(name: HeaderName, value: &str) -> HeaderMap {
    let mut headers = HeaderMap::new();
    headers.insert(name, HeaderValue::from_str(value).expect("tags and dates are field values"));
    headers
}

/// `If-None-Match` lists as many tags, the last of which matches.
fn tags(count: i64) -> Group {
    let tags: Vec<String> = (1..=count).map(|version| Versioned { version }.etag().to_string()).collect();
    let headers = request(IF_NONE_MATCH, &tags.join(", "));
    let preconditions = Preconditions::new(&Method::GET, &headers);
    let validators = Validators::new().with_entity_tag(Versioned { version: count }.etag());
    let changed = Validators::new().with_entity_tag(EntityTag::strong("other"));
    let theirs: Option<headers::ETag> = tags.last().and_then(|tag| tag.parse().ok());
    let (same, same_validators, same_headers) = (preconditions.clone(), validators.clone(), headers.clone());
    Group {
        key: format!("tags-{count}"),
        title: format!("If-None-Match with {count} tags"),
        contenders: vec![
            ours("match", "evaluate, the last one matches", move || {
                black_box(&preconditions).evaluate(Current::Present(black_box(&validators)))
            }),
            ours("none", "evaluate, none matches", move || {
                black_box(&same).evaluate(Current::Present(black_box(&changed)))
            }),
            ours("new", "new and evaluate, the last one matches", move || {
                decide(&Method::GET, &headers, &same_validators)
            }),
            other("headers", "headers: typed_get and precondition_passes", move || {
                let field: Option<IfNoneMatch> = black_box(&same_headers).typed_get();
                field.zip(theirs.as_ref()).map(|(field, tag)| field.precondition_passes(black_box(tag)))
            }),
        ],
    }
}

fn decide(method: &Method, headers: &HeaderMap, validators: &Validators) -> Decision {
    Preconditions::new(method, black_box(headers)).evaluate(Current::Present(black_box(validators)))
}

fn modified_since() -> Group {
    let (date, validators) = last_modified();
    let headers = request(IF_MODIFIED_SINCE, &httpdate::fmt_http_date(date));
    let same = headers.clone();
    Group {
        key: "if-modified-since".into(),
        title: "If-Modified-Since".into(),
        contenders: vec![
            ours("new", "new and evaluate", move || decide(&Method::GET, &headers, &validators)),
            other("headers", "headers: typed_get and is_modified", move || {
                let field: Option<IfModifiedSince> = black_box(&same).typed_get();
                field.map(|field| field.is_modified(black_box(date)))
            }),
        ],
    }
}

fn unmodified_since() -> Group {
    let (date, validators) = last_modified();
    let headers = request(IF_UNMODIFIED_SINCE, &httpdate::fmt_http_date(date));
    let same = headers.clone();
    Group {
        key: "if-unmodified-since".into(),
        title: "If-Unmodified-Since".into(),
        contenders: vec![
            ours("new", "new and evaluate", move || decide(&Method::PUT, &headers, &validators)),
            other("headers", "headers: typed_get and precondition_passes", move || {
                let field: Option<IfUnmodifiedSince> = black_box(&same).typed_get();
                field.map(|field| field.precondition_passes(black_box(date)))
            }),
        ],
    }
}

/// What was changed a year before the requests of today.
fn last_modified() -> (SystemTime, Validators) {
    let date = SystemTime::UNIX_EPOCH + Duration::from_secs(1_760_000_000);
    let last_modified = HttpDate::try_from(date).expect("a year of four digits");
    (date, Validators::new().with_last_modified(last_modified))
}
