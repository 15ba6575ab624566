//! `#[etag(content)]`: whatever serializes, written to the stream as it is walked, without a buffer.

mod compound;

use serde::Serialize;
use serde::ser;

use self::compound::{Elements, Entries};
use super::encoder::{Encoder, kind};
use super::{Digest, unordered};

impl Digest {
    /// Adds a value itself: everything that its `Serialize` implementation shows.
    ///
    /// Maps may have any order. A set is a sequence to serde, so that an unordered one has no stable digest but through
    /// [`unordered`](crate::unordered).
    pub fn content<T: Serialize + ?Sized>(&mut self, content: &T) {
        self.content_with(content, |content, serializer| content.serialize(serializer));
    }

    /// [`content`](Digest::content) as the function of a `#[serde(serialize_with = "…")]` shows it.
    #[doc(hidden)]
    pub fn content_with<T: ?Sized>(
        &mut self,
        content: &T,
        serialize: impl FnOnce(&T, &mut Encoder) -> Result<(), Unserializable>,
    ) {
        self.stream.kind(kind::CONTENT);
        if serialize(content, &mut self.stream).is_err() {
            self.failed = true;
        }
    }
}

/// Why a value has no digest: its own `Serialize` implementation gave up.
#[derive(Debug)]
#[allow(unnameable_types, reason = "only a closure of an expansion gives it back")]
pub struct Unserializable;

impl std::fmt::Display for Unserializable {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("the value cannot be serialized")
    }
}

impl std::error::Error for Unserializable {}

impl ser::Error for Unserializable {
    fn custom<T: std::fmt::Display>(_: T) -> Unserializable {
        Unserializable
    }
}

type Written = Result<(), Unserializable>;

macro_rules! scalars {
    ($($method:ident($type:ty) => |$stream:ident, $value:ident| $write:expr;)*) => {$(
        fn $method(self, $value: $type) -> Written {
            let $stream = self;
            $write;
            Ok(())
        }
    )*};
}

impl<'a> ser::Serializer for &'a mut Encoder {
    type Ok = ();
    type Error = Unserializable;
    type SerializeSeq = Elements<'a>;
    type SerializeTuple = Elements<'a>;
    type SerializeTupleStruct = Elements<'a>;
    type SerializeTupleVariant = Elements<'a>;
    type SerializeMap = Entries<'a>;
    type SerializeStruct = Elements<'a>;
    type SerializeStructVariant = Elements<'a>;

    scalars! {
        serialize_bool(bool) => |stream, value| stream.kind(if value { kind::TRUE } else { kind::FALSE });
        serialize_i8(i8) => |stream, value| stream.signed([], value.into());
        serialize_i16(i16) => |stream, value| stream.signed([], value.into());
        serialize_i32(i32) => |stream, value| stream.signed([], value.into());
        serialize_i64(i64) => |stream, value| stream.signed([], value.into());
        serialize_i128(i128) => |stream, value| stream.signed([], value);
        serialize_u8(u8) => |stream, value| stream.unsigned([], value.into());
        serialize_u16(u16) => |stream, value| stream.unsigned([], value.into());
        serialize_u32(u32) => |stream, value| stream.unsigned([], value.into());
        serialize_u64(u64) => |stream, value| stream.unsigned([], value.into());
        serialize_u128(u128) => |stream, value| stream.unsigned([], value);
        serialize_f32(f32) => |stream, value| stream.float(value.into());
        serialize_f64(f64) => |stream, value| stream.float(value);
        serialize_char(char) => |stream, value| stream.with_length(kind::TEXT, value.encode_utf8(&mut [0; 4]).as_bytes());
        serialize_str(&str) => |stream, value| stream.with_length(kind::TEXT, value.as_bytes());
        serialize_bytes(&[u8]) => |stream, value| stream.with_length(kind::BYTES, value);
        serialize_unit_struct(&'static str) => |stream, _name| stream.kind(kind::NOTHING);
    }

    fn serialize_none(self) -> Written {
        self.serialize_unit()
    }

    fn serialize_some<T: Serialize + ?Sized>(self, value: &T) -> Written {
        self.kind(kind::PRESENT);
        value.serialize(self)
    }

    fn serialize_unit(self) -> Written {
        self.kind(kind::NOTHING);
        Ok(())
    }

    fn serialize_unit_variant(self, _: &'static str, _: u32, variant: &'static str) -> Written {
        self.variant(variant);
        self.serialize_unit()
    }

    fn serialize_newtype_struct<T: Serialize + ?Sized>(self, _: &'static str, value: &T) -> Written {
        value.serialize(self)
    }

    fn serialize_newtype_variant<T: Serialize + ?Sized>(
        self,
        _: &'static str,
        _: u32,
        variant: &'static str,
        value: &T,
    ) -> Written {
        self.variant(variant);
        value.serialize(self)
    }

    fn serialize_seq(self, _: Option<usize>) -> Result<Elements<'a>, Unserializable> {
        Ok(Elements::begin(self, kind::SEQUENCE))
    }

    fn serialize_tuple(self, _: usize) -> Result<Elements<'a>, Unserializable> {
        Ok(Elements::begin(self, kind::SEQUENCE))
    }

    fn serialize_tuple_struct(self, name: &'static str, _: usize) -> Result<Elements<'a>, Unserializable> {
        if name == unordered::NAME {
            return Ok(Elements::unordered(self));
        }
        Ok(Elements::begin(self, kind::SEQUENCE))
    }

    fn serialize_tuple_variant(
        self,
        _: &'static str,
        _: u32,
        variant: &'static str,
        _: usize,
    ) -> Result<Elements<'a>, Unserializable> {
        self.variant(variant);
        Ok(Elements::begin(self, kind::SEQUENCE))
    }

    fn serialize_map(self, _: Option<usize>) -> Result<Entries<'a>, Unserializable> {
        Ok(Entries::new(self))
    }

    fn serialize_struct(self, _: &'static str, _: usize) -> Result<Elements<'a>, Unserializable> {
        Ok(Elements::begin(self, kind::RECORD))
    }

    fn serialize_struct_variant(
        self,
        _: &'static str,
        _: u32,
        variant: &'static str,
        _: usize,
    ) -> Result<Elements<'a>, Unserializable> {
        self.variant(variant);
        Ok(Elements::begin(self, kind::RECORD))
    }

    /// As a program that is read by other programs: the forms of JSON.
    fn is_human_readable(&self) -> bool {
        true
    }
}

#[cfg(test)]
mod tests {
    use std::collections::{BTreeMap, HashMap};

    use serde::{Serialize, Serializer};

    use crate::{Digest, EntityTag, Validators};

    fn digest(content: impl Serialize) -> Digest {
        let mut digest = Digest::new();
        digest.content(&content);
        digest
    }

    fn tag(content: impl Serialize) -> EntityTag {
        digest(content).entity_tag()
    }

    /// What differs as JSON, or as a Rust value, has another tag.
    #[test]
    fn near_misses_differ() {
        let tags = [
            tag(()),
            tag(0),
            tag(""),
            tag(false),
            tag(Some(0)),
            tag([0; 0]),
            tag(("ab", "c")),
            tag(("a", "bc")),
            tag(0.0),
            tag(-0.0),
            tag(BTreeMap::<u8, u8>::new()),
            tag([[1, 2], [3, 4]]),
            tag(([1, 2, 3], 4)),
        ];
        for (i, left) in tags.iter().enumerate() {
            for (j, right) in tags.iter().enumerate() {
                assert_eq!(left == right, i == j, "values number {i} and {j}");
            }
        }
    }

    /// What says the same has the same tag: any width of an integer, any order of a map.
    #[test]
    fn the_same_is_the_same() {
        assert_eq!(tag(7_u8), tag(7_i128));
        assert_eq!(tag(-7_i8), tag(-7_i64));
        assert_eq!(tag(0.5_f32), tag(0.5_f64));
        assert_eq!(tag(f64::NAN), tag(-f64::NAN));
        let entries = (0..100).map(|key| (key, key * 2));
        let (hashed, sorted): (HashMap<_, _>, BTreeMap<_, _>) = (entries.clone().collect(), entries.collect());
        assert_eq!(tag(hashed), tag(sorted));
    }

    /// In the forms of JSON: an address is its text, and not four octets.
    #[test]
    fn what_people_can_read_is_what_is_hashed() {
        assert_eq!(tag(std::net::Ipv4Addr::LOCALHOST), tag("127.0.0.1"));
    }

    /// A representation that cannot be made has no tag.
    #[test]
    fn a_failure_has_no_tag() {
        struct Broken;

        impl Serialize for Broken {
            fn serialize<S: Serializer>(&self, _: S) -> Result<S::Ok, S::Error> {
                Err(serde::ser::Error::custom("broken"))
            }
        }

        assert_eq!(digest(Broken).validators(), Validators::new());
        let why: super::Unserializable = serde::ser::Error::custom("broken");
        assert!(why.to_string().contains("cannot be serialized"), "{why}");
        assert!(tag(Broken).is_weak());
        assert_eq!(digest([Broken]).validators(), Validators::new());
        assert_eq!(digest(BTreeMap::from([(1, Some(Broken))])).validators(), Validators::new());
    }
}
