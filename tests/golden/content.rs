//! The contents and versions of the vectors.

use etag_runtime::{Version, VersionValue, unordered};
use serde::de::Error as _;
use serde::ser::{SerializeMap as _, SerializeStruct as _};
use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// A value that can be hashed as content, or, if it is an integer, a text or bytes, as a version.
#[derive(Clone)]
pub(crate) enum Value {
    Null,
    Bool(bool),
    Int(Integer),
    Float(f64),
    Text(String),
    Bytes(Vec<u8>),
    Seq(Vec<Value>),
    /// `None` stands for a field that is left out.
    Record(Vec<Option<Value>>),
    Map(Vec<(Value, Value)>),
    Set(Vec<Value>),
    Some(Box<Value>),
    Variant(&'static str, Box<Value>),
}

#[derive(Clone, Copy)]
pub(crate) enum Integer {
    Signed(i128),
    Unsigned(u128),
}

impl Version for Value {
    fn value(&self) -> VersionValue<'_> {
        match self {
            Value::Int(Integer::Signed(number)) => VersionValue::Signed(*number),
            Value::Int(Integer::Unsigned(number)) => VersionValue::Unsigned(*number),
            Value::Text(text) => VersionValue::Text(text),
            Value::Bytes(octets) => VersionValue::Bytes(octets),
            _ => panic!("a version is an integer, a text or bytes"),
        }
    }
}

impl Serialize for Value {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Value::Null => serializer.serialize_unit(),
            Value::Bool(value) => serializer.serialize_bool(*value),
            Value::Int(Integer::Signed(number)) => serializer.serialize_i128(*number),
            Value::Int(Integer::Unsigned(number)) => serializer.serialize_u128(*number),
            Value::Float(number) => serializer.serialize_f64(*number),
            Value::Text(text) => serializer.serialize_str(text),
            Value::Bytes(octets) => serializer.serialize_bytes(octets),
            Value::Seq(elements) => elements.serialize(serializer),
            Value::Record(fields) => {
                let mut record = serializer.serialize_struct("Record", fields.len())?;
                for field in fields {
                    match field {
                        Some(value) => record.serialize_field("field", value)?,
                        None => record.skip_field("field")?,
                    }
                }
                record.end()
            }
            Value::Map(entries) => {
                let mut map = serializer.serialize_map(None)?;
                for (key, value) in entries {
                    map.serialize_entry(key, value)?;
                }
                map.end()
            }
            Value::Set(members) => unordered(members.as_slice()).serialize(serializer),
            Value::Some(value) => serializer.serialize_some(value),
            Value::Variant(name, payload) => match &**payload {
                Value::Null => serializer.serialize_unit_variant("Enum", 0, name),
                payload => serializer.serialize_newtype_variant("Enum", 0, name, payload),
            },
        }
    }
}

impl<'de> Deserialize<'de> for Value {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Value, D::Error> {
        from_json(serde_json::Value::deserialize(deserializer)?).map_err(D::Error::custom)
    }
}

/// The value that a `VALUE` of the file stands for.
fn from_json(json: serde_json::Value) -> Result<Value, serde_json::Error> {
    use serde_json::{Value as Json, from_value};
    let Json::Object(object) = json else { return from_value::<()>(json).map(|()| Value::Null) };
    let (kind, inner) = object.into_iter().next().ok_or_else(|| serde_json::Error::custom("an empty object"))?;
    Ok(match kind.as_str() {
        "bool" => Value::Bool(from_value(inner)?),
        "int" => Value::Int(integer(&from_value::<String>(inner)?)),
        "float" => Value::Float(f64::from_be_bytes(octets(&from_value::<String>(inner)?).try_into().unwrap())),
        "text" => Value::Text(from_value(inner)?),
        "bytes" => Value::Bytes(octets(&from_value::<String>(inner)?)),
        "seq" => Value::Seq(from_value(inner)?),
        "record" => Value::Record(
            from_value::<Vec<Json>>(inner)?
                .into_iter()
                .map(|field| if field.get("skipped").is_some() { Ok(None) } else { from_json(field).map(Some) })
                .collect::<Result<_, _>>()?,
        ),
        "map" => Value::Map(from_value(inner)?),
        "set" => Value::Set(from_value(inner)?),
        "some" => Value::Some(from_value(inner)?),
        "variant" => {
            let (name, payload) = from_value::<(String, Value)>(inner)?;
            // serde wants names of variants that live as long as the program.
            Value::Variant(name.leak(), Box::new(payload))
        }
        other => return Err(serde_json::Error::custom(format!("unknown kind {other}"))),
    })
}

fn integer(decimal: &str) -> Integer {
    decimal.parse().map_or_else(|_| Integer::Unsigned(decimal.parse().unwrap()), Integer::Signed)
}

pub(crate) fn octets(hexadecimal: &str) -> Vec<u8> {
    assert!(hexadecimal.len().is_multiple_of(2), "{hexadecimal}");
    (0..hexadecimal.len()).step_by(2).map(|at| u8::from_str_radix(&hexadecimal[at..at + 2], 16).unwrap()).collect()
}
