//! One stream of octets and its SHA-256: the lowest layer of `docs/wire-format.md`.

use std::slice;

use sha2::block_api::compress256;

/// The block size of SHA-256: most entities fit, and whole blocks are hashed where they stand.
const BLOCK: usize = 64;

/// The first octet of everything that is written; see § 2 to § 5 of the wire format.
pub(super) mod kind {
    pub(in crate::digest) const END: u8 = 0x00;
    pub(in crate::digest) const NOTHING: u8 = 0x01;
    #[cfg(feature = "serde")]
    pub(in crate::digest) const FALSE: u8 = 0x02;
    #[cfg(feature = "serde")]
    pub(in crate::digest) const TRUE: u8 = 0x03;
    pub(in crate::digest) const INTEGER: u8 = 0x10;
    pub(in crate::digest) const NEGATIVE: u8 = 0x30;
    #[cfg(feature = "serde")]
    pub(in crate::digest) const FLOAT: u8 = 0x50;
    pub(in crate::digest) const TEXT: u8 = 0x51;
    pub(in crate::digest) const BYTES: u8 = 0x52;
    pub(in crate::digest) const RECORD: u8 = 0x60;
    pub(in crate::digest) const SEQUENCE: u8 = 0x61;
    pub(in crate::digest) const MAP: u8 = 0x62;
    pub(in crate::digest) const SET: u8 = 0x63;
    pub(in crate::digest) const PRESENT: u8 = 0x64;
    pub(in crate::digest) const VARIANT: u8 = 0x65;
    #[cfg(feature = "serde")]
    pub(in crate::digest) const SKIPPED: u8 = 0x66;
    pub(in crate::digest) const VERSION: u8 = 0x70;
    pub(in crate::digest) const TIMESTAMP: u8 = 0x71;
    #[cfg(feature = "serde")]
    pub(in crate::digest) const CONTENT: u8 = 0x72;
    pub(in crate::digest) const TAG: u8 = 0x74;
    pub(in crate::digest) const SALT: u8 = 0x75;
}

/// What every stream starts with: the number of the format.
const FORMAT: u8 = 0x01;

/// A stream of items, hashed as it grows.
///
/// On the blocks of SHA-256 itself: the hasher of `sha2` would gather the octets in a buffer of its own once more.
#[derive(Clone)]
#[allow(
    missing_debug_implementations,
    unnameable_types,
    unreachable_pub,
    reason = "only a closure of an expansion is given one, if there is the feature `serde`"
)]
pub struct Encoder {
    /// The octets after the last whole block, and zeros.
    block: [u8; BLOCK],
    len: usize,
    /// What the whole blocks were hashed to, and how many they were.
    hashed: [u32; 8],
    blocks: u64,
}

/// The hash of no blocks: the first 32 bits of the fractions of the square roots of the first eight primes.
const INITIAL: [u32; 8] =
    [0x6a09_e667, 0xbb67_ae85, 0x3c6e_f372, 0xa54f_f53a, 0x510e_527f, 0x9b05_688c, 0x1f83_d9ab, 0x5be0_cd19];

impl Encoder {
    /// A stream of this purpose: `S`tate, `R`epresentation or `M`ember.
    pub(super) fn new(purpose: u8) -> Encoder {
        let mut block = [0; BLOCK];
        block[0] = FORMAT;
        block[1] = purpose;
        Encoder { block, len: 2, hashed: INITIAL, blocks: 0 }
    }

    /// One octet: the kind of what follows.
    #[inline]
    pub(super) fn kind(&mut self, kind: u8) {
        if self.len == BLOCK {
            self.flush();
        }
        self.block[self.len] = kind;
        self.len += 1;
    }

    /// Octets without a length before them.
    #[inline]
    pub(super) fn octets(&mut self, octets: &[u8]) {
        if let Some(place) = self.block.get_mut(self.len..self.len + octets.len()) {
            place.copy_from_slice(octets);
            self.len += octets.len();
        } else {
            self.many(octets);
        }
    }

    /// An integer, without a width.
    #[inline]
    pub(super) fn unsigned(&mut self, integer: u128) {
        match u64::try_from(integer) {
            Ok(integer) => self.magnitude_64(kind::INTEGER, integer),
            Err(_) => self.magnitude(kind::INTEGER, integer),
        }
    }

    /// An integer, without a width.
    #[inline]
    pub(super) fn signed(&mut self, integer: i128) {
        match u128::try_from(integer) {
            Ok(integer) => self.unsigned(integer),
            Err(_) => match u64::try_from(!integer) {
                Ok(magnitude) => self.magnitude_64(kind::NEGATIVE, magnitude),
                Err(_) => self.magnitude(kind::NEGATIVE, (!integer).unsigned_abs()),
            },
        }
    }

    /// A text or bytes, after their length.
    pub(super) fn with_length(&mut self, kind: u8, octets: &[u8]) {
        self.kind(kind);
        self.unsigned(octets.len() as u128);
        self.octets(octets);
    }

    /// A floating-point number, by its bits; there is one NaN.
    #[cfg(feature = "serde")]
    pub(super) fn float(&mut self, number: f64) {
        self.kind(kind::FLOAT);
        let bits = if number.is_nan() { 0x7ff8 << 48 } else { number.to_bits() };
        self.octets(&bits.to_be_bytes());
    }

    /// The name of a variant, before its payload.
    pub(super) fn variant(&mut self, name: &str) {
        self.kind(kind::VARIANT);
        self.with_length(kind::TEXT, name.as_bytes());
    }

    /// Entries or members whose order means nothing, by their digests.
    pub(super) fn unordered(&mut self, kind: u8, digests: &mut [[u8; 32]]) {
        digests.sort_unstable();
        self.kind(kind);
        self.unsigned(digests.len() as u128);
        self.octets(digests.as_flattened());
    }

    /// The digest of the whole stream. Nothing is left of the stream.
    pub(super) fn finish(&mut self) -> [u8; 32] {
        let mut digest = [0; 32];
        for (place, word) in digest.as_chunks_mut().0.iter_mut().zip(self.pad()) {
            *place = word.to_be_bytes();
        }
        digest
    }

    /// The first 16 octets of that digest, as a number.
    #[inline]
    pub(super) fn finish_16(&mut self) -> u128 {
        let [first, second, third, fourth, ..] = self.pad();
        u128::from(join(first, second)) << 64 | u128::from(join(third, fourth))
    }

    /// The first 8 octets of that digest, as a number.
    pub(super) fn finish_8(&mut self) -> u64 {
        let [first, second, ..] = self.pad();
        join(first, second)
    }

    /// The end of the stream, padded as FIPS 180-4 § 5.1.1 says: where it stands.
    #[inline]
    fn pad(&mut self) -> [u32; 8] {
        let bits = (self.blocks * BLOCK as u64 + self.len as u64) * 8;
        self.kind(0x80);
        if self.len > BLOCK - 8 {
            self.flush();
        }
        self.block[BLOCK - 8..].copy_from_slice(&bits.to_be_bytes());
        compress256(&mut self.hashed, slice::from_ref(&self.block));
        self.hashed
    }

    /// `magnitude` for the common case, in one write of constant length.
    #[inline]
    #[expect(clippy::cast_possible_truncation, reason = "a length is at most 8")]
    fn magnitude_64(&mut self, kind: u8, magnitude: u64) {
        let len = 8 - magnitude.leading_zeros() / 8;
        let octets = magnitude.checked_shl(64 - 8 * len).unwrap_or(0).to_be_bytes();
        self.kind(kind + len as u8);
        if let Some(place) = self.block.get_mut(self.len..self.len + 8) {
            place.copy_from_slice(&octets);
            self.len += len as usize;
        } else {
            self.octets(&octets[..len as usize]);
        }
    }

    #[expect(clippy::cast_possible_truncation, reason = "a length is at most 16")]
    fn magnitude(&mut self, kind: u8, magnitude: u128) {
        let zeros = magnitude.leading_zeros() / 8;
        self.kind(kind + 16 - zeros as u8);
        self.octets(&magnitude.to_be_bytes()[zeros as usize..]);
    }

    /// Octets that reach beyond this block.
    fn many(&mut self, octets: &[u8]) {
        let (fill, rest) = octets.split_at(BLOCK - self.len);
        self.block[self.len..].copy_from_slice(fill);
        self.flush();
        let (blocks, rest) = rest.as_chunks();
        compress256(&mut self.hashed, blocks);
        self.blocks += blocks.len() as u64;
        self.block[..rest.len()].copy_from_slice(rest);
        self.len = rest.len();
    }

    /// Hashes the block, which is full, or at its end padded.
    fn flush(&mut self) {
        compress256(&mut self.hashed, slice::from_ref(&self.block));
        self.blocks += 1;
        self.block = [0; BLOCK];
        self.len = 0;
    }
}

fn join(high: u32, low: u32) -> u64 {
    u64::from(high) << 32 | u64::from(low)
}

#[cfg(test)]
mod tests {
    use sha2::{Digest as _, Sha256};

    use super::*;

    /// However the octets arrive, the digest is that of all of them; across two blocks, at every boundary.
    #[test]
    fn is_sha_256() {
        let octets: Vec<u8> = (0..=255).collect();
        for len in 0..octets.len() {
            for step in [1, 3, 9, 63, 64, 65, 200] {
                let mut stream = Encoder::new(b'S');
                for part in octets[..len].chunks(step) {
                    stream.octets(part);
                }
                let expected = Sha256::new().chain_update([FORMAT, b'S']).chain_update(&octets[..len]).finalize();
                assert_eq!(stream.finish(), <[u8; 32]>::from(expected), "{len} octets in steps of {step}");
            }
        }
    }

    /// An integer is the same wherever it falls in a block.
    #[test]
    fn integers_across_blocks() {
        for offset in 0..130 {
            let (mut whole, mut octets) = (Encoder::new(b'S'), Encoder::new(b'S'));
            whole.octets(&vec![7; offset]);
            octets.octets(&vec![7; offset]);
            whole.unsigned(0x0102_0304_0506_0708);
            octets.octets(&[0x18, 1, 2, 3, 4, 5, 6, 7, 8]);
            whole.signed(-0x0102_0304);
            octets.octets(&[0x34, 1, 2, 3, 3]);
            assert_eq!(whole.finish(), octets.finish(), "at {offset}");
        }
    }
}
