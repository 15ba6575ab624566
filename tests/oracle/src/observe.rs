//! From the octets of a request to facts.

use std::time::{SystemTime, UNIX_EPOCH};

use crate::fact::{Fact, Facts};
use crate::list::{List, trim};
use crate::tag::Tag;
use crate::{Member, date};

/// What the request is about, as far as preconditions see it.
#[derive(Clone, Debug)]
pub struct Target {
    /// The entity tag of the current representation.
    pub tag: Option<Tag>,
    /// Whether it is of the making of the toolkit, and so has two halves. One that only looks so has none.
    pub has_halves: bool,
    /// When it was last modified.
    pub modified: Option<SystemTime>,
}

/// A field of a request that the model knows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[expect(missing_docs, reason = "the names say it")]
pub enum Field {
    IfMatch,
    IfUnmodifiedSince,
    IfNoneMatch,
    IfModifiedSince,
    IfRange,
    Range,
}

impl Field {
    /// All of them, in the order in which § 13.2.2 asks for them.
    pub const ALL: [Field; 6] = [
        Field::IfMatch,
        Field::IfUnmodifiedSince,
        Field::IfNoneMatch,
        Field::IfModifiedSince,
        Field::IfRange,
        Field::Range,
    ];

    /// Its name on the wire.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Field::IfMatch => "If-Match",
            Field::IfUnmodifiedSince => "If-Unmodified-Since",
            Field::IfNoneMatch => "If-None-Match",
            Field::IfModifiedSince => "If-Modified-Since",
            Field::IfRange => "If-Range",
            Field::Range => "Range",
        }
    }
}

/// The name of a method.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Method<'a>(pub &'a str);

impl Method<'_> {
    /// What is so of it.
    #[must_use]
    pub fn facts(self) -> Facts {
        match self.0 {
            "GET" => Facts::of(&[Fact::Safe, Fact::GetOrHead, Fact::Get]),
            "HEAD" => Facts::of(&[Fact::Safe, Fact::GetOrHead]),
            "OPTIONS" | "TRACE" => Facts::of(&[Fact::Safe, Fact::SelectsNothing]),
            "CONNECT" => Facts::of(&[Fact::SelectsNothing]),
            // Safe by the document that defines it.
            "QUERY" => Facts::of(&[Fact::Safe]),
            _ => Facts::NONE,
        }
    }
}

/// Sees what is so of requests that arrive now, for a target that may not exist.
#[derive(Clone, Copy, Debug)]
pub struct Observer<'a> {
    /// `None` is no current representation.
    pub target: Option<&'a Target>,
    /// When the request arrived, in seconds since 1970-01-01T00:00:00Z.
    pub now: i64,
    /// Whether the server says that a proxy weakens its tags.
    pub proxy_weakens: bool,
}

impl Observer<'_> {
    /// What is so of the target, and of the server.
    #[must_use]
    pub fn of_target(&self) -> Facts {
        let modified = self.modified();
        Facts::only_if(self.target.is_some(), Fact::Exists)
            | Facts::only_if(modified.is_some(), Fact::HasDate)
            | Facts::only_if(modified.is_some_and(|modified| modified < self.now), Fact::DateIsOver)
            | Facts::only_if(self.proxy_weakens, Fact::ProxyWeakens)
    }

    /// What is so of a field with these lines, none of which means that it is not there.
    #[must_use]
    pub fn of_field(&self, field: Field, lines: &[impl AsRef<[u8]>]) -> Facts {
        if lines.is_empty() {
            return Facts::NONE;
        }
        // § 5.3: the value is that of the lines, in their order, with a comma between them.
        let value = lines.iter().map(AsRef::as_ref).collect::<Vec<_>>().join(&b", "[..]);
        let value = trim(&value);
        match field {
            Field::IfMatch => Facts::of(&[Fact::IfMatch]) | self.of_if_match(&List::read(value)),
            Field::IfNoneMatch => Facts::of(&[Fact::IfNoneMatch]) | self.of_if_none_match(&List::read(value)),
            Field::IfUnmodifiedSince => {
                let facts = self.of_date(value, Fact::UnmodifiedIsDate, Fact::UnmodifiedSince);
                Facts::of(&[Fact::IfUnmodifiedSince]) | facts
            }
            Field::IfModifiedSince => {
                let facts = self.of_date(value, Fact::ModifiedIsDate, Fact::NotModifiedSince);
                Facts::of(&[Fact::IfModifiedSince]) | facts
            }
            Field::IfRange => Facts::of(&[Fact::IfRange]) | self.of_if_range(value),
            Field::Range => Facts::of(&[Fact::Range]),
        }
    }

    fn of_if_match(&self, list: &List) -> Facts {
        let is = |tag: &Tag| self.tag().is_some_and(|current| tag.is_strongly(current));
        let has_state = |tag: &&Tag| self.has_state_of(tag) && self.tag().is_some_and(|current| !current.weak);
        Facts::only_if(*list == List::Any, Fact::IfMatchAny)
            | Facts::only_if(list.tags().any(is), Fact::IfMatchStrong)
            | Facts::only_if(list.tags().filter(has_state).any(|tag| !tag.weak), Fact::IfMatchState)
            | Facts::only_if(list.tags().filter(has_state).any(|tag| tag.weak), Fact::IfMatchWeakened)
            | Facts::only_if(list.is_unreadable(), Fact::IfMatchUnreadable)
    }

    fn of_if_none_match(&self, list: &List) -> Facts {
        let is = |tag: &Tag| self.tag().is_some_and(|current| tag.is_weakly(current));
        Facts::only_if(*list == List::Any, Fact::IfNoneMatchAny)
            | Facts::only_if(list.tags().any(is), Fact::IfNoneMatchWeak)
            | Facts::only_if(list.tags().any(|tag| self.has_state_of(tag)), Fact::IfNoneMatchState)
            | Facts::only_if(list.is_unreadable(), Fact::IfNoneMatchUnreadable)
    }

    fn of_date(&self, value: &[u8], is_date: Fact, not_later: Fact) -> Facts {
        let date = date::read(value, self.now);
        let earlier_or_equal = self.modified().zip(date).is_some_and(|(modified, date)| modified <= date);
        Facts::only_if(date.is_some(), is_date) | Facts::only_if(earlier_or_equal, not_later)
    }

    fn of_if_range(&self, value: &[u8]) -> Facts {
        let tag: Member = Tag::read(value);
        let is_tag = self.tag().zip(tag.as_ref()).is_some_and(|(current, tag)| tag.is_strongly(current));
        let date = date::read(value, self.now);
        Facts::only_if(is_tag, Fact::IfRangeTag)
            | Facts::only_if(date.is_some() && date == self.modified(), Fact::IfRangeDate)
    }

    fn tag(&self) -> Option<&Tag> {
        self.target?.tag.as_ref()
    }

    /// Whether the current tag has a state half, and `tag` the same.
    fn has_state_of(&self, tag: &Tag) -> bool {
        let ours = self.tag().filter(|_| self.target.is_some_and(|target| target.has_halves)).and_then(Tag::state);
        ours.is_some() && ours == tag.state()
    }

    /// The date as the server shows it, which is that of the last whole second (§ 8.8.2).
    fn modified(&self) -> Option<i64> {
        let since = self.target?.modified?.duration_since(UNIX_EPOCH).ok()?;
        i64::try_from(since.as_secs()).ok()
    }
}
