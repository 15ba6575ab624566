//! The table against the functions: parsers, comparisons, the decision.

use std::time::{Duration, UNIX_EPOCH};

use etag_runtime::{Current, Decision, EntityTag, EntityTagList, HttpDate, Preconditions};
use http::{HeaderMap, HeaderName, HeaderValue, Method};
use serde_json::Value;

use crate::case::{self, Case, DateParse, Exchange, Layer, NOW, Subject, TagCompare, TagParse};
use crate::range::{Selected, select};
use crate::verdict::{Observed, Reasons, Report, Verdict};

/// SHOULD and MAY that we do not follow: none.
const DEVIATIONS: Reasons = &[];

/// Cases that cannot be put to the functions: none. `http::HeaderValue` holds every octet that the table sends.
const NOT_MODELLED: Reasons = &[];

#[test]
fn every_case_of_the_core() {
    let cases = case::load();
    let mut report = Report::default();
    for case in cases.iter().filter(|case| case.layer != Layer::Server) {
        let verdict = match &case.subject {
            Subject::Precondition(exchange) | Subject::IfRange(exchange) => decide(case, exchange),
            Subject::EtagParse(parse) if parse.form.as_deref() == Some("list") => parse_list(case, parse),
            Subject::EtagParse(parse) => parse_tag(case, parse),
            Subject::EtagCompare(compare) => compare_tags(case, compare),
            Subject::DateParse(parse) => parse_date(case, parse),
        };
        report.add(case, verdict);
    }
    report.assert(DEVIATIONS, NOT_MODELLED);
    insta::assert_snapshot!("core", report.summary());
}

fn decide(case: &Case, exchange: &Exchange) -> Verdict {
    let mut headers = HeaderMap::new();
    for (name, value) in &exchange.request_headers {
        let name = HeaderName::from_bytes(name.as_bytes()).expect("a field name");
        match HeaderValue::from_bytes(&case.octets(value)) {
            Ok(value) => _ = headers.append(name, value),
            Err(_) => return Verdict::NotModelled,
        }
    }
    let method = Method::from_bytes(exchange.method.as_bytes()).expect("a method");
    let preconditions = Preconditions::new(&method, &headers).received_at(UNIX_EPOCH + NOW);
    let validators = case.validators(&exchange.resource);
    let current = validators.as_ref().map_or(Current::Absent, Current::Present);

    let transfers = matches!(method, Method::GET | Method::HEAD);
    let status = match preconditions.evaluate(current) {
        Decision::NotModified => 304,
        Decision::PreconditionFailed => 412,
        Decision::Proceed if preconditions.range_applies(current) && exchange.resource.range_support => {
            match select(headers["range"].to_str().expect("a range is ASCII"), exchange.resource.length) {
                Selected::Whole => 200,
                Selected::Part(_) => 206,
                Selected::Unsatisfiable => 416,
            }
        }
        Decision::Proceed => exchange.resource.unconditioned_status.unwrap_or(200),
    };
    let performed = !transfers && preconditions.evaluate(current) == Decision::Proceed;
    exchange.expect.judge(Observed { status, performed })
}

fn parse_tag(case: &Case, parse: &TagParse) -> Verdict {
    let octets = case.octets(&parse.input);
    let parsed = EntityTag::parse(if parse.ows { strip(&octets) } else { &octets }).ok();
    let seen = parsed.map(|tag| (tag.is_weak(), tag.opaque().to_vec()));
    let expected = parse.valid.then(|| {
        let opaque = parse.opaque.as_ref().expect("a valid tag has an opaque value");
        (parse.weak.expect("a valid tag is weak or not"), case.octets(opaque))
    });
    Verdict::of(&seen, &expected)
}

fn parse_list(case: &Case, parse: &TagParse) -> Verdict {
    let lines = parse.inputs.clone().unwrap_or_else(|| vec![parse.input.clone()]);
    let list = EntityTagList::parse(lines.iter().map(|line| case.octets(line)));
    if parse.any {
        return Verdict::of(&list, &EntityTagList::Any);
    }
    let kept = if parse.valid { &parse.tags } else { &parse.salvage };
    let kept = kept.as_ref().expect("a list that is not the wildcard has members");
    let tags = kept.iter().map(|tag| EntityTag::parse(&case.octets(tag)).expect("a tag")).collect();
    Verdict::of(&list, &EntityTagList::Tags { tags, malformed: !parse.valid })
}

fn compare_tags(case: &Case, compare: &TagCompare) -> Verdict {
    let (a, b) = (EntityTag::parse(&case.octets(&compare.a)), EntityTag::parse(&case.octets(&compare.b)));
    let validity = (a.is_ok(), b.is_ok());
    let (strong, weak) = match (a, b) {
        (Ok(a), Ok(b)) => (a.strong_eq(&b), a.weak_eq(&b)),
        _ => (false, false),
    };
    Verdict::of(&(validity, strong, weak), &((compare.a_valid, compare.b_valid), compare.strong, compare.weak))
}

fn parse_date(case: &Case, parse: &DateParse) -> Verdict {
    let octets = case.octets(&parse.input);
    let now = UNIX_EPOCH + parse.now.map_or(NOW, Duration::from_secs);
    let seen = HttpDate::parse(if parse.ows { strip(&octets) } else { &octets }, now).map(HttpDate::unix_seconds);
    let tolerated = |other: &Value| match other {
        Value::Number(epoch) => seen == epoch.as_i64(),
        other => other == "invalid" && seen.is_none(),
    };
    match Verdict::of(&seen, &parse.epoch.filter(|_| parse.valid)) {
        Verdict::Deviates(_) if parse.also_ok.iter().any(tolerated) => Verdict::Tolerated,
        verdict => verdict,
    }
}

/// Without the white space that belongs to the field line.
fn strip(mut octets: &[u8]) -> &[u8] {
    while let [b' ' | b'\t', rest @ ..] | [rest @ .., b' ' | b'\t'] = octets {
        octets = rest;
    }
    octets
}
