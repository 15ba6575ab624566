//! How does a permit become a statement of Diesel?
//!
//! `update` and `delete` of a *filtered* table, with everything that makes up the state in the filter. `update(&page)` and `save_changes`
//! compare the key only, and overwrite whatever is there.

use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::routing::get;
use axum::{Json, Router};
use diesel::prelude::*;
use diesel_async::pooled_connection::deadpool::Pool;
use diesel_async::{AsyncPgConnection, RunQueryDsl};
use etag_runtime::{Conditional, Deferred, ETag, ForWrite, Guarded, Preconditions, Rejected, Upsert};
use serde::{Deserialize, Serialize};

use self::schema::pages;
use crate::error::Error;

/// A page that is deleted and created again starts at version 1 again: `incarnation` tells the two apart.
pub const SCHEMA: &str = "
    CREATE TABLE pages (
        slug TEXT PRIMARY KEY,
        incarnation BIGINT NOT NULL GENERATED ALWAYS AS IDENTITY,
        title TEXT NOT NULL,
        version BIGINT NOT NULL DEFAULT 1
    )";

/// What the command line of Diesel writes into `schema.rs`.
mod schema {
    diesel::table! {
        pages (slug) {
            slug -> Text,
            incarnation -> BigInt,
            title -> Text,
            version -> BigInt,
        }
    }
}

#[derive(Debug, Queryable, Selectable, Serialize, ETag)]
#[diesel(check_for_backend(diesel::pg::Pg))]
struct Page {
    slug: String,
    #[etag(content)]
    #[serde(skip)]
    incarnation: i64,
    title: String,
    #[etag(version)]
    version: i64,
}

#[derive(Deserialize)]
struct Draft {
    title: String,
}

/// `GET`, `PUT` and `DELETE /pages/{slug}`.
pub fn router(pool: Pool<AsyncPgConnection>) -> Router {
    Router::new().route("/pages/{slug}", get(show).put(put).delete(delete)).with_state(pool)
}

async fn show(
    State(pool): State<Pool<AsyncPgConnection>>,
    Path(slug): Path<String>,
    preconditions: Preconditions,
) -> Result<Conditional<Page>, Error> {
    let page = find(&pool, &slug).await?.ok_or(Rejected::not_found())?;
    Ok(preconditions.respond(page))
}

async fn put(
    State(pool): State<Pool<AsyncPgConnection>>,
    Path(slug): Path<String>,
    preconditions: ForWrite,
    body: Deferred<Json<Draft>>,
) -> Result<Conditional<Page>, Error> {
    match preconditions.upsert(find(&pool, &slug).await?)? {
        Upsert::Create(vacant) => {
            let Json(draft) = body.extract().await?;
            let created = insert(&pool, &slug, draft).await?;
            Ok(vacant.commit_or_reload(created, find(&pool, &slug)).await??)
        }
        Upsert::Replace(current) => {
            let Json(draft) = body.extract().await?;
            let saved = update(&pool, &current, draft).await?;
            Ok(current.commit_or_reload(saved, find(&pool, &slug)).await??)
        }
    }
}

async fn delete(
    State(pool): State<Pool<AsyncPgConnection>>,
    Path(slug): Path<String>,
    preconditions: ForWrite,
) -> Result<StatusCode, Error> {
    let current = preconditions.guard(find(&pool, &slug).await?)?;
    let matched = remove(&pool, &current).await?;
    Ok(current.commit_deleted_or_reload(matched, find(&pool, &slug)).await??)
}

async fn find(pool: &Pool<AsyncPgConnection>, slug: &str) -> Result<Option<Page>, Error> {
    // Back in the pool before the body is read, however long that takes.
    let mut connection = pool.get().await?;
    Ok(pages::table.find(slug).select(Page::as_select()).first(&mut connection).await.optional()?)
}

/// `None` if another writer was faster.
async fn insert(pool: &Pool<AsyncPgConnection>, slug: &str, draft: Draft) -> Result<Option<Page>, Error> {
    let mut connection = pool.get().await?;
    let created = diesel::insert_into(pages::table)
        .values((pages::slug.eq(slug), pages::title.eq(draft.title)))
        .on_conflict(pages::slug)
        .do_nothing()
        .returning(Page::as_returning())
        .get_result(&mut connection)
        .await;
    Ok(created.optional()?)
}

/// `None` if another writer was faster, or if it is another page by now.
async fn update(pool: &Pool<AsyncPgConnection>, expected: &Guarded<Page>, draft: Draft) -> Result<Option<Page>, Error> {
    let mut connection = pool.get().await?;
    let saved = diesel::update(pages::table)
        .filter(pages::slug.eq(&expected.slug))
        .filter(pages::incarnation.eq(expected.incarnation))
        .filter(pages::version.eq(expected.version))
        .set((pages::title.eq(draft.title), pages::version.eq(pages::version + 1)))
        .returning(Page::as_returning())
        .get_result(&mut connection)
        .await;
    // Of Diesel, "not found" is an error; here it is a row that has not matched.
    Ok(saved.optional()?)
}

/// Whether a row has matched.
async fn remove(pool: &Pool<AsyncPgConnection>, expected: &Guarded<Page>) -> Result<bool, Error> {
    let mut connection = pool.get().await?;
    let deleted = diesel::delete(pages::table)
        .filter(pages::slug.eq(&expected.slug))
        .filter(pages::incarnation.eq(expected.incarnation))
        .filter(pages::version.eq(expected.version))
        .execute(&mut connection)
        .await?;
    Ok(deleted == 1)
}
