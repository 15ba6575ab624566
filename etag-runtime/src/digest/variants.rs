//! The variants of a representation: § 6 of `docs/wire-format.md`.

use super::encoder::{Encoder, kind};

/// The representation half of a variant, or `None` if there is no name that makes it one.
///
/// `representation` is the half of the entity's own tag as it is written, if that has halves.
pub(crate) fn of_variants<'a>(
    representation: Option<&[u8]>,
    variants: impl Iterator<Item = (&'a str, &'a [u8])>,
) -> Option<u64> {
    let mut variants = variants.peekable();
    variants.peek()?;
    let mut stream = Encoder::new(b'V');
    match representation {
        Some(half) => stream.with_length(kind::BYTES, half),
        None => stream.kind(kind::NOTHING),
    }
    for (name, value) in variants {
        stream.with_length(kind::TEXT, name.as_bytes());
        stream.with_length(kind::BYTES, value);
    }
    Some(stream.finish_8())
}
