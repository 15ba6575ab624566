//! The exchanges of `tests/conformance/cases.json` that another server can be asked to take part in.

use std::time::{Duration, UNIX_EPOCH};

use etag_oracle::{Field, Tag, read_date};
use serde_json::Value;

use crate::request::Request;
use crate::resource::Resource;

const TABLE: &str = include_str!("../../conformance/cases.json");

/// The requests of these exchanges.
pub(crate) fn requests() -> Vec<Request> {
    exchanges().into_iter().map(|exchange| exchange.request).collect()
}

/// A request, and what the table says about its answer.
pub(crate) struct Exchange {
    pub(crate) request: Request,
    #[cfg_attr(not(test), expect(dead_code, reason = "only the oracle is measured by it"))]
    pub(crate) case: Value,
}

pub(crate) fn exchanges() -> Vec<Exchange> {
    let Ok(Value::Array(cases)) = serde_json::from_str(TABLE) else { return Vec::new() };
    cases.into_iter().filter_map(|case| Some(Exchange { request: request(&case)?, case })).collect()
}

/// `None` if the case is about something else, or about what not every server can show: failures of its own, resources
/// without ranges, other lengths, another clock.
fn request(case: &Value) -> Option<Request> {
    let resource = case["resource"].as_object()?;
    let known = ["exists", "etag", "last_modified", "last_modified_nanos", "headers_200"];
    let plain = resource.keys().all(|key| known.contains(&&**key)) && case.get("encoding").is_none();
    let lines = case["request_headers"].as_array()?.iter().map(line).collect::<Option<Vec<_>>>()?;
    let method = case["method"].as_str().filter(|method| *method != "CONNECT")?.to_owned();
    let tag = match &case["resource"]["etag"] {
        Value::Null => None,
        tag => Some(Tag::read(&octets(tag.as_str()?)?)?),
    };
    let modified = match &case["resource"]["last_modified"] {
        Value::Null => None,
        date => Some(since_1970(date.as_str()?)? + nanoseconds(case)),
    };
    let resource = Resource { exists: case["resource"]["exists"].as_bool()?, tag, modified };
    (plain && (resource.exists || !matches!(&*method, "GET" | "HEAD"))).then_some(Request { method, resource, lines })
}

fn line(line: &Value) -> Option<(Field, Vec<u8>)> {
    let field = Field::ALL.into_iter().find(|field| line[0] == field.name())?;
    Some((field, octets(line[1].as_str()?)?))
}

/// One character is one octet, as the table has it.
fn octets(text: &str) -> Option<Vec<u8>> {
    text.chars().map(|character| u8::try_from(character).ok()).collect()
}

fn since_1970(date: &str) -> Option<Duration> {
    let now = UNIX_EPOCH.elapsed().ok()?.as_secs();
    let seconds = read_date(date.as_bytes(), i64::try_from(now).ok()?)?;
    Some(Duration::from_secs(seconds.try_into().ok()?))
}

fn nanoseconds(case: &Value) -> Duration {
    Duration::from_nanos(case["resource"]["last_modified_nanos"].as_u64().unwrap_or_default())
}
