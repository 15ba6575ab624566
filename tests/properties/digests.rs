//! Different values make different tags, above all those that a careless encoding would confuse.

use etag_runtime::{Digest, ETag, EntityTag, Strong};
use proptest::prelude::*;
use serde::Serialize;

use crate::strategies::cases;

/// A value of any shape, whose tag is that of its content.
#[derive(Serialize, ETag)]
struct Content<T> {
    #[etag(content)]
    value: T,
}

/// A tag of several versions in a row, made by hand.
struct Versions<'a>(&'a [String]);

impl ETag for Versions<'_> {
    type Strength = Strong;

    fn etag(&self) -> EntityTag {
        let mut digest = Digest::new();
        for version in self.0 {
            digest.version(version.as_str());
        }
        digest.entity_tag()
    }
}

/// The state half alone: other types have other schemas, which must not be what tells their values apart.
fn state<T: Serialize>(value: T) -> Vec<u8> {
    Content { value }.etag().opaque()[..22].to_vec()
}

#[test]
fn values_that_are_nearly_the_same_have_different_tags() {
    #[derive(Serialize)]
    struct Unit;
    #[derive(Serialize)]
    enum Shape {
        Unit,
        Newtype(u8),
        Tuple(u8, u8),
        Record { a: u8 },
        Other,
    }
    let values = [
        ("None", state(None::<u8>)),
        ("0", state(0)),
        ("-1", state(-1)),
        ("1", state(1)),
        ("0.0", state(0.0)),
        ("-0.0", state(-0.0)),
        ("1.0", state(1.0)),
        ("false", state(false)),
        ("true", state(true)),
        ("\"\"", state("")),
        ("\"0\"", state("0")),
        ("\"\\0\"", state("\0")),
        ("Some(0)", state(Some(0))),
        ("Some(None)", state(Some(None::<u8>))),
        ("Some(\"\")", state(Some(""))),
        ("[]", state::<[u8; 0]>([])),
        ("[[]]", state([[0_u8; 0]])),
        ("[[], []]", state([[0_u8; 0], []])),
        ("[0]", state([0])),
        ("[0, 0]", state([0, 0])),
        ("[[0], [0]]", state([[0], [0]])),
        ("[[0, 0], []]", state([vec![0, 0], vec![]])),
        ("[[], [0, 0]]", state([vec![], vec![0, 0]])),
        ("(\"ab\", \"c\")", state(("ab", "c"))),
        ("(\"a\", \"bc\")", state(("a", "bc"))),
        ("(\"abc\", \"\")", state(("abc", ""))),
        ("(\"\", \"abc\")", state(("", "abc"))),
        ("\"abc\"", state("abc")),
        ("Shape::Unit", state(Shape::Unit)),
        ("Shape::Other", state(Shape::Other)),
        ("Shape::Newtype(0)", state(Shape::Newtype(0))),
        ("Shape::Tuple(0, 0)", state(Shape::Tuple(0, 0))),
        ("Shape::Record", state(Shape::Record { a: 0 })),
        ("\"Unit\"", state("Unit")),
        ("256", state(256)),
        ("u64::MAX", state(u64::MAX)),
        ("i64::MIN", state(i64::MIN)),
    ];
    for (at, (left_name, left)) in values.iter().enumerate() {
        for (right_name, right) in &values[at + 1..] {
            assert_ne!(left, right, "{left_name} and {right_name}");
        }
    }
    // What differs in its Rust type alone is the same value.
    assert_eq!(state(None::<u8>), state(Unit));
    assert_eq!(state(0_u8), state(0_i128));
}

#[test]
fn one_version_cannot_pretend_to_be_two() {
    // `p` and `Q` are the octets with which a version and a text begin.
    let tag = |versions: &[&str]| {
        let versions: Vec<_> = versions.iter().map(ToString::to_string).collect();
        Versions(&versions).etag()
    };
    assert_ne!(tag(&["pQ"]), tag(&["", ""]));
    assert_ne!(tag(&["apQb"]), tag(&["a", "b"]));
    assert_ne!(tag(&["a", "bpQ"]), tag(&["a", "b", ""]));
}

proptest! {
    #![proptest_config(cases())]

    #[test]
    fn texts_do_not_run_into_each_other(text in "[ab\0]{0,6}", left in 0..7_usize, right in 0..7_usize) {
        let split = |at: usize| text.split_at(at.min(text.len()));
        prop_assert_eq!(state(split(left)) == state(split(right)), split(left) == split(right));
    }

    #[test]
    fn versions_do_not_run_into_each_other(
        left in prop::collection::vec("[pQ]{0,4}", 0..4),
        right in prop::collection::vec("[pQ]{0,4}", 0..4),
    ) {
        prop_assert_eq!(Versions(&left).etag() == Versions(&right).etag(), left == right);
    }

    #[test]
    fn lists_of_lists_keep_their_shape(
        left in prop::collection::vec(prop::collection::vec(0..2_u8, 0..3), 0..3),
        right in prop::collection::vec(prop::collection::vec(0..2_u8, 0..3), 0..3),
    ) {
        prop_assert_eq!(state(&left) == state(&right), left == right);
    }

    #[test]
    fn options_keep_their_depth(left in any::<Option<Option<Option<bool>>>>(), right in any::<Option<Option<Option<bool>>>>()) {
        prop_assert_eq!(state(left) == state(right), left == right);
    }

    #[test]
    fn integers_have_no_width_but_a_sign(left in any::<i64>(), right in any::<i128>()) {
        prop_assert_eq!(state(left), state(i128::from(left)));
        prop_assert_eq!(state(left) == state(right), i128::from(left) == right);
    }
}
