//! The application: products and their suppliers. Which store there is, its handlers do not know.

use axum::extract::{Path, State};
use axum::http::header::VARY;
use axum::http::{HeaderValue, StatusCode};
use axum::routing::{get, put};
use axum::{Json, Router};
use etag_runtime::{Conditional, Deferred, ForWrite, Preconditions, Rejected};
use recipes_sqlx::error::Error;
use sqlx::SqlitePool;

use crate::database;
use crate::key::{Key, Subject};
use crate::language::Language;
use crate::member::Member;
use crate::model::{Name, Names, Product, ProductStamp, Supplier};
use crate::stamps::Stamps;
use crate::store::Store;

pub use crate::database::SCHEMA;

/// A store of the stamps of products.
pub trait Products: Store<Stamp = ProductStamp> {}

impl<K: Store<Stamp = ProductStamp>> Products for K {}

#[derive(Debug)]
struct App<K> {
    pool: SqlitePool,
    stamps: Stamps<K>,
}

/// `GET`, `PUT` and `DELETE /products/{id}`, `PUT /suppliers/{id}`.
pub fn router<K: Products>(pool: SqlitePool, stamps: Stamps<K>) -> Router {
    Router::new()
        .route("/products/{id}", get(show::<K>).put(replace::<K>).delete(delete::<K>))
        .route("/suppliers/{id}", put(rename::<K>))
        .with_state(App { pool, stamps })
}

/// What a writer of this product forgets: in all languages.
fn subject(member: &Member, product: i64) -> Subject {
    Subject::new(&[member.tenant, "product", &product.to_string()])
}

async fn show<K: Products>(
    State(App { pool, stamps }): State<App<K>>,
    member: Member,
    language: Language,
    Path(id): Path<i64>,
    preconditions: Preconditions,
) -> Result<Conditional<Product>, Error> {
    let key = Key::new(subject(&member, id), language.tag());
    let stamp = database::find_stamp(&pool, &member, id, language);
    let not_modified = stamps.not_modified(&preconditions, &key, stamp).await?;
    let answer = if let Some(not_modified) = not_modified {
        not_modified
    } else {
        let product = database::find(&pool, &member, id, language).await?;
        preconditions.respond(product.ok_or(Rejected::not_found())?)
    };
    Ok(answer.header(VARY, HeaderValue::from_static("accept-language")))
}

async fn replace<K: Products>(
    State(App { pool, stamps }): State<App<K>>,
    member: Member,
    language: Language,
    Path(id): Path<i64>,
    preconditions: ForWrite,
    body: Deferred<Json<Names>>,
) -> Result<Conditional<Product>, Error> {
    let current = preconditions.guard(database::find(&pool, &member, id, language).await?)?;
    let Json(names) = body.extract().await?;
    let saved = database::update(&pool, &member, id, &current, names, language).await?;
    // Also after a lost race: what is kept is old then, whoever was to forget it.
    stamps.forget(vec![subject(&member, id)]).await;
    Ok(current.commit_or_reload(saved, database::find(&pool, &member, id, language)).await??)
}

async fn delete<K: Products>(
    State(App { pool, stamps }): State<App<K>>,
    member: Member,
    language: Language,
    Path(id): Path<i64>,
    preconditions: ForWrite,
) -> Result<StatusCode, Error> {
    let current = preconditions.guard(database::find(&pool, &member, id, language).await?)?;
    let matched = database::remove(&pool, &member, id, &current).await?;
    stamps.forget(vec![subject(&member, id)]).await;
    Ok(current.commit_deleted_or_reload(matched, database::find(&pool, &member, id, language)).await??)
}

/// The name of a supplier is part of all its products.
async fn rename<K: Products>(
    State(App { pool, stamps }): State<App<K>>,
    member: Member,
    Path(id): Path<i64>,
    preconditions: ForWrite,
    body: Deferred<Json<Name>>,
) -> Result<Conditional<Supplier>, Error> {
    let current = preconditions.guard(database::find_supplier(&pool, &member, id).await?)?;
    let Json(name) = body.extract().await?;
    let saved = database::update_supplier(&pool, &member, &current, name).await?;
    match database::products_of(&pool, id).await {
        Ok(products) => stamps.forget(products.into_iter().map(|product| subject(&member, product)).collect()).await,
        // It is written, whatever becomes of the stamps.
        Err(error) => tracing::error!("stamps are not forgotten before their bound: {error}"),
    }
    Ok(current.commit_or_reload(saved, database::find_supplier(&pool, &member, id)).await??)
}

impl<K> Clone for App<K> {
    fn clone(&self) -> App<K> {
        App { pool: self.pool.clone(), stamps: self.stamps.clone() }
    }
}
