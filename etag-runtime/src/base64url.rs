//! base64url without padding (RFC 4648 § 5), into a place of known size.

const DIGITS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

/// `octets` as text, whose length `OUT` is `IN * 4 / 3`, rounded up.
#[inline]
pub(crate) fn encode<const IN: usize, const OUT: usize>(octets: [u8; IN]) -> [u8; OUT] {
    const { assert!(OUT == (IN * 4).div_ceil(3)) };
    let octet = |i: usize| if i < IN { octets[i] } else { 0 };
    std::array::from_fn(|i| {
        let group = i / 4 * 3;
        let bits = u32::from_be_bytes([0, octet(group), octet(group + 1), octet(group + 2)]);
        DIGITS[(bits >> (18 - i % 4 * 6)) as usize & 63]
    })
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
    }
}
