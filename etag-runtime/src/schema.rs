//! The shape of a representation, as a fingerprint that is known to the compiler.

use crate::tag::{REPRESENTATION_LEN, representation_text};

/// A fingerprint of what decides the shape of a serialized entity: names, types, attributes, related types.
///
/// It is the start of every representation half, so that a release that adds a field no longer confirms what an older
/// release has sent. The derive computes it; a hand-written [`ETag`](crate::ETag) may give one, for example a number that
/// is raised with every change of the template that renders it, and starts with [`Digest::for_type`](crate::Digest::for_type).
///
/// # Examples
///
/// ```
/// use etag_runtime::Schema;
///
/// const PAGE: Schema = Schema::new(3);
/// const WITH_AUTHOR: Schema = PAGE.with(Schema::new(1));
/// assert_ne!(PAGE, WITH_AUTHOR);
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Schema(u64);

impl Schema {
    /// No fingerprint: all octets zero.
    pub const UNSPECIFIED: Schema = Schema(0);

    /// A schema with this fingerprint.
    #[must_use]
    pub const fn new(fingerprint: u64) -> Schema {
        Schema(fingerprint)
    }

    /// The schema of a type that contains another. The order of calls matters.
    #[must_use]
    pub const fn with(self, related: Schema) -> Schema {
        // Not a cryptographic mix: what is mixed are digests already. Each step is a bijection of `self`.
        let mixed = (self.0.rotate_left(25) ^ related.0).wrapping_mul(0x9e37_79b9_7f4a_7c15);
        Schema(mixed ^ (mixed >> 32))
    }

    /// The fingerprint, for example as part of a key in a store that several releases share: no release then reads what
    /// another has kept.
    ///
    /// # Examples
    ///
    /// ```
    /// use etag_runtime::Schema;
    ///
    /// assert_eq!(Schema::new(3).fingerprint(), 3);
    /// ```
    #[must_use]
    pub const fn fingerprint(self) -> u64 {
        self.0
    }

    /// The representation half of an entity that writes nothing else to it.
    pub(crate) const fn text(self) -> [u8; REPRESENTATION_LEN] {
        representation_text(self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A release that mixed otherwise would change the tag of everything that has a relation.
    #[test]
    fn the_mix_stays_as_it_is() {
        #[rustfmt::skip]
        let table: [(u64, u64, u64); 5] = [
            // own, related, mixed
            (0, 0, 0),
            (1, 0, 0x72fe_94f8_58fe_94f8),
            (0, 1, 0x9e37_79b9_e17d_05ac),
            (0x0123_4567_89ab_cdef, 0xfedc_ba98_7654_3210, 0xbd1a_d0f6_770c_f854),
            (0xfedc_ba98_7654_3210, 0x0123_4567_89ab_cdef, 0xbd1a_d0f6_770c_f854),
        ];
        for (own, related, mixed) in table {
            let schema = Schema::new(own).with(Schema::new(related));
            assert_eq!(schema.fingerprint(), mixed, "{own:#x} with {related:#x}");
        }
    }
}
