//! What is hashed for a tag, written out by hand from `docs/wire-format.md`, so that a bare SHA-256 has the same octets.

use base64::Engine as _;
use base64::prelude::BASE64_URL_SAFE_NO_PAD;
use etag_runtime::EntityTag;
use sha2::{Digest as _, Sha256};

/// A version, a timestamp, and a list of as many entities with the versions 0, 1, 2 and so on.
pub(crate) fn of_list(version: i64, microseconds: i64, count: i64) -> Vec<u8> {
    let mut stream = vec![0x01, b'S', 0x70];
    integer(version, &mut stream);
    stream.push(0x71);
    integer(microseconds, &mut stream);
    stream.push(0x61);
    for version in 0..count {
        stream.extend([0x60, 0x70]);
        integer(version, &mut stream);
        stream.push(0x00);
    }
    stream.push(0x00);
    stream
}

/// A text as the only content.
pub(crate) fn of_text(text: &str) -> Vec<u8> {
    let mut stream = vec![0x01, b'S', 0x72, 0x51];
    integer(i64::try_from(text.len()).unwrap_or(i64::MAX), &mut stream);
    stream.extend(text.as_bytes());
    stream
}

/// One that is not negative.
fn integer(value: i64, stream: &mut Vec<u8>) {
    let octets = value.to_be_bytes();
    let leading_zeros = octets.iter().take_while(|octet| **octet == 0).count();
    let octets = &octets[leading_zeros..];
    stream.push(0x10 + u8::try_from(octets.len()).unwrap_or(u8::MAX));
    stream.extend(octets);
}

pub(crate) fn sha256(octets: &[u8]) -> [u8; 32] {
    Sha256::digest(octets).into()
}

/// # Panics
///
/// If the tag is made of other octets, so that a comparison with their hash would say nothing.
pub(crate) fn assert_names(stream: &[u8], tag: &EntityTag) {
    let half = BASE64_URL_SAFE_NO_PAD.encode(&sha256(stream)[..16]);
    assert!(tag.opaque().starts_with(half.as_bytes()), "{tag} is not made of {stream:x?}");
}
