//! The statements. None of them knows that stamps are kept.

use etag_runtime::{Guarded, Rejected};
use recipes_sqlx::error::Error;
use sqlx::SqlitePool;

use crate::language::Language;
use crate::member::Member;
use crate::model::{Name, Names, Product, ProductStamp, Supplier};

/// The tables. `AUTOINCREMENT` gives no id twice: what is deleted and created again has another tag.
pub const SCHEMA: &str = "
    CREATE TABLE suppliers (
        id INTEGER PRIMARY KEY AUTOINCREMENT,
        tenant TEXT NOT NULL,
        name TEXT NOT NULL,
        version INTEGER NOT NULL DEFAULT 1
    ) STRICT;
    CREATE TABLE products (
        id INTEGER PRIMARY KEY AUTOINCREMENT,
        tenant TEXT NOT NULL,
        supplier INTEGER NOT NULL REFERENCES suppliers,
        en TEXT NOT NULL,
        de TEXT NOT NULL,
        version INTEGER NOT NULL DEFAULT 1
    ) STRICT;
    CREATE INDEX products_of_suppliers ON products (supplier);
    CREATE VIEW shown AS
        SELECT products.id, products.tenant, en, de, products.version,
               suppliers.id AS supplier_id, suppliers.name AS supplier_name, suppliers.version AS supplier_version
        FROM products JOIN suppliers ON suppliers.id = products.supplier";

/// The stamp alone, in one statement: neither texts nor what they would cost.
pub(crate) async fn find_stamp(
    pool: &SqlitePool,
    member: &Member,
    id: i64,
    language: Language,
) -> Result<ProductStamp, Error> {
    let stamp = sqlx::query_as(
        "SELECT id, version, $3 AS language, supplier_id, supplier_version FROM shown WHERE tenant = $1 AND id = $2",
    );
    let stamp = stamp.bind(member.tenant).bind(id).bind(language).fetch_optional(pool).await?;
    stamp.ok_or_else(|| Rejected::not_found().into())
}

pub(crate) async fn find(
    pool: &SqlitePool,
    member: &Member,
    id: i64,
    language: Language,
) -> Result<Option<Product>, sqlx::Error> {
    sqlx::query_as(
        "SELECT id, version, CASE $3 WHEN 'de' THEN de ELSE en END AS name, $3 AS language,
                supplier_id, supplier_name, supplier_version
         FROM shown WHERE tenant = $1 AND id = $2",
    )
    .bind(member.tenant)
    .bind(id)
    .bind(language)
    .fetch_optional(pool)
    .await
}

/// `None` if another writer was faster. It is committed when this returns.
pub(crate) async fn update(
    pool: &SqlitePool,
    member: &Member,
    id: i64,
    expected: &Guarded<Product>,
    names: Names,
    language: Language,
) -> Result<Option<Product>, sqlx::Error> {
    sqlx::query_as(
        "UPDATE products SET en = $4, de = $5, version = version + 1 WHERE tenant = $1 AND id = $2 AND version = $6
         RETURNING id, version, CASE $3 WHEN 'de' THEN de ELSE en END AS name, $3 AS language, supplier AS supplier_id,
             (SELECT name FROM suppliers WHERE id = supplier) AS supplier_name,
             (SELECT version FROM suppliers WHERE id = supplier) AS supplier_version",
    )
    .bind(member.tenant)
    .bind(id)
    .bind(language)
    .bind(names.en)
    .bind(names.de)
    .bind(expected.version)
    .fetch_optional(pool)
    .await
}

/// Whether a row has matched.
pub(crate) async fn remove(
    pool: &SqlitePool,
    member: &Member,
    id: i64,
    expected: &Guarded<Product>,
) -> Result<bool, sqlx::Error> {
    let done = sqlx::query("DELETE FROM products WHERE tenant = $1 AND id = $2 AND version = $3")
        .bind(member.tenant)
        .bind(id)
        .bind(expected.version)
        .execute(pool)
        .await?;
    Ok(done.rows_affected() == 1)
}

pub(crate) async fn find_supplier(
    pool: &SqlitePool,
    member: &Member,
    id: i64,
) -> Result<Option<Supplier>, sqlx::Error> {
    sqlx::query_as(
        "SELECT id AS supplier_id, name AS supplier_name, version AS supplier_version
         FROM suppliers WHERE tenant = $1 AND id = $2",
    )
    .bind(member.tenant)
    .bind(id)
    .fetch_optional(pool)
    .await
}

/// `None` if another writer was faster. It is committed when this returns.
pub(crate) async fn update_supplier(
    pool: &SqlitePool,
    member: &Member,
    expected: &Guarded<Supplier>,
    name: Name,
) -> Result<Option<Supplier>, sqlx::Error> {
    sqlx::query_as(
        "UPDATE suppliers SET name = $3, version = version + 1 WHERE tenant = $1 AND id = $2 AND version = $4
         RETURNING id AS supplier_id, name AS supplier_name, version AS supplier_version",
    )
    .bind(member.tenant)
    .bind(expected.id)
    .bind(name.name)
    .bind(expected.version)
    .fetch_optional(pool)
    .await
}

/// The products that show this supplier. After the commit of its change: one that comes later is read with it.
pub(crate) async fn products_of(pool: &SqlitePool, supplier: i64) -> Result<Vec<i64>, sqlx::Error> {
    sqlx::query_scalar("SELECT id FROM products WHERE supplier = $1").bind(supplier).fetch_all(pool).await
}
