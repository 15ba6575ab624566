//! Every item, wherever it falls in a block.

use sha2::{Digest as _, Sha256};

use super::*;

/// What the stream is hashed to, by another implementation.
fn sha256(octets: &[u8]) -> [u8; 32] {
    Sha256::new().chain_update([FORMAT, b'S']).chain_update(octets).finalize().into()
}

/// However the octets arrive, the digest is that of all of them; across two blocks, at every boundary.
#[test]
fn is_sha_256() {
    let octets: Vec<u8> = (0..=255).collect();
    for len in 0..octets.len() {
        for step in [1, 3, 9, 15, 16, 17, 63, 64, 65, 80, 81, 200] {
            let mut stream = Encoder::new(b'S');
            for part in octets[..len].chunks(step) {
                stream.octets(part);
            }
            let expected = sha256(&octets[..len]);
            assert_eq!(stream.clone().finish(), expected, "{len} octets in steps of {step}");
            assert_eq!(stream.clone().finish_16().to_be_bytes(), expected[..16], "{len} octets in steps of {step}");
            assert_eq!(stream.finish_8().to_be_bytes(), expected[..8], "{len} octets in steps of {step}");
        }
    }
}

/// A way to write an item, and the octets that it has to be by § 3 of the wire format.
type Item = (&'static str, fn(&mut Encoder), Vec<u8>);

fn items() -> Vec<Item> {
    let all = |head: &[u8], rest: &[u8]| [head, rest].concat();
    vec![
        ("a kind", |stream| stream.kind(0x60), vec![0x60]),
        ("ends", |stream| (0..3).for_each(|_| stream.end()), vec![0; 3]),
        ("openings", |stream| (0..20).for_each(|_| stream.kind(0x61)), vec![0x61; 20]),
        ("0", |stream| stream.unsigned([], 0), vec![0x10]),
        ("a version 0", |stream| stream.signed([0x70], 0), vec![0x70, 0x10]),
        ("1", |stream| stream.signed([], 1), vec![0x11, 1]),
        ("255", |stream| stream.unsigned([0x70], 255), vec![0x70, 0x11, 255]),
        ("256", |stream| stream.signed([0x70], 256), vec![0x70, 0x12, 1, 0]),
        ("seven octets", |stream| stream.signed([0x71], 1 << 48), vec![0x71, 0x17, 1, 0, 0, 0, 0, 0, 0]),
        ("eight octets", |stream| stream.unsigned([], (1 << 64) - 1), all(&[0x18], &[255; 8])),
        ("a version of eight", |stream| stream.unsigned([0x70], 1 << 63), all(&[0x70, 0x18, 128], &[0; 7])),
        ("nine octets", |stream| stream.unsigned([], 1 << 64), all(&[0x19, 1], &[0; 8])),
        ("nine octets, signed", |stream| stream.signed([0x70], 1 << 64), all(&[0x70, 0x19, 1], &[0; 8])),
        ("eight octets, signed", |stream| stream.signed([], 1 << 63), all(&[0x18, 128], &[0; 7])),
        ("sixteen octets", |stream| stream.unsigned([0x70], u128::MAX), all(&[0x70, 0x20], &[255; 16])),
        ("-1", |stream| stream.signed([], -1), vec![0x30]),
        ("-2", |stream| stream.signed([0x70], -2), vec![0x70, 0x31, 1]),
        ("-257", |stream| stream.signed([], -257), vec![0x32, 1, 0]),
        ("the least i64", |stream| stream.signed([], i64::MIN.into()), all(&[0x38, 127], &[255; 7])),
        ("one less", |stream| stream.signed([0x70], -(1 << 63) - 1), all(&[0x70, 0x38, 128], &[0; 7])),
        ("the least i128", |stream| stream.signed([], i128::MIN), all(&[0x40, 127], &[255; 15])),
        ("no text", |stream| stream.with_length(0x51, b""), vec![0x51, 0x10]),
        ("a text", |stream| stream.with_length(0x51, &[7; 15]), all(&[0x51, 0x11, 15], &[7; 15])),
        ("a long text", |stream| stream.with_length(0x52, &[7; 300]), all(&[0x52, 0x12, 1, 44], &[7; 300])),
        ("a variant", |stream| stream.variant("ab"), vec![0x65, 0x51, 0x11, 2, 97, 98]),
        (
            "a set",
            |stream| stream.unordered(0x63, &mut [[2; 32], [1; 32]]),
            [&[0x63, 0x11, 2][..], &[1; 32], &[2; 32]].concat(),
        ),
    ]
}

/// Each item is the same wherever it falls in a block, and whatever comes after it.
#[test]
fn items_across_blocks() {
    let items = items();
    for offset in 0..=2 * BLOCK {
        for (first, write_first, octets_of_first) in &items {
            for (second, write_second, octets_of_second) in &items {
                let mut stream = Encoder::new(b'S');
                stream.octets(&vec![7; offset]);
                write_first(&mut stream);
                write_second(&mut stream);
                stream.end();
                let octets = [&vec![7; offset], &octets_of_first[..], octets_of_second, &[0]].concat();
                assert_eq!(stream.finish(), sha256(&octets), "at {offset}: {first}, {second}");
            }
        }
    }
}

#[cfg(feature = "serde")]
#[test]
fn there_is_one_nan_and_two_zeros() {
    let digest = |number| {
        let mut stream = Encoder::new(b'S');
        stream.float(number);
        stream.finish()
    };
    assert_eq!(digest(-f64::NAN), sha256(&[0x50, 0x7f, 0xf8, 0, 0, 0, 0, 0, 0]));
    assert_eq!(digest(-0.0), sha256(&[0x50, 0x80, 0, 0, 0, 0, 0, 0, 0]));
}
