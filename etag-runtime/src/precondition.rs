//! The conditional fields of one request.
//!
//! [`Preconditions::new`] keeps the field lines as they came and parses none of them: most are never looked at.

use std::time::SystemTime;

use http::header::{IF_MATCH, IF_MODIFIED_SINCE, IF_NONE_MATCH, IF_RANGE, IF_UNMODIFIED_SINCE, RANGE};
use http::uri::PathAndQuery;
use http::{HeaderMap, Method};

use crate::basis::Taken;
use crate::conditions::{Changed, Condition, Conditions, Unchanged};
use crate::field_lines::FieldLines;
use crate::variant::Selection;
use crate::{HttpDate, Policy};

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
    /// What can be false: steps 1 to 4 of RFC 9110 § 13.2.2.
    pub(crate) conditions: Conditions,
    /// What a write has to bring, unless its handler says otherwise.
    pub(crate) policy: Policy,
    /// The path and query of the target, for `Content-Location` on the response to a write.
    pub(crate) target: Option<PathAndQuery>,
    /// Elsewhere, since all else is moved from hand to hand with every request.
    rare: Option<Box<Rare>>,
    /// For whoever observes how long a decision takes.
    pub(crate) taken: Taken,
}

/// What most requests have none of.
#[derive(Debug, Clone, Default)]
pub(crate) struct Rare {
    /// What decides whether a part is enough: step 5.
    pub(crate) range: Option<Range>,
    /// When the request came; read from the clock only if a field needs it.
    pub(crate) received: Option<SystemTime>,
    /// The variant of the representation that they are about, where the handler has named one.
    pub(crate) selection: Option<Selection>,
}

/// Those of a GET without any.
#[cfg(feature = "layer")]
pub(crate) static UNASKED: Preconditions = Preconditions::of(Semantics::Transfer);

/// What a method means to preconditions.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Semantics {
    /// GET and HEAD, which transfer a representation.
    Transfer,
    /// QUERY, which changes nothing, and whose representation is not that of the target.
    Safe,
    /// CONNECT, OPTIONS and TRACE, which have no representation to select (§ 13.2.1).
    Ignoring,
    /// PUT and PATCH, which say what the representation is to be.
    Write,
    /// POST, which adds to what is there.
    Post,
    /// Any other method, also one that is not known.
    Unsafe,
}

/// The client wants a part of the representation. Without `Range`, `If-Range` does not count (§ 13.1.5).
#[derive(Debug, Clone)]
pub(crate) struct Range {
    /// Which part.
    #[cfg_attr(
        not(any(feature = "layer", feature = "range")),
        expect(dead_code, reason = "the core asks only whether it is there")
    )]
    pub(crate) field: FieldLines,
    pub(crate) if_range: Option<FieldLines>,
}

impl Semantics {
    pub(crate) fn of(method: &Method) -> Semantics {
        match *method {
            Method::GET | Method::HEAD => Semantics::Transfer,
            Method::PUT | Method::PATCH => Semantics::Write,
            Method::POST => Semantics::Post,
            Method::CONNECT | Method::OPTIONS | Method::TRACE => Semantics::Ignoring,
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
        let mut preconditions = Preconditions::of(Semantics::of(method));
        preconditions.taken = Taken::now();
        if preconditions.method != Semantics::Ignoring {
            preconditions.read(method, headers);
        }
        preconditions
    }

    fn read(&mut self, method: &Method, headers: &HeaderMap) {
        let (mut range, mut if_range) = (None, None);
        // One pass: most requests have a dozen fields and hardly any of these.
        for (name, line) in headers {
            if *name == IF_NONE_MATCH {
                self.conditions.add(Condition::IfNoneMatch, line);
            } else if *name == IF_MATCH {
                self.conditions.add(Condition::IfMatch, line);
            } else if *name == IF_MODIFIED_SINCE {
                if self.is_get_or_head() {
                    self.conditions.add(Condition::IfModifiedSince, line);
                }
            } else if *name == IF_UNMODIFIED_SINCE {
                self.conditions.add(Condition::IfUnmodifiedSince, line);
            } else if *name == RANGE {
                FieldLines::add(&mut range, line);
            } else if *name == IF_RANGE {
                FieldLines::add(&mut if_range, line);
            }
        }
        // § 14.2: no other method has ranges.
        if let (Some(field), &Method::GET) = (range, method) {
            self.rare_mut().range = Some(Range { field, if_range });
        }
        if self.needs_clock() {
            self.rare_mut().received = Some(SystemTime::now());
        }
    }

    /// None, on such a method.
    const fn of(method: Semantics) -> Preconditions {
        Preconditions {
            method,
            conditions: Conditions::Unasked,
            policy: Policy::OPTIONAL,
            target: None,
            rare: None,
            taken: Taken::UNKNOWN,
        }
    }

    /// The same, received at this time. The clock settles the century of a two-digit year, and whether a date in
    /// `If-Range` was already a strong validator; [`new`](Preconditions::new) takes that of the system.
    #[must_use]
    pub fn received_at(mut self, time: SystemTime) -> Preconditions {
        self.rare_mut().received = Some(time);
        self
    }

    /// The same, for a target of this path and query: what a successful PUT or PATCH says in `Content-Location`.
    ///
    /// The extractor of axum does so itself. Another authority cannot be named: a path that starts with `//` is dropped.
    #[must_use]
    pub fn with_target(mut self, target: PathAndQuery) -> Preconditions {
        self.target = Some(target).filter(|target| !target.as_str().starts_with("//"));
        self
    }

    /// The same, under this policy, unless a handler asks for another. The extractor of axum takes that of the router.
    #[must_use]
    pub fn with_policy(mut self, policy: Policy) -> Preconditions {
        self.policy = policy;
        self
    }

    /// Whether the request asks for nothing: no condition is there that could be false.
    ///
    /// For a handler that would load something only to evaluate preconditions against it.
    #[must_use]
    pub fn is_unconditional(&self) -> bool {
        matches!(self.conditions, Conditions::Unasked)
    }

    /// Whether a `304` is what the client hopes for: GET or HEAD, with `If-None-Match` or `If-Modified-Since`.
    ///
    /// For a handler that asks for a stamp only where one can help; see
    /// [`not_modified`](Preconditions::not_modified).
    #[must_use]
    pub fn is_revalidation(&self) -> bool {
        self.is_get_or_head() && !matches!(self.conditions.changed(), Changed::Unasked)
    }

    /// Whether a response can be `304`: only GET and HEAD transfer a representation (RFC 9110 § 13.1.2).
    pub(crate) fn is_get_or_head(&self) -> bool {
        self.method == Semantics::Transfer
    }

    /// Whether the target may be changed.
    pub(crate) fn is_unsafe(&self) -> bool {
        matches!(self.method, Semantics::Write | Semantics::Post | Semantics::Unsafe)
    }

    pub(crate) fn range(&self) -> Option<&Range> {
        self.rare.as_ref()?.range.as_ref()
    }

    pub(crate) fn received(&self) -> Option<SystemTime> {
        self.rare.as_ref()?.received
    }

    pub(crate) fn selection(&self) -> Option<&Selection> {
        self.rare.as_ref()?.selection.as_ref()
    }

    pub(crate) fn rare_mut(&mut self) -> &mut Rare {
        self.rare.get_or_insert_default()
    }

    /// A field that holds one date; more lines or anything else is as good as none (RFC 9110 § 13.1.3, § 13.1.4).
    pub(crate) fn date(&self, field: &FieldLines) -> Option<HttpDate> {
        HttpDate::parse(field.single()?, self.received().unwrap_or(SystemTime::UNIX_EPOCH))
    }

    /// Only a year of two digits and a date in `If-Range` depend on the time. An `IMF-fixdate` has 29 octets.
    fn needs_clock(&self) -> bool {
        let unusual = |field: &FieldLines| field.single().is_some_and(|date| date.len() != 29);
        self.range().is_some_and(|range| range.if_range.is_some())
            || matches!(self.conditions.unchanged(), Unchanged::IfUnmodifiedSince(field) if unusual(field))
            || matches!(self.conditions.changed(), Changed::IfModifiedSince(field) if unusual(field))
    }
}
