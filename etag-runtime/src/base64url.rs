//! base64url without padding (RFC 4648 § 5), into a place of known size.

/// The first `N` digits of these octets, the first of which is the highest of the number: 11 of 8 octets, 16 of 12, 22 of
/// 16. Beyond these it is `A`.
#[inline]
pub(crate) const fn encode<const N: usize>(octets: u128) -> [u8; N] {
    const { assert!(N <= 24) }
    let mut text = [0; N];
    let mut at = 0;
    while at < N {
        let eight = digits((octets << (at * 6) >> 80) as u64).to_be_bytes();
        let mut i = 0;
        while i < 8 && at + i < N {
            text[at + i] = eight[i];
            i += 1;
        }
        at += 8;
    }
    text
}

/// All digits of 32 octets.
pub(crate) fn encode_32(octets: [u8; 32]) -> [u8; 43] {
    let half = |from: usize| u128::from_be_bytes(std::array::from_fn(|i| octets[from + i]));
    let (high, low) = (half(0), half(16));
    let mut text = [0; 43];
    // 12 octets are 16 digits, with nothing left between one text and the next.
    text[..16].copy_from_slice(&encode::<16>(high));
    text[16..32].copy_from_slice(&encode::<16>((high << 96) + (low >> 32)));
    text[32..].copy_from_slice(&encode::<11>(low << 64));
    text
}

/// Whether `octet` is one of the 64 digits.
pub(crate) fn is_digit(octet: u8) -> bool {
    octet.is_ascii_alphanumeric() || octet == b'-' || octet == b'_'
}

/// 48 bits as eight digits, both from the highest down: all of them at once, each in an octet of one register.
const fn digits(bits: u64) -> u64 {
    // Twice 24, four times 12, eight times 6 bits: each half of what was together goes to the end of its own place.
    let bits = (bits << 8 & 0x00ff_ffff_0000_0000) + (bits & 0x0000_0000_00ff_ffff);
    let bits = (bits << 4 & 0x0fff_0000_0fff_0000) + (bits & 0x0000_0fff_0000_0fff);
    let bits = (bits << 2 & 0x3f00_3f00_3f00_3f00) + (bits & 0x003f_003f_003f_003f);
    // `A` to `Z`, `a` to `z`, `0` to `9`, `-` and `_`: how much further each of these begins than the one before would go on.
    let last = at_least(62, bits);
    bits + EACH * b'A' as u64 + at_least(26, bits) * 6 - at_least(52, bits) * 75 - last * 13 + (last & bits) * 49
}

/// 1 in each octet.
const EACH: u64 = 0x0101_0101_0101_0101;

/// 1 in each octet that is at least `least`, where all are less than 64; 0 in the others.
const fn at_least(least: u64, octets: u64) -> u64 {
    (octets + EACH * (0x80 - least)) >> 7 & EACH
}

#[cfg(test)]
mod tests {
    use super::*;

    const DIGITS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

    /// By the definition: six bits after six bits, and zeros if there are no more.
    fn simple(octets: &[u8]) -> Vec<u8> {
        let bit = |i: usize| octets.get(i / 8).is_some_and(|octet| octet >> (7 - i % 8) & 1 == 1);
        let digit = |at: usize| (0..6).fold(0, |value, i| value << 1 | usize::from(bit(at * 6 + i)));
        (0..(octets.len() * 4).div_ceil(3)).map(|at| DIGITS[digit(at)]).collect()
    }

    fn number(octets: &[u8]) -> u128 {
        octets.iter().rev().fold(0, |number, octet| number >> 8 | u128::from(*octet) << 120)
    }

    /// Each value of each octet among zeros, among ones and among what looks like chance, in all lengths that are in use.
    #[test]
    fn is_base64url() {
        let mut chance = 1_u128;
        for place in 0..16 {
            for value in 0..=255 {
                chance = chance.wrapping_mul(0xda94_2042_e4dd_58b5).wrapping_add(1);
                for around in [0, u128::MAX, chance ^ chance >> 64] {
                    let mut octets = around.to_be_bytes();
                    octets[place] = value;
                    assert_eq!(encode::<22>(number(&octets))[..], simple(&octets), "{octets:x?}");
                    assert_eq!(encode::<16>(number(&octets[..12]))[..], simple(&octets[..12]), "{octets:x?}");
                    assert_eq!(encode::<11>(number(&octets[..8]))[..], simple(&octets[..8]), "{octets:x?}");
                    let twice = std::array::from_fn(|i| octets[i % 16].wrapping_add(u8::from(i > 15)));
                    assert_eq!(encode_32(twice)[..], simple(&twice), "{twice:x?}");
                }
            }
        }
    }

    /// The examples of RFC 4648 § 10, and the two digits that differ from base64.
    #[test]
    fn encoding() {
        assert_eq!(&encode(number(b"f")), b"Zg");
        assert_eq!(&encode(number(b"fo")), b"Zm8");
        assert_eq!(&encode(number(b"foo")), b"Zm9v");
        assert_eq!(&encode(number(b"foob")), b"Zm9vYg");
        assert_eq!(&encode(number(b"fooba")), b"Zm9vYmE");
        assert_eq!(&encode(number(b"foobar")), b"Zm9vYmFy");
        assert_eq!(&encode(number(&[0xff, 0xef, 0xbe])), b"_---");
    }

    #[test]
    fn digits_are_known() {
        assert_eq!((0..=255).filter(|octet| is_digit(*octet)).collect::<Vec<_>>().len(), 64);
        assert!(DIGITS.iter().all(|digit| is_digit(*digit)));
    }
}
