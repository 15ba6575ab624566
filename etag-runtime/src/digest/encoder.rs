//! One stream of octets and its SHA-256: the lowest layer of `docs/wire-format.md`.
//!
//! ```text
//! items ──▶ block, and room beyond it ──flush──▶ hashed, and what was beyond begins the next block
//! ```
//!
//! An item is written where it comes, without asking whether the block ends in it, and few of them look for room: see `item`. So a relation
//! takes few instructions, of which the processor does most while it waits for the hash of the block before.

#[cfg(test)]
mod tests;

use std::slice;

use sha2::block_api::compress256;

/// The block size of SHA-256: most entities fit, and whole blocks are hashed where they stand.
const BLOCK: usize = 64;

/// How far beyond the end of a block an item may reach.
const ROOM: usize = 16;

/// Where an item may begin. An opening may not begin beyond its block, its first integer two octets beyond, and its end on the last octet
/// there is: after an opening the compiler sees that there is room for the other two, so that only the first asks.
mod limit {
    use super::{BLOCK, ROOM};

    pub(super) const OPENING: usize = BLOCK;
    pub(super) const INTEGER: usize = BLOCK + 2;
    pub(super) const END: usize = BLOCK + ROOM - 1;
}

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
// The block is last, so that the compiler sees that what is written to it, wherever, leaves everything else as it was; and the processor reads
// it by 16 octets.
#[repr(C, align(16))]
pub struct Encoder {
    /// What the whole blocks were hashed to, and how many they were.
    hashed: [u32; 8],
    blocks: u64,
    len: usize,
    /// The octets after the last block that was hashed, and zeros.
    block: [u8; BLOCK + ROOM],
}

/// The hash of no blocks: the first 32 bits of the fractions of the square roots of the first eight primes.
const INITIAL: [u32; 8] =
    [0x6a09_e667, 0xbb67_ae85, 0x3c6e_f372, 0xa54f_f53a, 0x510e_527f, 0x9b05_688c, 0x1f83_d9ab, 0x5be0_cd19];

#[expect(clippy::inline_always, reason = "items that follow each other are written as one only where all are known")]
impl Encoder {
    /// A stream of this purpose: `S`tate, `R`epresentation or `M`ember.
    #[inline]
    pub(super) fn new(purpose: u8) -> Encoder {
        let mut block = [0; BLOCK + ROOM];
        block[0] = FORMAT;
        block[1] = purpose;
        Encoder { hashed: INITIAL, blocks: 0, len: 2, block }
    }

    /// One octet: the kind of what follows.
    #[inline(always)]
    pub(super) fn kind(&mut self, kind: u8) {
        self.item::<{ limit::OPENING }, 1>(|place| {
            *place = [kind];
            0
        });
    }

    /// One octet: the end of a record or of a sequence. It is zero, as is whatever was not written.
    #[inline(always)]
    pub(super) fn end(&mut self) {
        const { assert!(kind::END == 0) }
        self.item::<{ limit::END }, 1>(|_| 0);
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

    /// An integer, without a width, after the octet that says what it is of, if there is one.
    #[inline(always)]
    pub(super) fn unsigned<const N: usize>(&mut self, before: [u8; N], integer: u128) {
        match u64::try_from(integer) {
            Ok(integer) => self.short(before, kind::INTEGER, integer),
            Err(_) => self.long(&before, kind::INTEGER, integer),
        }
    }

    /// An integer, without a width, after the octet that says what it is of, if there is one.
    #[inline(always)]
    #[expect(clippy::cast_sign_loss, reason = "all bits of a sign are alike")]
    pub(super) fn signed<const N: usize>(&mut self, before: [u8; N], integer: i128) {
        match i64::try_from(integer) {
            // Without a branch: all bits of `sign` are set if the number is negative, and otherwise none.
            Ok(integer) => {
                let sign = integer >> 63;
                let kind = kind::INTEGER + (sign as u8 & (kind::NEGATIVE - kind::INTEGER));
                self.short(before, kind, (integer ^ sign).cast_unsigned());
            }
            Err(_) if integer.is_negative() => self.long(&before, kind::NEGATIVE, (!integer).cast_unsigned()),
            Err(_) => self.long(&before, kind::INTEGER, integer.cast_unsigned()),
        }
    }

    /// A text or bytes, after their length.
    pub(super) fn with_length(&mut self, kind: u8, octets: &[u8]) {
        self.unsigned([kind], octets.len() as u128);
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
        self.unsigned([kind], digests.len() as u128);
        self.octets(digests.as_flattened());
    }

    /// The digest of the whole stream, which is not to be used again.
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
        (u128::from(join(first, second)) << 64) + u128::from(join(third, fourth))
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
        self.block[BLOCK - 8..BLOCK].copy_from_slice(&bits.to_be_bytes());
        self.compress();
        self.hashed
    }

    /// An integer in the common case, in writes of constant length.
    #[inline(always)]
    #[expect(clippy::cast_possible_truncation, reason = "there are at most eight zeros")]
    fn short<const N: usize>(&mut self, before: [u8; N], kind: u8, magnitude: u64) {
        let zeros = magnitude.leading_zeros() as usize / 8;
        // Eight octets: those of the number without its leading zeros, and then as many zeros.
        let octets = (magnitude.swap_bytes() >> (zeros * 8 % 64)).to_le_bytes();
        self.item::<{ limit::INTEGER }, 10>(|place| {
            place[..N].copy_from_slice(&before);
            place[N] = kind + 8 - zeros as u8;
            place[N + 1..N + 9].copy_from_slice(&octets);
            zeros + 1 - N
        });
    }

    #[cold]
    #[inline(never)]
    #[expect(clippy::cast_possible_truncation, reason = "a length is at most 16")]
    fn long(&mut self, before: &[u8], kind: u8, magnitude: u128) {
        self.octets(before);
        let zeros = magnitude.leading_zeros() as usize / 8;
        self.kind(kind + 16 - zeros as u8);
        self.octets(&magnitude.to_be_bytes()[zeros..]);
    }

    /// Writes an item of up to `N` octets at the end of the stream. `write` gives back how many of them are none of the item, and leaves these
    /// zero.
    ///
    /// If the item would begin beyond `LIMIT`, a block is full, and hashed first.
    #[inline(always)]
    fn item<const LIMIT: usize, const N: usize>(&mut self, write: impl FnOnce(&mut [u8; N]) -> usize) {
        const { assert!(LIMIT >= BLOCK && LIMIT + N <= BLOCK + ROOM) }
        if self.len > LIMIT {
            // Which is no change of it, but tells the compiler that it has become small.
            self.len = self.flush() % BLOCK;
        }
        if let Some(place) = self.block[self.len..].first_chunk_mut() {
            self.len = self.len + N - write(place);
        }
    }

    /// Octets for which there is no room.
    fn many(&mut self, octets: &[u8]) {
        if self.len >= BLOCK {
            self.flush();
        }
        let Some((fill, rest)) = octets.split_at_checked(BLOCK - self.len) else {
            return self.octets(octets);
        };
        self.block[self.len..BLOCK].copy_from_slice(fill);
        self.flush();
        let (blocks, rest) = rest.as_chunks();
        compress256(&mut self.hashed, blocks);
        self.blocks += blocks.len() as u64;
        self.octets(rest);
    }

    /// Hashes the block, which is full, or at its end padded, and begins the next with what is beyond it, whose length it gives.
    #[cold]
    #[inline(never)]
    fn flush(&mut self) -> usize {
        self.compress();
        self.blocks += 1;
        let mut next = [0; BLOCK + ROOM];
        next[..ROOM].copy_from_slice(&self.block[BLOCK..]);
        self.block = next;
        self.len = self.len.saturating_sub(BLOCK);
        self.len
    }

    #[inline]
    fn compress(&mut self) {
        if let Some(block) = self.block.first_chunk() {
            compress256(&mut self.hashed, slice::from_ref(block));
        }
    }
}

fn join(high: u32, low: u32) -> u64 {
    (u64::from(high) << 32) + u64::from(low)
}
