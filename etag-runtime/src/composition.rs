//! What the derive knows of a tag before there is a value, in one constant: to the compiler, each constant of an impl is
//! as dear as a method.

use crate::Schema;

/// What the tags of a derived type are made of, whatever the value.
#[derive(Debug, Clone, Copy)]
pub struct Composition {
    pub(crate) schema: Schema,
    /// Whether anything but the schema is in the representation half.
    pub(crate) has_representation: bool,
    /// Whether [`digest`](crate::ETag::digest) writes everything that decides the validators.
    pub(crate) is_of_parts: bool,
}

impl Composition {
    /// Of a type whose impl was written by hand: its tag may be anything.
    pub(crate) const UNKNOWN: Self = Self { schema: Schema::UNSPECIFIED, has_representation: true, is_of_parts: false };

    /// Parts of which none is in the representation half; the fingerprint is that of the type's own shape.
    #[must_use]
    pub const fn of_state(fingerprint: u64) -> Self {
        Self { schema: Schema::new(fingerprint), has_representation: false, is_of_parts: true }
    }

    /// Parts of which some are in the representation half.
    #[must_use]
    pub const fn of_both(fingerprint: u64) -> Self {
        Self { has_representation: true, ..Self::of_state(fingerprint) }
    }

    /// The same with a guarded relation, which is in the representation half if something of it is. The order of calls matters.
    #[must_use]
    pub const fn with(self, related: Self) -> Self {
        Self {
            schema: self.schema.with(related.schema),
            has_representation: self.has_representation || related.has_representation,
            is_of_parts: self.is_of_parts,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Composition;
    use crate::Schema;

    #[test]
    fn a_relation_is_in_the_schema_and_where_its_parts_are() {
        let schema = Schema::new(1).with(Schema::new(2));
        #[rustfmt::skip]
        let table = [
            (Composition::of_state(1).with(Composition::of_state(2)), false),
            (Composition::of_state(1).with(Composition::of_both(2)),  true),
            (Composition::of_both(1).with(Composition::of_state(2)),  true),
        ];
        for (composition, has_representation) in table {
            assert_eq!(composition.schema, schema);
            assert_eq!(composition.has_representation, has_representation);
            assert!(composition.is_of_parts);
        }
        // Nobody knows what an impl by hand writes.
        let by_hand = Composition::of_state(1).with(Composition::UNKNOWN);
        assert!(by_hand.has_representation && by_hand.is_of_parts);
    }
}
