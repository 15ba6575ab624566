//! What consists of more than one value: sequences, records, maps and sets.

use serde::Serialize;
use serde::ser::{SerializeMap, SerializeSeq, SerializeStruct, SerializeStructVariant, SerializeTuple};
use serde::ser::{SerializeTupleStruct, SerializeTupleVariant};

use super::{Unserializable, Written};
use crate::digest::encoder::{Encoder, kind};

/// The elements of a sequence, or the fields of a record, whose names do not count.
#[allow(missing_debug_implementations, unnameable_types, reason = "only serde asks for it")]
pub struct Elements<'a> {
    stream: &'a mut Encoder,
    /// Of a set: each is hashed for itself, and the order of the digests is the order of the members.
    members: Option<Vec<[u8; 32]>>,
}

impl<'a> Elements<'a> {
    /// The members of a set.
    pub(super) fn unordered(stream: &'a mut Encoder) -> Elements<'a> {
        Elements { stream, members: Some(Vec::new()) }
    }

    pub(super) fn begin(stream: &'a mut Encoder, kind: u8) -> Elements<'a> {
        stream.kind(kind);
        Elements { stream, members: None }
    }

    fn write<T: Serialize + ?Sized>(&mut self, element: &T) -> Written {
        let Some(members) = &mut self.members else {
            return element.serialize(&mut *self.stream);
        };
        let mut member = Encoder::new(b'M');
        element.serialize(&mut member)?;
        members.push(member.finish());
        Ok(())
    }

    fn finish(self) {
        match self.members {
            None => self.stream.end(),
            Some(mut members) => self.stream.unordered(kind::SET, &mut members),
        }
    }
}

/// The entries of a map: each is hashed for itself, and the order of the digests is the order of the entries.
#[allow(missing_debug_implementations, unnameable_types, reason = "only serde asks for it")]
pub struct Entries<'a> {
    stream: &'a mut Encoder,
    entry: Option<Encoder>,
    digests: Vec<[u8; 32]>,
}

impl<'a> Entries<'a> {
    pub(super) fn new(stream: &'a mut Encoder) -> Entries<'a> {
        Entries { stream, entry: None, digests: Vec::new() }
    }
}

impl SerializeMap for Entries<'_> {
    type Ok = ();
    type Error = Unserializable;

    fn serialize_key<T: Serialize + ?Sized>(&mut self, key: &T) -> Written {
        let mut entry = Encoder::new(b'M');
        key.serialize(&mut entry)?;
        self.entry = Some(entry);
        Ok(())
    }

    fn serialize_value<T: Serialize + ?Sized>(&mut self, value: &T) -> Written {
        // A value without a key is a mistake of the `Serialize` implementation.
        let mut entry = self.entry.take().ok_or(Unserializable)?;
        value.serialize(&mut entry)?;
        self.digests.push(entry.finish());
        Ok(())
    }

    fn end(mut self) -> Written {
        self.stream.unordered(kind::MAP, &mut self.digests);
        Ok(())
    }
}

macro_rules! elements {
    ($($trait:ident::$method:ident;)*) => {$(
        impl $trait for Elements<'_> {
            type Ok = ();
            type Error = Unserializable;

            fn $method<T: Serialize + ?Sized>(&mut self, element: &T) -> Written {
                self.write(element)
            }

            fn end(self) -> Written {
                self.finish();
                Ok(())
            }
        }
    )*};
}

elements! {
    SerializeSeq::serialize_element;
    SerializeTuple::serialize_element;
    SerializeTupleStruct::serialize_field;
    SerializeTupleVariant::serialize_field;
}

macro_rules! fields {
    ($($trait:ident;)*) => {$(
        impl $trait for Elements<'_> {
            type Ok = ();
            type Error = Unserializable;

            fn serialize_field<T: Serialize + ?Sized>(&mut self, _: &'static str, field: &T) -> Written {
                self.write(field)
            }

            fn skip_field(&mut self, _: &'static str) -> Written {
                self.stream.kind(kind::SKIPPED);
                Ok(())
            }

            fn end(self) -> Written {
                self.finish();
                Ok(())
            }
        }
    )*};
}

fields! {
    SerializeStruct;
    SerializeStructVariant;
}
