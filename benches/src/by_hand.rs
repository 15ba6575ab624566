//! The octets of a list, written and hashed by code that knows nothing else: as little as there has to be between a list and its hash.

use std::slice;

use sha2::block_api::compress256;

/// The block size of SHA-256.
const BLOCK: usize = 64;

/// Of [`of_list`](crate::stream::of_list), but from the list.
pub(crate) fn sha256_of_list(version: i64, microseconds: i64, related: &[i64]) -> [u8; 32] {
    let mut stream = Stream { hashed: INITIAL, octets: 0, len: 0, block: [0; BLOCK + 8] };
    stream.write(0x70_5301, 3);
    stream.integer(version);
    stream.write(0x71, 1);
    stream.integer(microseconds);
    stream.write(0x61, 1);
    for version in related {
        // The whole relation at once: a version has few octets.
        let (octets, len) = significant(*version);
        stream.write(0x10_7060 + (len << 16) + (octets << 24), len + 4);
    }
    stream.write(0x00, 1);
    stream.finish()
}

/// The octets of an integer that is not negative, the first of them lowest, and their number.
#[inline]
fn significant(integer: i64) -> (u64, u64) {
    let zeros = u64::from(integer.leading_zeros());
    (integer.cast_unsigned().swap_bytes() >> (zeros / 8 * 8 % 64), 8 - zeros / 8)
}

struct Stream {
    hashed: [u32; 8],
    /// How many octets were hashed.
    octets: u64,
    /// How many octets of the block there are.
    len: usize,
    /// A block, and room for one write beyond it.
    block: [u8; BLOCK + 8],
}

/// The hash of no blocks, by FIPS 180-4 § 5.3.3.
pub(crate) const INITIAL: [u32; 8] =
    [0x6a09_e667, 0xbb67_ae85, 0x3c6e_f372, 0xa54f_f53a, 0x510e_527f, 0x9b05_688c, 0x1f83_d9ab, 0x5be0_cd19];

impl Stream {
    /// The lowest octets of these.
    #[inline]
    fn write(&mut self, octets: u64, len: u64) {
        if let Some(place) = self.block[self.len % BLOCK..].first_chunk_mut() {
            *place = octets.to_le_bytes();
        }
        self.len += usize::try_from(len).unwrap_or_default();
        if self.len >= BLOCK {
            self.hash();
        }
    }

    fn integer(&mut self, integer: i64) {
        let (octets, len) = significant(integer);
        self.write(0x10 + len, 1);
        self.write(octets, len);
    }

    #[cold]
    #[inline(never)]
    fn hash(&mut self) {
        if let Some((block, beyond)) = self.block.split_first_chunk_mut::<BLOCK>() {
            compress256(&mut self.hashed, slice::from_ref(block));
            block[..beyond.len()].copy_from_slice(beyond);
        }
        self.octets += BLOCK as u64;
        self.len -= BLOCK;
    }

    fn finish(mut self) -> [u8; 32] {
        let bits = (self.octets + self.len as u64) * 8;
        self.write(0x80, 1);
        self.block[self.len..].fill(0);
        if self.len > BLOCK - 8 {
            self.len = BLOCK;
            self.hash();
            self.block.fill(0);
        }
        self.block[BLOCK - 8..BLOCK].copy_from_slice(&bits.to_be_bytes());
        self.len = BLOCK;
        self.hash();
        let mut digest = [0; 32];
        for (place, word) in digest.as_chunks_mut().0.iter_mut().zip(self.hashed) {
            *place = word.to_be_bytes();
        }
        digest
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::stream;

    #[test]
    fn it_is_the_hash_of_the_same_octets() {
        for count in (0..150).chain([1000]) {
            let related: Vec<i64> = (0..count).collect();
            let expected = stream::sha256(&stream::of_list(42, 1 << 50, count));
            assert_eq!(sha256_of_list(42, 1 << 50, &related), expected, "{count} relations");
        }
    }
}
