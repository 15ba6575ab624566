//! Streams of every length up to several blocks, hashed once more by `sha2` from `docs/wire-format.md`.
//!
//! The toolkit fills and pads the blocks of SHA-256 itself. What can go wrong there goes wrong at single lengths.

use etag_runtime::{Digest, EntityTag};
use proptest::prelude::*;
use sha2::{Digest as _, Sha256};

use crate::strategies::cases;

/// A text item (§ 3) of less than 65 536 octets.
fn text_item(text: &str) -> Vec<u8> {
    let length = u16::try_from(text.len()).unwrap().to_be_bytes();
    let length: &[u8] = match length {
        [0, 0] => &[],
        [0, _] => &length[1..],
        _ => &length,
    };
    let kind = 0x10 + u8::try_from(length.len()).unwrap();
    [&[0x51, kind], length, text.as_bytes()].concat()
}

/// The state half of a tag with these versions (§ 1 and § 2).
fn state(versions: &[String]) -> String {
    const ALPHABET: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
    let parts = versions.iter().flat_map(|version| [vec![0x70], text_item(version)].concat());
    let stream: Vec<u8> = [0x01, 0x53].into_iter().chain(parts).collect();
    let bits: u128 = Sha256::digest(stream)[..16].iter().fold(0, |bits, octet| bits << 8 | u128::from(*octet));
    // Six bits a character, the first ones first; the last character has two.
    (0..22_u32)
        .map(|at| {
            let six = if at == 21 { bits << 4 } else { bits >> (122 - 6 * at) } & 63;
            char::from(ALPHABET[usize::try_from(six).unwrap()])
        })
        .collect()
}

fn tag(versions: &[String]) -> EntityTag {
    let mut digest = Digest::new();
    for version in versions {
        digest.version(version.as_str());
    }
    digest.entity_tag()
}

#[test]
fn every_length_is_hashed_as_documented() {
    for length in 0..400 {
        let versions = ["a".repeat(length)];
        let halves = format!("{}.AAAAAAAAAAA", state(&versions));
        assert_eq!(tag(&versions).opaque(), halves.as_bytes(), "{length} octets");
    }
}

proptest! {
    #![proptest_config(cases())]

    #[test]
    fn parts_fill_blocks_in_any_way(versions in prop::collection::vec("[a-z]{0,80}", 0..8)) {
        let halves = format!("{}.AAAAAAAAAAA", state(&versions));
        let tag = tag(&versions);
        prop_assert_eq!(tag.opaque(), halves.as_bytes());
    }
}
