//! Entities as sea-orm generates and its users extend them: a webhook dispatcher and a shop.
//!
//! Each module is a table. `DeriveEntityModel` and `ETag` read the same struct, and neither the attributes
//! nor the names that the other brings into scope (`Entity`, `Column`, `Relation`) disturb it.

#![allow(
    missing_docs,
    missing_debug_implementations,
    unnameable_types,
    unreachable_pub,
    clippy::pedantic,
    reason = "written as applications write it"
)]

use etag_runtime::{ETag, Strength, StrongETag};

/// A column whose type is a newtype over text: typed keys, as `DeriveValueType` makes them.
mod keys {
    use etag_runtime::{Version, VersionValue};
    use sea_orm::entity::prelude::*;
    use serde::{Deserialize, Serialize};

    #[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, DeriveValueType)]
    pub struct EndpointId(pub String);

    impl Version for EndpointId {
        fn value(&self) -> VersionValue<'_> {
            self.0.value()
        }
    }

    /// sea-orm asks of a key that it be made of the number of the last insert, which a text cannot.
    impl sea_orm::TryFromU64 for EndpointId {
        fn try_from_u64(_: u64) -> Result<Self, DbErr> {
            Err(DbErr::ConvertFromU64("EndpointId"))
        }
    }

    /// A JSON column with a shape of its own.
    #[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, FromJsonQueryResult)]
    pub struct Headers(pub std::collections::BTreeMap<String, String>);

    /// An enumeration that is a number in the database.
    #[derive(Clone, Copy, Debug, PartialEq, Eq, EnumIter, DeriveActiveEnum, Serialize, Deserialize)]
    #[sea_orm(rs_type = "i16", db_type = "SmallInteger")]
    #[serde(rename_all = "lowercase")]
    pub enum Status {
        #[sea_orm(num_value = 0)]
        Pending,
        #[sea_orm(num_value = 1)]
        Delivered,
        #[sea_orm(num_value = 2)]
        Failed,
    }
}

/// A row with a `version` that is a column of the business, beside dates of many kinds.
mod endpoint {
    use etag_runtime::ETag;
    use sea_orm::entity::prelude::*;

    use super::keys::{EndpointId, Headers};

    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel, ETag)]
    #[sea_orm(table_name = "endpoint")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: EndpointId,
        pub created_at: DateTimeWithTimeZone,
        #[etag(timestamp)]
        pub updated_at: DateTimeWithTimeZone,
        #[sea_orm(column_type = "Text")]
        pub url: String,
        #[etag(version)]
        pub version: i32,
        pub rate_limit: Option<i32>,
        pub first_failure_at: Option<DateTimeWithTimeZone>,
        pub headers: Option<Headers>,
        #[sea_orm(column_name = "kind")]
        pub r#type: String,
        #[sea_orm(ignore)]
        #[etag(skip)]
        pub loaded: bool,
    }

    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {
        #[sea_orm(has_many = "super::delivery::Entity")]
        Delivery,
    }

    impl Related<super::delivery::Entity> for Entity {
        fn to() -> RelationDef {
            Relation::Delivery.def()
        }
    }

    impl ActiveModelBehavior for ActiveModel {}
}

/// A row of which everything counts.
mod delivery {
    use etag_runtime::ETag;
    use sea_orm::entity::prelude::*;
    use serde::Serialize;

    use super::keys::{EndpointId, Status};

    #[derive(Clone, Debug, PartialEq, DeriveEntityModel, Eq, Serialize, ETag)]
    #[etag(content)]
    #[sea_orm(table_name = "delivery")]
    #[serde(rename_all = "camelCase")]
    pub struct Model {
        #[sea_orm(primary_key)]
        #[serde(skip_deserializing)]
        pub id: i64,
        pub endpoint_id: EndpointId,
        pub status: Status,
        #[sea_orm(column_type = "JsonBinary")]
        pub payload: Json,
        #[sea_orm(column_type = "VarBinary(StringLen::None)", nullable)]
        pub response: Option<Vec<u8>>,
        pub next_attempt: Option<DateTimeUtc>,
        #[serde(skip_serializing)]
        pub secret: String,
    }

    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {
        #[sea_orm(
            belongs_to = "super::endpoint::Entity",
            from = "Column::EndpointId",
            to = "super::endpoint::Column::Id",
            on_delete = "Cascade"
        )]
        Endpoint,
    }

    impl Related<super::endpoint::Entity> for Entity {
        fn to() -> RelationDef {
            Relation::Endpoint.def()
        }
    }

    impl ActiveModelBehavior for ActiveModel {}
}

/// A key of two columns, and money.
mod line {
    use etag_runtime::ETag;
    use sea_orm::entity::prelude::*;
    use serde::{Deserialize, Serialize};

    #[derive(Clone, Debug, PartialEq, DeriveEntityModel, Serialize, Deserialize, ETag)]
    #[etag(content)]
    #[sea_orm(schema_name = "public", table_name = "line")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub order_id: Uuid,
        #[sea_orm(primary_key, auto_increment = false)]
        pub product_id: i32,
        #[sea_orm(column_type = "Decimal(Some((19, 4)))")]
        #[etag(content, with = Decimal::to_string)]
        pub price: Decimal,
        pub quantity: i32,
        #[sea_orm(column_type = "Double", nullable)]
        pub weight: Option<f64>,
        pub delivered_on: Option<Date>,
    }

    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}

/// A row that says only when it was written, in a column of whole seconds without an offset.
mod order {
    use etag_runtime::ETag;
    use sea_orm::entity::prelude::*;

    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel, ETag)]
    #[sea_orm(table_name = "orders")]
    pub struct Model {
        pub created_at: DateTime,
        #[etag(timestamp, precision = "seconds")]
        pub updated_at: DateTime,
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: Uuid,
        #[sea_orm(unique)]
        pub number: String,
        pub placed_at: Option<DateTime>,
    }

    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}

/// What `find_with_related` gives, as an answer.
#[derive(ETag)]
struct WithLines(#[etag(related)] (order::Model, Vec<line::Model>));

/// What `find_also_related` gives.
#[derive(ETag)]
#[etag(transparent)]
struct WithEndpoint((delivery::Model, Option<endpoint::Model>));

/// What a paginator gives, for any entity.
#[derive(ETag)]
struct Page<E: sea_orm::EntityTrait> {
    #[etag(related)]
    items: Vec<E::Model>,
    #[etag(content)]
    pages: u64,
}

fn permit<T: StrongETag>(_: &T) {}

fn endpoint(version: i32) -> endpoint::Model {
    endpoint::Model {
        id: keys::EndpointId("ep_1".to_owned()),
        created_at: chrono::DateTime::UNIX_EPOCH.into(),
        updated_at: chrono::DateTime::UNIX_EPOCH.into(),
        url: String::new(),
        version,
        rate_limit: None,
        first_failure_at: None,
        headers: None,
        r#type: "http".to_owned(),
        loaded: false,
    }
}

fn delivery(status: keys::Status, payload: serde_json::Value) -> delivery::Model {
    delivery::Model {
        id: 1,
        endpoint_id: keys::EndpointId("ep_1".to_owned()),
        status,
        payload,
        response: Some(vec![0, 255]),
        next_attempt: None,
        secret: String::new(),
    }
}

fn line(price: i64) -> line::Model {
    line::Model {
        order_id: uuid::Uuid::nil(),
        product_id: 1,
        price: sea_orm::entity::prelude::Decimal::new(price, 2),
        quantity: 1,
        weight: Some(0.5),
        delivered_on: None,
    }
}

fn order() -> order::Model {
    let date = chrono::DateTime::UNIX_EPOCH.naive_utc();
    order::Model { created_at: date, updated_at: date, id: uuid::Uuid::nil(), number: String::new(), placed_at: None }
}

#[test]
fn a_row_has_the_tag_of_its_version() {
    permit(&endpoint(1));
    assert_ne!(endpoint(1).etag(), endpoint(2).etag());
    assert_eq!(endpoint::Model { loaded: true, ..endpoint(1) }.etag(), endpoint(1).etag());
    assert!(endpoint(1).validators().last_modified().is_some());
}

#[test]
fn columns_of_every_kind_are_content() {
    permit(&line(1));
    assert_ne!(line(1).etag(), line(2).etag());
    let pending = delivery(keys::Status::Pending, serde_json::json!({ "a": 1 }));
    assert_ne!(delivery(keys::Status::Failed, serde_json::json!({ "a": 1 })).etag(), pending.etag());
    assert_ne!(delivery(keys::Status::Pending, serde_json::json!({ "a": [] })).etag(), pending.etag());
    assert_eq!(delivery::Model { secret: "new".to_owned(), ..pending.clone() }.etag(), pending.etag());
}

#[test]
fn rows_of_several_tables_are_one_answer() {
    const { assert!(<order::Model as ETag>::Strength::IS_WEAK) };
    const { assert!(<WithLines as ETag>::Strength::IS_WEAK) };
    assert_ne!(WithLines((order(), vec![line(1)])).etag(), WithLines((order(), vec![line(2)])).etag());
    let pair = |endpoint| WithEndpoint((delivery(keys::Status::Delivered, serde_json::Value::Null), endpoint));
    permit(&pair(None));
    assert_ne!(pair(None).etag(), pair(Some(endpoint(1))).etag());
    let page = |version| Page::<endpoint::Entity> { items: vec![endpoint(version)], pages: 1 };
    permit(&page(1));
    assert_ne!(page(1).etag(), page(2).etag());
}
