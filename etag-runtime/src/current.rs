//! What a request is compared with: the validators of the current representation, or that there is none.

use std::time::SystemTime;

use http::HeaderMap;
use http::header::{ETAG, LAST_MODIFIED};

use crate::{EntityTag, HttpDate};

/// The validators of one representation: an entity tag, a modification date, both or none ([RFC 9110 § 8.8]).
///
/// # Examples
///
/// ```
/// use etag_runtime::{EntityTag, HttpDate, Validators};
///
/// let validators = Validators::new()
///     .with_entity_tag(EntityTag::strong("v7"))
///     .with_last_modified(HttpDate::try_from(std::time::SystemTime::UNIX_EPOCH)?);
/// assert_eq!(validators.entity_tag(), Some(&EntityTag::strong("v7")));
/// # Ok::<(), etag_runtime::HttpDateOutOfRange>(())
/// ```
///
/// [RFC 9110 § 8.8]: https://www.rfc-editor.org/rfc/rfc9110.html#section-8.8
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Validators {
    entity_tag: Option<EntityTag>,
    last_modified: Option<HttpDate>,
}

impl Validators {
    /// No validators.
    #[must_use]
    #[inline]
    pub fn new() -> Validators {
        Validators::default()
    }

    /// Those of an entity: its tag, and its date if that is known.
    #[inline]
    pub(crate) fn of(entity_tag: EntityTag, last_modified: Option<HttpDate>) -> Validators {
        Validators { entity_tag: Some(entity_tag), last_modified }
    }

    /// With this entity tag.
    #[must_use]
    #[inline]
    pub fn with_entity_tag(mut self, entity_tag: EntityTag) -> Validators {
        self.entity_tag = Some(entity_tag);
        self
    }

    /// With this date of the last modification.
    #[must_use]
    #[inline]
    pub fn with_last_modified(mut self, last_modified: HttpDate) -> Validators {
        self.last_modified = Some(last_modified);
        self
    }

    /// The value of `ETag`.
    #[must_use]
    #[inline]
    pub fn entity_tag(&self) -> Option<&EntityTag> {
        self.entity_tag.as_ref()
    }

    /// The value of `Last-Modified`.
    #[must_use]
    #[inline]
    pub fn last_modified(&self) -> Option<HttpDate> {
        self.last_modified
    }

    /// [`settled`](Validators::settled) by the clock of the system, which is read only if there is a date.
    #[inline]
    pub(crate) fn settle(&mut self) {
        if self.last_modified.is_some()
            && let Ok(now) = HttpDate::try_from(SystemTime::now())
        {
            self.last_modified = self.last_modified.filter(|&date| date < now);
        }
    }

    /// As the fields of a response.
    pub(crate) fn write_to(&self, headers: &mut HeaderMap) {
        if let Some(tag) = &self.entity_tag {
            headers.insert(ETAG, tag.into());
        }
        if let Some(date) = self.last_modified {
            headers.insert(LAST_MODIFIED, date.into());
        }
    }

    /// The same without a date that is not yet over: what changed in this second may change in it again, and then
    /// keep its date ([RFC 9110 § 8.8.2.2]). A date in the future is left out too, as § 8.8.2.1 asks.
    ///
    /// [RFC 9110 § 8.8.2.2]: https://www.rfc-editor.org/rfc/rfc9110.html#section-8.8.2.2
    #[must_use]
    pub fn settled(mut self, now: HttpDate) -> Validators {
        self.last_modified = self.last_modified.filter(|&date| date < now);
        self
    }
}

/// The state of the target of a request, as preconditions see it.
///
/// "There is no representation" and "there is one, without validators" are different answers to `If-Match: *`
/// ([RFC 9110 § 13.1.1]), so they are different values here.
///
/// [RFC 9110 § 13.1.1]: https://www.rfc-editor.org/rfc/rfc9110.html#section-13.1.1
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Current<'a> {
    /// The target has no current representation: a `404`, or a `PUT` that would create it.
    Absent,
    /// The target has a representation with these validators.
    Present(&'a Validators),
}

impl<'a> Current<'a> {
    pub(crate) fn entity_tag(self) -> Option<&'a EntityTag> {
        match self {
            Current::Absent => None,
            Current::Present(validators) => validators.entity_tag(),
        }
    }

    pub(crate) fn last_modified(self) -> Option<HttpDate> {
        match self {
            Current::Absent => None,
            Current::Present(validators) => validators.last_modified(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_date_is_settled_once_its_second_is_over() {
        let at = |seconds| HttpDate::from_unix_seconds(seconds).unwrap();
        let validators = Validators::new().with_entity_tag(EntityTag::strong("v1")).with_last_modified(at(7));
        let undated = Validators::new().with_entity_tag(EntityTag::strong("v1"));
        for (now, expected) in [(6, &undated), (7, &undated), (8, &validators)] {
            assert_eq!(validators.clone().settled(at(now)), *expected, "at {now}");
        }
    }
}
