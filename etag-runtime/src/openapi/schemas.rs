//! The schemas of what is sent besides the models: entity tags, and items that show theirs.

use std::any::type_name;
use std::borrow::Cow;

use utoipa::__dev::ComposeSchema;
use utoipa::openapi::schema::{AllOfBuilder, SchemaType};
use utoipa::openapi::{ObjectBuilder, Ref, RefOr, Schema, Type};
use utoipa::{PartialSchema, ToSchema};

use super::fields;
use crate::{EntityTag, Tagged};

/// The schema of a `T` in a response: an object by its name, anything else written out.
///
/// The name of a type with parameters is known to the macros of utoipa only, which see how it is written.
pub(super) fn of<T: ToSchema>() -> RefOr<Schema> {
    let schema = T::schema();
    let is_object = match &schema {
        RefOr::T(Schema::Object(object)) => matches!(object.schema_type, SchemaType::Type(Type::Object)),
        RefOr::T(Schema::OneOf(_) | Schema::AllOf(_) | Schema::AnyOf(_)) => true,
        _ => false,
    };
    if is_object && !type_name::<T>().contains('<') { Ref::from_schema_name(T::name()).into() } else { schema }
}

/// A text, as in a field: in quotes.
impl PartialSchema for EntityTag {
    fn schema() -> RefOr<Schema> {
        ObjectBuilder::new()
            .schema_type(Type::String)
            .pattern(Some(fields::ENTITY_TAG))
            .examples([fields::EXAMPLE])
            .into()
    }
}

impl ToSchema for EntityTag {
    fn name() -> Cow<'static, str> {
        "EntityTag".into()
    }
}

/// The entity, and its tag as the member `etag`. It is this trait, and not `PartialSchema`, that utoipa's derive asks of
/// a type with parameters.
impl<T: ComposeSchema> ComposeSchema for Tagged<T> {
    fn compose(parameters: Vec<RefOr<Schema>>) -> RefOr<Schema> {
        let entity = parameters.first().cloned().unwrap_or_else(|| T::compose(parameters));
        let etag = ObjectBuilder::new().property("etag", EntityTag::schema()).required("etag");
        AllOfBuilder::new().item(entity).item(etag).into()
    }
}

impl<T: ToSchema> ToSchema for Tagged<T>
where
    Tagged<T>: PartialSchema,
{
    fn name() -> Cow<'static, str> {
        "Tagged".into()
    }

    fn schemas(schemas: &mut Vec<(String, RefOr<Schema>)>) {
        T::schemas(schemas);
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn an_object_is_named_and_anything_else_written_out() {
        let of = |schema: RefOr<Schema>| serde_json::to_value(schema).unwrap();
        assert_eq!(of(super::of::<crate::Rejected>()), json!({ "$ref": "#/components/schemas/Rejected" }));
        assert_eq!(of(super::of::<String>()), json!({ "type": "string" }));
        assert_eq!(of(super::of::<Vec<String>>()), json!({ "type": "array", "items": { "type": "string" } }));
        let tagged = of(super::of::<Tagged<String>>());
        assert_eq!(tagged["allOf"][0], json!({ "type": "string" }), "with parameters: {tagged}");
        assert_eq!(tagged["allOf"][1]["required"], json!(["etag"]));
    }
}
