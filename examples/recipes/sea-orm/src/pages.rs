//! How does a permit become a statement of SeaORM?
//!
//! `update_many` and `delete_many`, with everything that makes up the state in `filter`. `ActiveModel::update` and `delete` compare the key
//! only, and overwrite whatever is there.

use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::routing::get;
use axum::{Json, Router};
use etag_runtime::{Conditional, Deferred, ETag, ForWrite, Guarded, Preconditions, Rejected, Upsert};
use sea_orm::entity::prelude::*;
use sea_orm::{DatabaseConnection, ExprTrait as _, Set, TryInsertResult};
use serde::{Deserialize, Serialize};

use crate::error::Error;

/// A page that is deleted and created again starts at version 1 again: `incarnation` tells the two apart.
pub const SCHEMA: &str = "
    CREATE TABLE pages (
        slug TEXT PRIMARY KEY,
        incarnation BIGINT NOT NULL GENERATED ALWAYS AS IDENTITY,
        title TEXT NOT NULL,
        version BIGINT NOT NULL DEFAULT 1
    )";

/// The entity is what is sent, and has the tag.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel, Serialize, ETag)]
#[sea_orm(table_name = "pages")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    slug: String,
    #[etag(content)]
    #[serde(skip)]
    incarnation: i64,
    title: String,
    #[etag(version)]
    version: i64,
}

/// None.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
#[expect(clippy::exhaustive_enums, reason = "SeaORM asks for it to be there")]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

#[derive(Deserialize)]
struct Draft {
    title: String,
}

/// `GET`, `PUT` and `DELETE /pages/{slug}`.
pub fn router(database: DatabaseConnection) -> Router {
    Router::new().route("/pages/{slug}", get(show).put(put).delete(delete)).with_state(database)
}

async fn show(
    State(database): State<DatabaseConnection>,
    Path(slug): Path<String>,
    preconditions: Preconditions,
) -> Result<Conditional<Model>, Error> {
    let page = find(&database, &slug).await?.ok_or(Rejected::not_found())?;
    Ok(preconditions.respond(page))
}

async fn put(
    State(database): State<DatabaseConnection>,
    Path(slug): Path<String>,
    preconditions: ForWrite,
    body: Deferred<Json<Draft>>,
) -> Result<Conditional<Model>, Error> {
    match preconditions.upsert(find(&database, &slug).await?)? {
        Upsert::Create(vacant) => {
            let Json(draft) = body.extract().await?;
            let created = insert(&database, &slug, draft).await?;
            Ok(vacant.commit_or_reload(created, find(&database, &slug)).await??)
        }
        Upsert::Replace(current) => {
            let Json(draft) = body.extract().await?;
            let saved = update(&database, &current, draft).await?;
            Ok(current.commit_or_reload(saved, find(&database, &slug)).await??)
        }
    }
}

async fn delete(
    State(database): State<DatabaseConnection>,
    Path(slug): Path<String>,
    preconditions: ForWrite,
) -> Result<StatusCode, Error> {
    let current = preconditions.guard(find(&database, &slug).await?)?;
    let matched = remove(&database, &current).await?;
    Ok(current.commit_deleted_or_reload(matched, find(&database, &slug)).await??)
}

async fn find(database: &DatabaseConnection, slug: &str) -> Result<Option<Model>, DbErr> {
    Entity::find_by_id(slug).one(database).await
}

/// `None` if another writer was faster.
async fn insert(database: &DatabaseConnection, slug: &str, draft: Draft) -> Result<Option<Model>, DbErr> {
    let page = ActiveModel { slug: Set(slug.to_owned()), title: Set(draft.title), ..Default::default() };
    // Of `exec_with_returning`, a row that was not inserted is the error `RecordNotFound`, and not `Conflicted`.
    let inserted =
        Entity::insert(page).on_conflict_do_nothing_on([Column::Slug]).exec_with_returning_many(database).await?;
    match inserted {
        TryInsertResult::Inserted(pages) => Ok(pages.into_iter().next()),
        TryInsertResult::Conflicted | TryInsertResult::Empty => Ok(None),
    }
}

/// `None` if another writer was faster, or if it is another page by now.
async fn update(
    database: &DatabaseConnection,
    expected: &Guarded<Model>,
    draft: Draft,
) -> Result<Option<Model>, DbErr> {
    let saved = Entity::update_many()
        .col_expr(Column::Title, Expr::value(draft.title))
        .col_expr(Column::Version, Expr::col(Column::Version).add(1))
        .filter(Column::Slug.eq(&expected.slug))
        .filter(Column::Incarnation.eq(expected.incarnation))
        .filter(Column::Version.eq(expected.version))
        .exec_with_returning(database)
        .await?;
    Ok(saved.into_iter().next())
}

/// Whether a row has matched.
async fn remove(database: &DatabaseConnection, expected: &Guarded<Model>) -> Result<bool, DbErr> {
    let done = Entity::delete_many()
        .filter(Column::Slug.eq(&expected.slug))
        .filter(Column::Incarnation.eq(expected.incarnation))
        .filter(Column::Version.eq(expected.version))
        .exec(database)
        .await?;
    Ok(done.rows_affected == 1)
}
