//! base64url without padding (RFC 4648 § 5), into a place of known size.

/// `octets` as text, whose length `OUT` is `IN * 4 / 3`, rounded up.
#[inline]
pub(crate) fn encode<const IN: usize, const OUT: usize>(octets: [u8; IN]) -> [u8; OUT] {
    const { assert!(OUT == (IN * 4).div_ceil(3)) };
    let mut out = [0; OUT];
    let (groups, last) = octets.as_chunks::<3>();
    let (places, last_place) = out.as_chunks_mut::<4>();
    for (&group, place) in groups.iter().zip(places) {
        *place = sextets(group);
    }
    let padded = std::array::from_fn(|i| last.get(i).copied().unwrap_or(0));
    last_place.copy_from_slice(&sextets(padded)[..last_place.len()]);
    // Without a table and without a branch: the compiler makes vector instructions of it.
    out.map(digit)
}

/// Three octets as four numbers of six bits.
#[inline]
fn sextets([a, b, c]: [u8; 3]) -> [u8; 4] {
    [a >> 2, (a << 4 | b >> 4) & 63, (b << 2 | c >> 6) & 63, c & 63]
}

/// A number of six bits as `A` to `Z`, `a` to `z`, `0` to `9`, `-` or `_`.
#[inline]
fn digit(sextet: u8) -> u8 {
    let from_26 = u8::from(sextet >= 26) * (b'a' - b'Z' - 1);
    let from_52 = u8::from(sextet >= 52) * (b'z' - b'0' + 1);
    let from_62 = u8::from(sextet >= 62) * (b'9' - b'-' + 1);
    let from_63 = u8::from(sextet >= 63) * (b'_' - b'-' - 1);
    (sextet + b'A' + from_26).wrapping_sub(from_52).wrapping_sub(from_62).wrapping_add(from_63)
}

/// Whether `octet` is one of the 64 digits.
pub(crate) fn is_digit(octet: u8) -> bool {
    octet.is_ascii_alphanumeric() || octet == b'-' || octet == b'_'
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The examples of RFC 4648 § 10, and the two digits that differ from base64.
    #[test]
    fn encoding() {
        assert_eq!(&encode::<1, 2>(*b"f"), b"Zg");
        assert_eq!(&encode::<2, 3>(*b"fo"), b"Zm8");
        assert_eq!(&encode::<3, 4>(*b"foo"), b"Zm9v");
        assert_eq!(&encode::<4, 6>(*b"foob"), b"Zm9vYg");
        assert_eq!(&encode::<5, 7>(*b"fooba"), b"Zm9vYmE");
        assert_eq!(&encode::<6, 8>(*b"foobar"), b"Zm9vYmFy");
        assert_eq!(&encode::<3, 4>([0xff, 0xef, 0xbe]), b"_---");
        let all: Vec<u8> = (0..64).map(digit).collect();
        assert_eq!(all, b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_");
    }
}
