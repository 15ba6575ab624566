//! One tag, and lists of them.

use std::hash::{DefaultHasher, Hash as _, Hasher as _};

use etag_runtime::{Decision, EntityTag, EntityTagList, Validators};
use http::{HeaderValue, Method};
use proptest::prelude::*;

use crate::strategies::{cases, current, fragment, preconditions, tag};

proptest! {
    #![proptest_config(cases())]

    #[test]
    fn what_is_written_is_read_again(tag in tag()) {
        let value = HeaderValue::from(&tag);
        prop_assert_eq!(EntityTag::parse(value.as_bytes()), Ok(tag.clone()));
        if tag.opaque().is_ascii() {
            let text = tag.to_string();
            prop_assert_eq!(text.as_bytes(), value.as_bytes());
            prop_assert_eq!(text.parse::<EntityTag>(), Ok(tag));
        }
    }

    #[test]
    fn any_value_makes_a_tag_that_can_be_sent(opaque in prop::collection::vec(any::<u8>(), 0..50)) {
        let tag = EntityTag::strong(&opaque);
        prop_assert_eq!(EntityTag::parse(HeaderValue::from(&tag).as_bytes()), Ok(tag));
    }

    #[test]
    fn different_values_make_different_tags(left in any::<Vec<u8>>(), right in any::<Vec<u8>>()) {
        prop_assert_eq!(EntityTag::strong(&left).strong_eq(&EntityTag::strong(&right)), left == right);
    }

    #[test]
    fn comparison_is_symmetric_and_strong_implies_weak(left in tag(), right in tag()) {
        prop_assert_eq!(left.strong_eq(&right), right.strong_eq(&left));
        prop_assert_eq!(left.weak_eq(&right), right.weak_eq(&left));
        prop_assert!(left.weak_eq(&right) || !left.strong_eq(&right));
        prop_assert_eq!(left.strong_eq(&right), left == right && !left.is_weak());
        prop_assert!(left.weak_eq(&left));
    }

    #[test]
    fn a_single_tag_is_a_list_of_one(octets in fragment()) {
        let list = EntityTagList::parse([&octets]);
        if let Ok(tag) = EntityTag::parse(&octets) {
            prop_assert_eq!(list, EntityTagList::Tags { tags: vec![tag], malformed: false });
        }
    }

    /// However a list is laid out over lines and white space, it is the same list.
    #[test]
    fn layout_means_nothing(
        tags in prop::collection::vec((tag(), prop::sample::select(&[", ", ",", " ,\t", ",,", " , , ", "\n"][..])), 0..6),
        before in prop::sample::select(&["", " ", "\t", ",", " , "][..]),
    ) {
        let mut text = before.as_bytes().to_vec();
        for (tag, separator) in &tags {
            text.extend(HeaderValue::from(tag).as_bytes());
            text.extend(separator.as_bytes());
        }
        // No tag holds this octet: where it stands, another field line begins.
        let list = EntityTagList::parse(text.split(|&octet| octet == b'\n'));
        let tags: Vec<_> = tags.into_iter().map(|(tag, _)| tag).collect();
        prop_assert_eq!(list, EntityTagList::Tags { tags, malformed: false });
    }

    /// Neither do order and repetition decide anything.
    #[test]
    fn order_decides_nothing(
        tags in prop::collection::vec(tag(), 1..6).prop_flat_map(|tags| (Just(tags.clone()), Just(tags).prop_shuffle())),
        ours in tag(),
        field in prop::sample::select(&["If-Match", "If-None-Match"][..]),
        method in prop::sample::select(&[Method::GET, Method::PUT][..]),
    ) {
        let target = Some(Validators::new().with_entity_tag(ours));
        let decide = |lines: &[(&str, Vec<u8>)]| -> Decision {
            preconditions(&method, lines).evaluate(current(target.as_ref()))
        };
        let (tags, shuffled) = tags;
        let one_line = tags.iter().map(|tag| HeaderValue::from(tag).as_bytes().to_vec()).collect::<Vec<_>>().join(&b","[..]);
        let many_lines: Vec<_> =
            shuffled.iter().map(|tag| (field, HeaderValue::from(tag).as_bytes().to_vec())).collect();
        prop_assert_eq!(decide(&[(field, one_line)]), decide(&many_lines));
    }
}

#[test]
fn equal_tags_are_hashed_alike_and_others_are_told_apart() {
    // The same hasher on every run.
    let hash = |tag: &EntityTag| {
        let mut hasher = DefaultHasher::new();
        tag.hash(&mut hasher);
        hasher.finish()
    };
    let tags = [EntityTag::strong("1"), EntityTag::strong("1"), EntityTag::weak("1"), EntityTag::strong("2")];
    let shown = tags.each_ref().map(|tag| format!("{tag:?}"));
    assert_eq!(shown, ["EntityTag(\"1\")", "EntityTag(\"1\")", "EntityTag(W/\"1\")", "EntityTag(\"2\")"]);
    let hashes = tags.each_ref().map(hash);
    assert_eq!(hashes[0], hashes[1]);
    assert!(hashes[0] != hashes[2] && hashes[0] != hashes[3], "{hashes:?}");
}
