//! The conditional fields of one request.
//!
//! [`Preconditions::new`] keeps the field lines as they came and parses none of them: most are never looked at.

use std::time::SystemTime;

use http::header::{IF_MATCH, IF_MODIFIED_SINCE, IF_NONE_MATCH, IF_RANGE, IF_UNMODIFIED_SINCE, RANGE};
use http::uri::PathAndQuery;
use http::{HeaderMap, HeaderValue, Method};

use crate::{HttpDate, tag_list};

/// The preconditions of a request: its method and its `If-*` fields ([RFC 9110 § 13.1]).
///
/// Any octets in any field give a defined answer; see [`evaluate`](Preconditions::evaluate). In axum it is an
/// extractor that never fails.
///
/// # Examples
///
/// ```
/// use etag_runtime::{Current, Decision, EntityTag, Preconditions, Validators};
/// use http::{HeaderMap, HeaderValue, Method, header::IF_NONE_MATCH};
///
/// let mut headers = HeaderMap::new();
/// headers.insert(IF_NONE_MATCH, HeaderValue::from_static("\"v7\""));
/// let preconditions = Preconditions::new(&Method::GET, &headers);
///
/// let current = Validators::new().with_entity_tag(EntityTag::strong("v7"));
/// assert_eq!(preconditions.evaluate(Current::Present(&current)), Decision::NotModified);
/// ```
///
/// [RFC 9110 § 13.1]: https://www.rfc-editor.org/rfc/rfc9110.html#section-13.1
#[derive(Debug, Clone)]
pub struct Preconditions {
    pub(crate) method: Semantics,
    /// What decides whether the method may go on: steps 1 and 2 of RFC 9110 § 13.2.2.
    pub(crate) unchanged: Unchanged,
    /// What decides whether the client has the representation already: steps 3 and 4.
    pub(crate) changed: Changed,
    /// What decides whether a part is enough: step 5.
    pub(crate) range: Range,
    /// When the request came; read from the clock only if a field needs it.
    pub(crate) received: Option<SystemTime>,
    /// The path and query of the target, for `Content-Location` on the response to a write.
    pub(crate) target: Option<PathAndQuery>,
}

/// What a method means to preconditions.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Semantics {
    /// GET and HEAD, which transfer a representation.
    Transfer,
    /// Another method that changes nothing: QUERY, and those that ignore preconditions.
    Safe,
    /// Any other method, also one that is not known.
    Unsafe,
}

/// The client goes on only if nothing has changed. A date next to `If-Match` does not count (§ 13.1.4).
#[derive(Debug, Clone)]
pub(crate) enum Unchanged {
    Unasked,
    IfMatch(FieldLines),
    IfUnmodifiedSince(FieldLines),
}

/// The client goes on only if something has changed. A date next to `If-None-Match` does not count (§ 13.1.3).
#[derive(Debug, Clone)]
pub(crate) enum Changed {
    Unasked,
    IfNoneMatch(FieldLines),
    IfModifiedSince(FieldLines),
}

/// The client wants a part of the representation. Without `Range`, `If-Range` does not count (§ 13.1.5).
#[derive(Debug, Clone)]
pub(crate) enum Range {
    Unasked,
    Unconditional,
    Conditional(Box<FieldLines>),
}

impl Semantics {
    fn of(method: &Method) -> Semantics {
        match *method {
            Method::GET | Method::HEAD => Semantics::Transfer,
            Method::CONNECT | Method::OPTIONS | Method::TRACE => Semantics::Safe,
            _ if method.as_str() == "QUERY" => Semantics::Safe,
            _ => Semantics::Unsafe,
        }
    }
}

impl Preconditions {
    /// The preconditions of a request with this method and these fields.
    ///
    /// Fields that can have no influence are dropped: a date next to its tag field, `If-Modified-Since`
    /// on anything but GET and HEAD, `If-Range` without `Range`, and every field on CONNECT, OPTIONS and TRACE.
    #[must_use]
    pub fn new(method: &Method, headers: &HeaderMap) -> Preconditions {
        let mut preconditions = Preconditions {
            method: Semantics::of(method),
            unchanged: Unchanged::Unasked,
            changed: Changed::Unasked,
            range: Range::Unasked,
            received: None,
            target: None,
        };
        if matches!(*method, Method::CONNECT | Method::OPTIONS | Method::TRACE) {
            return preconditions;
        }
        // One pass: most requests have a dozen fields and hardly any of these.
        let [mut if_match, mut if_unmodified_since, mut if_none_match, mut if_modified_since, mut if_range] =
            [const { None }; 5];
        let mut has_range = false;
        for (name, line) in headers {
            let field = if *name == IF_NONE_MATCH {
                &mut if_none_match
            } else if *name == IF_MATCH {
                &mut if_match
            } else if *name == IF_MODIFIED_SINCE {
                &mut if_modified_since
            } else if *name == IF_UNMODIFIED_SINCE {
                &mut if_unmodified_since
            } else if *name == IF_RANGE {
                &mut if_range
            } else {
                has_range |= *name == RANGE;
                continue;
            };
            FieldLines::push(field, line);
        }
        if let Some(field) = if_match {
            preconditions.unchanged = Unchanged::IfMatch(field);
        } else if let Some(field) = if_unmodified_since {
            preconditions.needs_clock_for(&field);
            preconditions.unchanged = Unchanged::IfUnmodifiedSince(field);
        }
        if let Some(field) = if_none_match {
            preconditions.changed = Changed::IfNoneMatch(field);
        } else if let Some(field) = if_modified_since.filter(|_| preconditions.is_get_or_head()) {
            preconditions.needs_clock_for(&field);
            preconditions.changed = Changed::IfModifiedSince(field);
        }
        if has_range && *method == Method::GET {
            preconditions.range = match if_range {
                None => Range::Unconditional,
                Some(field) => {
                    preconditions.received = Some(SystemTime::now());
                    Range::Conditional(Box::new(field))
                }
            };
        }
        preconditions
    }

    /// The same, received at this time. The clock settles the century of a two-digit year, and whether a date in
    /// `If-Range` was already a strong validator; [`new`](Preconditions::new) takes that of the system.
    #[must_use]
    pub fn received_at(mut self, time: SystemTime) -> Preconditions {
        self.received = Some(time);
        self
    }

    /// Whether a response can be `304`: only GET and HEAD transfer a representation (RFC 9110 § 13.1.2).
    pub(crate) fn is_get_or_head(&self) -> bool {
        self.method == Semantics::Transfer
    }

    /// Whether the target may be changed.
    pub(crate) fn is_unsafe(&self) -> bool {
        self.method == Semantics::Unsafe
    }

    /// A field that holds one date; more lines or anything else is as good as none (RFC 9110 § 13.1.3, § 13.1.4).
    pub(crate) fn date(&self, field: &FieldLines) -> Option<HttpDate> {
        HttpDate::parse(field.single()?, self.received.unwrap_or(SystemTime::UNIX_EPOCH))
    }

    /// Reads the clock, if this date may have a year of two digits: an `IMF-fixdate` has 29 octets.
    fn needs_clock_for(&mut self, date: &FieldLines) {
        if date.single().is_some_and(|date| date.len() != 29) {
            self.received = Some(SystemTime::now());
        }
    }
}

/// The lines of one field of a request.
#[derive(Debug, Clone)]
pub(crate) enum FieldLines {
    One(HeaderValue),
    Many(Vec<HeaderValue>),
}

impl FieldLines {
    /// One more line of a field.
    fn push(field: &mut Option<FieldLines>, line: &HeaderValue) {
        *field = Some(match field.take() {
            None => FieldLines::One(line.clone()),
            Some(FieldLines::One(first)) => FieldLines::Many(vec![first, line.clone()]),
            Some(FieldLines::Many(mut lines)) => {
                lines.push(line.clone());
                FieldLines::Many(lines)
            }
        });
    }

    /// Whether this is the wildcard, `*`.
    pub(crate) fn is_any(&self) -> bool {
        tag_list::is_any(self.iter())
    }

    /// The lines as octets.
    pub(crate) fn iter(&self) -> impl Iterator<Item = &[u8]> {
        let lines = match self {
            FieldLines::One(line) => std::slice::from_ref(line),
            FieldLines::Many(lines) => lines.as_slice(),
        };
        lines.iter().map(HeaderValue::as_bytes)
    }

    /// The only line, without optional white space around it.
    pub(crate) fn single(&self) -> Option<&[u8]> {
        match self {
            FieldLines::One(line) => Some(tag_list::trim(line.as_bytes())),
            FieldLines::Many(_) => None,
        }
    }
}
