//! Two tags that an expert writes by hand, on the stack: the version as it is, and a hash that does not tell it.

use http::HeaderValue;
use sha2::block_api::compress256;

use crate::by_hand::INITIAL;

/// A tag of a version, with its quotes.
pub(super) trait Tag: Send + 'static {
    fn of(version: u64) -> Self;

    fn octets(&self) -> &[u8];

    fn is(&self, field: Option<&HeaderValue>) -> bool {
        field.is_some_and(|field| field.as_bytes() == self.octets())
    }
}

/// `"1234567"`: a tag that fits the longest version, and where it starts.
pub(super) struct Plain([u8; 22], usize);

impl Tag for Plain {
    fn of(mut version: u64) -> Plain {
        let mut octets = [b'"'; 22];
        let mut start = octets.len() - 1;
        loop {
            start -= 1;
            octets[start] = b"0123456789"[(version % 10) as usize];
            version /= 10;
            if version == 0 {
                break;
            }
        }
        Plain(octets, start - 1)
    }

    fn octets(&self) -> &[u8] {
        &self.0[self.1..]
    }
}

/// 128 bits of SHA-256 in base64url: one block, padded by hand, and nothing beside the version in it.
pub(super) struct Hashed([u8; 24]);

const DIGITS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

impl Tag for Hashed {
    fn of(version: u64) -> Hashed {
        let mut block = [0; 64];
        block[..8].copy_from_slice(&version.to_be_bytes());
        block[8] = 0x80;
        // The length in bits.
        block[63] = 64;
        let mut hashed = INITIAL;
        compress256(&mut hashed, &[block]);
        let [a, b, c, d, ..] = hashed.map(u128::from);
        let bits = a << 96 | b << 64 | c << 32 | d;
        let mut octets = [b'"'; 24];
        for (i, digit) in octets[1..22].iter_mut().enumerate() {
            *digit = DIGITS[(bits >> (122 - 6 * i)) as usize & 63];
        }
        // The last digit has two bits.
        octets[22] = DIGITS[(bits << 4) as usize & 63];
        Hashed(octets)
    }

    fn octets(&self) -> &[u8] {
        &self.0
    }
}

#[cfg(test)]
mod tests {
    use base64::Engine as _;
    use base64::prelude::BASE64_URL_SAFE_NO_PAD;
    use sha2::{Digest as _, Sha256};

    use super::*;

    #[test]
    fn tags_are_what_they_say() {
        for version in [0, 9, 10, 1_234_567, u64::MAX] {
            assert_eq!(Plain::of(version).octets(), format!("\"{version}\"").as_bytes());
            let digits = BASE64_URL_SAFE_NO_PAD.encode(&Sha256::digest(version.to_be_bytes())[..16]);
            assert_eq!(Hashed::of(version).octets(), format!("\"{digits}\"").as_bytes(), "{version}");
        }
    }
}
