//! A request and what was answered, and what can be expected of it.

use std::fmt::Write as _;

use axum::body::{Bytes, to_bytes};
use http::header::CACHE_CONTROL;
use http::{HeaderMap, HeaderName, Method, Response, StatusCode};

use super::failure::{Failure, Rule};
use super::freshness;

/// The largest body that is read, in bytes: beyond it an endpoint is none to check in this way.
const LARGEST: usize = 256 * 1024 * 1024;

/// One request and its response.
#[derive(Debug, Clone)]
pub(super) struct Exchange {
    request: String,
    pub(super) status: StatusCode,
    pub(super) headers: HeaderMap,
    pub(super) body: Bytes,
}

impl Exchange {
    pub(super) async fn new(
        method: &Method,
        uri: &str,
        fields: &[(HeaderName, &[u8])],
        response: Response<axum::body::Body>,
    ) -> Result<Exchange, Failure> {
        let mut request = format!("{method} {uri}");
        for (index, (name, value)) in fields.iter().filter(|(name, _)| *name != http::header::CONTENT_TYPE).enumerate()
        {
            let before = if index == 0 { "with" } else { "and" };
            // Writing to a `String` cannot fail.
            let _ = write!(request, " {before} `{name}: {}`", value.escape_ascii().to_string().replace("\\\"", "\""));
        }
        let (parts, body) = response.into_parts();
        let exchange = Exchange { request, status: parts.status, headers: parts.headers, body: Bytes::new() };
        match to_bytes(body, LARGEST).await {
            Ok(body) => Ok(Exchange { body, ..exchange }),
            Err(error) => {
                let rule = Rule("the body of every answer has to be complete", "RFC 9110 § 6.4");
                Err(exchange.failure(format!("was answered with a body that failed ({error})"), rule))
            }
        }
    }

    /// That something is wrong with the answer.
    pub(super) fn failure(&self, fault: impl Into<String>, rule: Rule) -> Failure {
        Failure { request: self.request.clone(), fault: fault.into(), rule: rule.0, section: rule.1 }
    }

    pub(super) fn expect_status(&self, status: StatusCode, rule: Rule) -> Result<(), Failure> {
        if self.status == status {
            return Ok(());
        }
        Err(self.failure(format!("was answered {} where {status} is right", self.status), rule))
    }

    pub(super) fn expect(&self, holds: bool, fault: &str, rule: Rule) -> Result<(), Failure> {
        if holds { Ok(()) } else { Err(self.failure(fault, rule)) }
    }

    /// Whether this answer has the lines of a field that an earlier one had, as far as the time between them lets it.
    pub(super) fn repeats(&self, name: &HeaderName, earlier: &Exchange) -> bool {
        let (earlier, later) = (earlier.lines(name), self.lines(name));
        if *name == CACHE_CONTROL { freshness::is_same(&earlier, &later) } else { earlier == later }
    }

    /// All lines of a field.
    pub(super) fn lines(&self, name: &HeaderName) -> Vec<&[u8]> {
        self.headers.get_all(name).iter().map(http::HeaderValue::as_bytes).collect()
    }
}
