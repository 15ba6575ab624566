//! The decision: request preconditions against the state of the target.
//!
//! ```text
//! HeaderMap ──new──▶ Preconditions ─┐
//!                                   ├─evaluate─▶ Decision
//! resource ────────▶ Current ───────┘
//! ```
//!
//! Whether a method may go on is decided here and nowhere else. The decision is pure: no clock, no body, no I/O, no
//! allocation. Everything before it only keeps fields and everything after it only writes them, so RFC 9110 § 13.2.2
//! can be read, and tested, in one place.

use crate::conditions::{Changed, Condition, Unchanged};
use crate::field_lines::FieldLines;
use crate::tag_list;
use crate::tag_ref::TagRef;
use crate::{Current, EntityTag, HttpDate, Policy, Preconditions};

/// What a request may do.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Decision {
    /// Perform the method.
    Proceed,
    /// Answer `304 Not Modified`: the client has the current representation.
    NotModified,
    /// Answer `412 Precondition Failed`, and change nothing.
    PreconditionFailed,
}

impl Preconditions {
    /// Decides what the request may do, given the current state of its target ([RFC 9110 § 13.2.2]).
    ///
    /// | field | true if | false |
    /// |---|---|---|
    /// | `If-Match: *` | there is a representation | `412` |
    /// | `If-Match: "a", "b"` | one of them is the current tag, compared strongly | `412` |
    /// | `If-Unmodified-Since` (only without `If-Match`) | the date is not before Last-Modified | `412` |
    /// | `If-None-Match: *` | there is no representation | `304` to GET and HEAD, otherwise `412` |
    /// | `If-None-Match: "a", "b"` | none of them is the current tag, compared weakly | `304` to GET and HEAD, otherwise `412` |
    /// | `If-Modified-Since` (GET and HEAD, without `If-None-Match`) | the date is before Last-Modified | `304` |
    ///
    /// A method that is not safe is held to the state half of a tag that has one, a safe method to the whole tag. A
    /// member of a list that is no entity tag matches nothing; on a method that is not safe, `If-Match` with
    /// such a member must match with another one, `If-None-Match` with one fails, and neither is treated as absent. A date that is no HTTP-date is ignored.
    ///
    /// Call this last, when the response would otherwise be a success: a `404` or `403` goes before any precondition
    /// ([§ 13.2.1]). Preconditions are ignored on CONNECT, OPTIONS and TRACE.
    ///
    /// # Examples
    ///
    /// Refuse to overwrite what someone else has changed:
    ///
    /// ```
    /// use etag_runtime::{Current, Decision, EntityTag, Preconditions, Validators};
    /// use http::{HeaderMap, HeaderValue, Method, header::IF_MATCH};
    ///
    /// let mut headers = HeaderMap::new();
    /// headers.insert(IF_MATCH, HeaderValue::from_static("\"v1\""));
    /// let preconditions = Preconditions::new(&Method::PUT, &headers);
    ///
    /// let current = Validators::new().with_entity_tag(EntityTag::strong("v2"));
    /// assert_eq!(preconditions.evaluate(Current::Present(&current)), Decision::PreconditionFailed);
    /// assert_eq!(preconditions.evaluate(Current::Absent), Decision::PreconditionFailed);
    /// ```
    ///
    /// [RFC 9110 § 13.2.2]: https://www.rfc-editor.org/rfc/rfc9110.html#section-13.2.2
    /// [§ 13.2.1]: https://www.rfc-editor.org/rfc/rfc9110.html#section-13.2.1
    #[must_use]
    pub fn evaluate(&self, current: Current<'_>) -> Decision {
        match self.first_false(self.selected(current).current(), self.policy) {
            None => Decision::Proceed,
            Some(condition) => self.consequence(condition),
        }
    }

    /// What follows if this condition is false.
    pub(crate) fn consequence(&self, condition: Condition) -> Decision {
        match condition {
            Condition::IfMatch | Condition::IfUnmodifiedSince => Decision::PreconditionFailed,
            Condition::IfNoneMatch if !self.is_get_or_head() => Decision::PreconditionFailed,
            Condition::IfNoneMatch | Condition::IfModifiedSince => Decision::NotModified,
        }
    }

    /// The steps of RFC 9110 § 13.2.2, up to the first condition that is false.
    pub(crate) fn first_false(&self, current: Current<'_>, policy: Policy) -> Option<Condition> {
        match self.conditions.unchanged() {
            // Step 1
            Unchanged::IfMatch(field) if !self.if_match(field, current, policy) => return Some(Condition::IfMatch),
            // Step 2
            Unchanged::IfUnmodifiedSince(field) if !self.if_unmodified_since(field, current) => {
                return Some(Condition::IfUnmodifiedSince);
            }
            _ => {}
        }
        match self.conditions.changed() {
            // Step 3
            Changed::IfNoneMatch(field) if !self.if_none_match(field, current) => Some(Condition::IfNoneMatch),
            // Step 4
            Changed::IfModifiedSince(field) if !self.if_modified_since(field, current) => {
                Some(Condition::IfModifiedSince)
            }
            // Step 5 concerns how much is sent, not whether: `range_applies`. Step 6
            _ => None,
        }
    }

    /// Whether `Range` is to be honoured: it is there, the method is GET, and `If-Range`, if present, is exactly the
    /// current strong validator ([RFC 9110 § 13.1.5], step 5 of § 13.2.2). Otherwise the whole representation is sent.
    ///
    /// A date is strong if it is at least one second older than the request, and no [`Variant`](crate::Variant) was named, whose
    /// dates are all the same. Ask after
    /// [`evaluate`](Preconditions::evaluate) has said [`Decision::Proceed`].
    ///
    /// # Examples
    ///
    /// ```
    /// use etag_runtime::{Current, EntityTag, Preconditions, Validators};
    /// use http::{HeaderMap, HeaderValue, Method, header};
    ///
    /// let mut headers = HeaderMap::new();
    /// headers.insert(header::RANGE, HeaderValue::from_static("bytes=1000-"));
    /// headers.insert(header::IF_RANGE, HeaderValue::from_static("\"v1\""));
    /// let preconditions = Preconditions::new(&Method::GET, &headers);
    ///
    /// let applies = |tag| preconditions.range_applies(Current::Present(&Validators::new().with_entity_tag(tag)));
    /// assert!(applies(EntityTag::strong("v1")));
    /// assert!(!applies(EntityTag::strong("v2"))); // the rest of another representation is of no use
    /// ```
    ///
    /// [RFC 9110 § 13.1.5]: https://www.rfc-editor.org/rfc/rfc9110.html#section-13.1.5
    #[must_use]
    pub fn range_applies(&self, current: Current<'_>) -> bool {
        let selected = self.selected(current);
        self.range().is_some_and(|range| match &range.if_range {
            Some(field) => self.if_range(field, selected.current().entity_tag(), selected.strong_date()),
            None => current != Current::Absent,
        })
    }

    /// RFC 9110 § 13.1.5. `last_modified` is the date if it tells this representation from every other.
    pub(crate) fn if_range(
        &self,
        field: &FieldLines,
        tag: Option<&EntityTag>,
        last_modified: Option<HttpDate>,
    ) -> bool {
        if let Some(theirs) = field.single().and_then(TagRef::parse) {
            return tag.is_some_and(|ours| theirs.strong_eq(ours.as_tag_ref()));
        }
        let received = self.received().and_then(|time| HttpDate::try_from(time).ok());
        match (self.date(field), last_modified, received) {
            (Some(date), Some(last_modified), Some(received)) => date == last_modified && last_modified < received,
            _ => false,
        }
    }

    /// RFC 9110 § 13.1.1.
    fn if_match(&self, field: &FieldLines, current: Current<'_>, policy: Policy) -> bool {
        if field.is_any() {
            return current != Current::Absent;
        }
        let Some(ours) = current.entity_tag() else { return false };
        // DEVIATION (RFC 9110 § 13.1.1), where the server opts in: a proxy has weakened a tag of ours, whose state half
        // is as exact as it was. What is not ours has no state half.
        let may_be_weak = policy.accepts_weakened && self.is_unsafe() && ours.state().is_some();
        !ours.is_weak() && self.lists(field, ours, |theirs| !theirs.weak || may_be_weak)
    }

    /// RFC 9110 § 13.1.4. With a date that is none, or without one to compare with, the field is ignored.
    fn if_unmodified_since(&self, field: &FieldLines, current: Current<'_>) -> bool {
        match (self.date(field), current.last_modified()) {
            (Some(date), Some(last_modified)) => last_modified <= date,
            _ => true,
        }
    }

    /// RFC 9110 § 13.1.2.
    fn if_none_match(&self, field: &FieldLines, current: Current<'_>) -> bool {
        if current.entity_tag().is_some_and(|ours| self.lists(field, ours, |_| true)) {
            return false;
        }
        if field.is_any() {
            return current == Current::Absent;
        }
        // DEVIATION (RFC 9110 § 13.1.2): a member that cannot be read matches nothing, and the condition would be true.
        // What a writer meant by it is unknown: it may have been "create only".
        !(self.is_unsafe() && tag_list::is_malformed(field.iter()))
    }

    /// RFC 9110 § 13.1.3. With a date that is none, or without one to compare with, the field is ignored.
    fn if_modified_since(&self, field: &FieldLines, current: Current<'_>) -> bool {
        match (self.date(field), current.last_modified()) {
            (Some(date), Some(last_modified)) => last_modified > date,
            _ => true,
        }
    }

    /// Whether the field lists the current tag, among the members that may count.
    pub(crate) fn lists(&self, field: &FieldLines, ours: &EntityTag, counts: impl Fn(TagRef<'_>) -> bool) -> bool {
        // DEVIATION (RFC 9110 § 8.8.3.2): a writer is held to the state half. The other half tells apart
        // representations of the same state, and whichever of them the writer has seen, it overwrites that state.
        // What nearly every request sends: one tag, and it is the current one.
        if field.is(ours.wire()) {
            return counts(ours.as_tag_ref());
        }
        let state = if self.is_unsafe() { ours.state() } else { None };
        let (start, same): (_, fn(TagRef<'_>, &EntityTag) -> bool) = match state {
            Some(state) => (state, |theirs, ours| theirs.same_state(ours)),
            None => (ours.opaque(), |theirs, ours| theirs.weak_eq(ours.as_tag_ref())),
        };
        field.iter().any(|line| tag_list::any_starting_with(line, start, |theirs| counts(theirs) && same(theirs, ours)))
    }
}
