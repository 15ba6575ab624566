//! Whole requests against whole targets: the runtime decides as the oracle does, which is written from the RFC alone.
//!
//! ```text
//! input ──request──▶ method, target, fields ─┬─ etag-runtime ─┬─▶ equal
//!                                            └─ etag-oracle ──┘
//! ```

#![no_main]

mod request;

use etag_oracle::{Field, Observer, Ruling, Verdict};
use etag_runtime::{Current, Decision, Policy, Preconditions};
use http::{HeaderMap, HeaderName, HeaderValue, Method};
use libfuzzer_sys::fuzz_target;

use self::request::{NOW, Request};

fuzz_target!(|input: &[u8]| {
    let Some(request) = Request::read(input) else { return };
    let mut headers = HeaderMap::new();
    for (field, line) in &request.lines {
        let name = HeaderName::from_bytes(field.name().as_bytes()).expect("a name of a field");
        headers.append(name, HeaderValue::from_bytes(line).expect("a line without controls"));
    }
    let policy = if request.proxy_weakens { Policy::OPTIONAL.accept_weakened() } else { Policy::OPTIONAL };
    let preconditions =
        Preconditions::new(&request.method, &headers).received_at(request::instant(NOW)).with_policy(policy);
    let validators = request.validators();
    let current = validators.as_ref().map_or(Current::Absent, Current::Present);

    let seen = decide(&preconditions, current);
    assert_eq!(seen, expected(&request), "{} {:?} {headers:?}", request.method, validators);
    invariants(&request.method, &preconditions, current, seen);
});

fn decide(preconditions: &Preconditions, current: Current<'_>) -> Verdict {
    match preconditions.evaluate(current) {
        Decision::Proceed if preconditions.range_applies(current) => Verdict::Part,
        Decision::Proceed => Verdict::Whole,
        Decision::NotModified => Verdict::NotModified,
        Decision::PreconditionFailed => Verdict::PreconditionFailed,
    }
}

fn expected(request: &Request) -> Verdict {
    let target = request.target();
    let observer = Observer { target: target.as_ref(), now: NOW.cast_signed(), proxy_weakens: request.proxy_weakens };
    let of_fields = Field::ALL.into_iter().map(|field| observer.of_field(field, &request.lines_of(field)));
    let facts = of_fields.fold(observer.of_target(), |so_far, more| so_far | more);
    Ruling::of_the_project().verdict(facts | etag_oracle::Method(request.method.as_str()).facts())
}

/// What holds whatever either side thinks of the fields.
fn invariants(method: &Method, preconditions: &Preconditions, current: Current<'_>, seen: Verdict) {
    let is_get_or_head = matches!(*method, Method::GET | Method::HEAD);
    assert!(seen != Verdict::NotModified || is_get_or_head, "304 is for GET and HEAD");
    assert!(seen != Verdict::Part || *method == Method::GET, "a part is for GET");
    let proceeds = matches!(seen, Verdict::Whole | Verdict::Part);
    assert!(proceeds || !preconditions.is_unconditional(), "nothing was asked");
    assert!(seen != Verdict::NotModified || preconditions.is_revalidation());
    let is_refused = preconditions.check(current).is_err();
    assert_eq!(is_refused, seen == Verdict::PreconditionFailed, "a check and a decision are one");
}
