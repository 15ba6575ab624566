//! What is shown, and what decides its validators.

use etag_runtime::ETag;
use serde::{Deserialize, Serialize};
use sqlx::FromRow;

use crate::language::Language;

/// Something for sale, in one language.
#[derive(Debug, Serialize, FromRow, ETag)]
#[etag(stamp(ProductStamp, derive(Debug, Clone, Serialize, Deserialize, FromRow)))]
pub struct Product {
    #[etag(content)]
    id: i64,
    name: String,
    /// Both languages are one state: whoever has seen one of them may replace it.
    #[etag(related, guard = false)]
    language: Language,
    #[etag(version)]
    pub(crate) version: i64,
    /// Many products have the same one, and its name is in no writer's way.
    #[etag(related, guard = false, stamp(sqlx(flatten)))]
    #[sqlx(flatten)]
    supplier: Supplier,
}

/// Who delivers it.
#[derive(Debug, Serialize, FromRow, ETag)]
#[etag(stamp(SupplierStamp, derive(Debug, Clone, Serialize, Deserialize, FromRow)))]
pub struct Supplier {
    #[etag(content, stamp(sqlx(rename = "supplier_id")))]
    #[sqlx(rename = "supplier_id")]
    pub(crate) id: i64,
    #[sqlx(rename = "supplier_name")]
    name: String,
    #[etag(version, stamp(sqlx(rename = "supplier_version")))]
    #[sqlx(rename = "supplier_version")]
    pub(crate) version: i64,
}

/// What a product is to be called.
#[derive(Debug, Deserialize)]
pub(crate) struct Names {
    pub(crate) en: String,
    pub(crate) de: String,
}

/// What a supplier is to be called.
#[derive(Debug, Deserialize)]
pub(crate) struct Name {
    pub(crate) name: String,
}
