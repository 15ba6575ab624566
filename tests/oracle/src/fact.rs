//! What is so of a request and its target.

use std::ops::BitOr;

/// Something that is so or not.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(u8)]
pub enum Fact {
    // The method.
    /// It neither selects nor modifies a representation: CONNECT, OPTIONS, TRACE (§ 13.2.1).
    SelectsNothing,
    /// It is safe (§ 9.2.1).
    Safe,
    /// It is GET or HEAD.
    GetOrHead,
    /// It is GET.
    Get,

    // The target, and what the server says of itself.
    /// There is a current representation.
    Exists,
    /// Its modification date is available.
    HasDate,
    /// The second of its modification date was over when the request arrived.
    DateIsOver,
    /// The server says that a proxy weakens its tags.
    ProxyWeakens,

    // If-Match.
    /// The field is there.
    IfMatch,
    /// Its value is `*`.
    IfMatchAny,
    /// A member is the current tag, compared strongly.
    IfMatchStrong,
    /// A member and the current tag are strong, and have the same state half.
    IfMatchState,
    /// A member is weak, the current tag is strong, and they have the same state half.
    IfMatchWeakened,
    /// A member is no tag.
    IfMatchUnreadable,

    // If-Unmodified-Since.
    /// The field is there.
    IfUnmodifiedSince,
    /// Its value is one date.
    UnmodifiedIsDate,
    /// The date of the target is earlier or equal.
    UnmodifiedSince,

    // If-None-Match.
    /// The field is there.
    IfNoneMatch,
    /// Its value is `*`.
    IfNoneMatchAny,
    /// A member is the current tag, compared weakly.
    IfNoneMatchWeak,
    /// A member and the current tag have the same state half.
    IfNoneMatchState,
    /// A member is no tag.
    IfNoneMatchUnreadable,

    // If-Modified-Since.
    /// The field is there.
    IfModifiedSince,
    /// Its value is one date.
    ModifiedIsDate,
    /// The date of the target is earlier or equal.
    NotModifiedSince,

    // Range and If-Range.
    /// `Range` is there.
    Range,
    /// `If-Range` is there.
    IfRange,
    /// Its value is the current tag, compared strongly.
    IfRangeTag,
    /// Its value is exactly the date of the target.
    IfRangeDate,
}

/// A set of facts.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct Facts(u32);

impl Facts {
    /// Nothing is so.
    pub const NONE: Facts = Facts(0);

    /// These facts.
    #[must_use]
    pub const fn of(facts: &[Fact]) -> Facts {
        let (mut set, mut at) = (0, 0);
        while at < facts.len() {
            set |= 1 << facts[at] as u8;
            at += 1;
        }
        Facts(set)
    }

    /// The fact, if `so`.
    #[must_use]
    pub fn only_if(so: bool, fact: Fact) -> Facts {
        if so { Facts::of(&[fact]) } else { Facts::NONE }
    }

    /// Whether all of `others` are among these.
    #[must_use]
    pub fn include(self, others: Facts) -> bool {
        self.0 & others.0 == others.0
    }

    /// Whether none of `others` is among these.
    #[must_use]
    pub fn exclude(self, others: Facts) -> bool {
        self.0 & others.0 == 0
    }
}

impl BitOr for Facts {
    type Output = Facts;

    fn bitor(self, other: Facts) -> Facts {
        Facts(self.0 | other.0)
    }
}
