//! The table: § 13.2.2 and what it refers to, row by row.

use crate::choice::Choice;
use crate::fact::{Fact, Facts};

/// A row of the table.
#[derive(Debug)]
pub struct Rule {
    /// The step of § 13.2.2 that it belongs to. Step 0 is § 13.2.1.
    pub step: u8,
    /// The section of RFC 9110 that it comes from.
    pub section: &'static str,
    /// What that section says, in short.
    pub says: &'static str,
    pub(crate) in_force: InForce,
    pub(crate) when: Facts,
    pub(crate) unless: Facts,
    /// What follows if it applies.
    pub then: Then,
}

/// Whether a row exists.
#[derive(Clone, Copy, Debug)]
pub(crate) enum InForce {
    Always,
    With(Choice),
    Without(Choice),
}

/// What follows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Then {
    /// Go on with a later step.
    Step(u8),
    /// `412`.
    Fail,
    /// `304` to GET and HEAD, `412` to all other methods (§ 13.1.2).
    FailOrNotModified,
    /// `304`.
    NotModified,
    /// Perform the method, with `Range` if it can be satisfied.
    Part,
    /// Perform the method, without `Range`.
    Whole,
}

/// One row a sentence: when all facts of the first set are so, and none of the second, what follows the arrow.
macro_rules! rules {
    ($(
        $step:literal $section:literal $says:literal $($condition:ident $choice:ident)? :
            { $($when:ident)* } $(unless { $($unless:ident)* })? => $then:ident $(($next:literal))?;
    )*) => {
        /// Of the rows of a step, the first that applies counts. A step of which none applies leads to the next one.
        pub static RULES: &[Rule] = &[$(Rule {
            step: $step,
            section: $section,
            says: $says,
            in_force: rules!(@in_force $($condition $choice)?),
            when: Facts::of(&[$(Fact::$when),*]),
            unless: Facts::of(&[$($(Fact::$unless),*)?]),
            then: Then::$then $(($next))?,
        }),*];
    };
    (@in_force) => { InForce::Always };
    (@in_force with $choice:ident) => { InForce::With(Choice::$choice) };
    (@in_force without $choice:ident) => { InForce::Without(Choice::$choice) };
}

rules! {
    0 "13.2.1" "the method selects and modifies nothing":
        { SelectsNothing } => Step(6);

    1 "13.1.1" "1. `*`, and there is a representation":
        { IfMatch IfMatchAny Exists } => Step(3);
    1 "13.1.1" "a list with a member that is no tag is none" without OtherMembersCount:
        { IfMatch IfMatchUnreadable } => Fail;
    1 "13.1.1" "2. a member is the current tag, strongly":
        { IfMatch IfMatchStrong } => Step(3);
    1 "8.8.3.2" "a member has the current state" with StateHalf:
        { IfMatch IfMatchState } unless { Safe } => Step(3);
    1 "13.1.1" "a member was of the current state, and a proxy has weakened it" with WeakenedTag:
        { IfMatch IfMatchWeakened ProxyWeakens } unless { Safe } => Step(3);
    1 "13.1.1" "3. otherwise the condition is false":
        { IfMatch } => Fail;

    2 "13.1.4" "the value is no date, or several: ignored":
        { IfUnmodifiedSince } unless { IfMatch UnmodifiedIsDate } => Step(3);
    2 "13.1.4" "no modification date is available: ignored":
        { IfUnmodifiedSince } unless { IfMatch HasDate } => Step(3);
    2 "13.1.4" "1. modified earlier, or then: the condition is true":
        { IfUnmodifiedSince UnmodifiedSince } unless { IfMatch } => Step(3);
    2 "13.1.4" "2. otherwise the condition is false":
        { IfUnmodifiedSince } unless { IfMatch } => Fail;

    3 "13.1.2" "1. `*`, and there is a representation":
        { IfNoneMatch IfNoneMatchAny Exists } => FailOrNotModified;
    3 "13.1.2" "a member is no tag, and may have been meant to be the current one" with UnreadableMemberFails:
        { IfNoneMatch IfNoneMatchUnreadable } unless { Safe } => FailOrNotModified;
    3 "13.1.2" "a list with a member that is no tag is none" without OtherMembersCount:
        { IfNoneMatch IfNoneMatchUnreadable } => Step(5);
    3 "13.1.2" "2. a member is the current tag, weakly":
        { IfNoneMatch IfNoneMatchWeak } => FailOrNotModified;
    3 "8.8.3.2" "a member has the current state" with StateHalf:
        { IfNoneMatch IfNoneMatchState } unless { Safe } => FailOrNotModified;
    3 "13.1.2" "3. otherwise the condition is true":
        { IfNoneMatch } => Step(5);

    4 "13.1.3" "the method is neither GET nor HEAD: ignored":
        { IfModifiedSince } unless { IfNoneMatch GetOrHead } => Step(5);
    4 "13.1.3" "the value is no date, or several: ignored":
        { IfModifiedSince } unless { IfNoneMatch ModifiedIsDate } => Step(5);
    4 "13.1.3" "no modification date is available: ignored":
        { IfModifiedSince } unless { IfNoneMatch HasDate } => Step(5);
    4 "13.1.3" "1. modified earlier, or then: the condition is false":
        { IfModifiedSince NotModifiedSince } unless { IfNoneMatch } => NotModified;
    4 "13.1.3" "2. otherwise the condition is true":
        { IfModifiedSince } unless { IfNoneMatch } => Step(5);

    5 "14.2" "Range is defined for GET alone":
        {} unless { Get } => Whole;
    5 "14.2" "there is no representation to select a part of":
        {} unless { Exists } => Whole;
    5 "14.2" "there is no Range":
        {} unless { Range } => Whole;
    5 "14.2" "there is Range, and no If-Range":
        { Range } unless { IfRange } => Part;
    5 "13.1.5" "the value is the current tag, strongly":
        { Range IfRangeTag } => Part;
    5 "13.1.5" "the value is exactly the date, whose second is over" with SecondIsOver:
        { Range IfRangeDate DateIsOver } => Part;
    5 "13.1.5" "otherwise the condition is false":
        { Range IfRange } => Whole;

    6 "13.2.2" "perform the method":
        {} => Whole;
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A step is looked for from the top of the table, and the last row ends every search.
    #[test]
    fn the_rows_are_in_the_order_of_the_steps() {
        assert!(RULES.is_sorted_by_key(|rule| rule.step));
        let last = RULES.last().unwrap();
        assert_eq!((last.when, last.unless, last.then), (Facts::NONE, Facts::NONE, Then::Whole));
    }
}
