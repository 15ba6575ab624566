//! What if there are rows that readers see, and that must not be in a writer's way?
//!
//! The comments of an article have a version and a date of their own, which a trigger moves, and stand in its representation half
//! (`guard = false`): a cached copy without the new comment is stale, and whoever edits the article may still save. The date of the
//! article is part of its state, so a comment that moved it would block writers.
//!
//! Without that row, the comments themselves could be hashed (`related, guard = false` on a list of entities). That needs no
//! trigger, but a comment that was deleted leaves no date behind, so that the article has no `Last-Modified`.

use axum::extract::{Path, State};
use axum::routing::get;
use axum::{Json, Router};
use chrono::{DateTime, Utc};
use etag_runtime::{Conditional, Deferred, ETag, ForWrite, Guarded, Preconditions, Rejected};
use serde::{Deserialize, Serialize};
use sqlx::{FromRow, PgConnection, PgPool};

use crate::error::Error;

/// Two who comment on one article wait for each other, and for nobody who edits it.
pub const SCHEMA: &str = "
    CREATE TABLE articles (
        id BIGINT PRIMARY KEY,
        title TEXT NOT NULL,
        version BIGINT NOT NULL DEFAULT 1,
        updated_at TIMESTAMPTZ NOT NULL DEFAULT clock_timestamp()
    );
    CREATE TABLE discussions (
        article_id BIGINT PRIMARY KEY REFERENCES articles ON DELETE CASCADE,
        version BIGINT NOT NULL DEFAULT 1,
        updated_at TIMESTAMPTZ NOT NULL DEFAULT clock_timestamp()
    );
    CREATE TABLE comments (
        id BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
        article_id BIGINT NOT NULL REFERENCES discussions ON DELETE CASCADE,
        text TEXT NOT NULL
    );
    CREATE FUNCTION open_discussion() RETURNS TRIGGER LANGUAGE plpgsql AS $$
        BEGIN
            INSERT INTO discussions (article_id) VALUES (NEW.id);
            RETURN NULL;
        END
    $$;
    CREATE TRIGGER opens AFTER INSERT ON articles FOR EACH ROW EXECUTE FUNCTION open_discussion();
    CREATE FUNCTION move_discussion() RETURNS TRIGGER LANGUAGE plpgsql AS $$
        BEGIN
            UPDATE discussions SET version = version + 1, updated_at = clock_timestamp()
            WHERE article_id IN (OLD.article_id, NEW.article_id);
            RETURN NULL;
        END
    $$;
    CREATE TRIGGER moves AFTER INSERT OR UPDATE OR DELETE ON comments FOR EACH ROW EXECUTE FUNCTION move_discussion();";

#[derive(Debug, Serialize, ETag)]
struct Article {
    id: i64,
    title: String,
    #[etag(version)]
    version: i64,
    #[etag(timestamp)]
    updated_at: DateTime<Utc>,
    #[etag(related, guard = false)]
    discussion: Discussion,
}

#[derive(Debug, Serialize, ETag)]
#[serde(transparent)]
struct Discussion {
    comments: Vec<Comment>,
    #[etag(version)]
    #[serde(skip)]
    version: i64,
    #[etag(timestamp)]
    #[serde(skip)]
    updated_at: DateTime<Utc>,
}

/// No entity of its own: the version of the discussion speaks for it.
#[derive(Debug, Serialize, FromRow)]
struct Comment {
    id: i64,
    text: String,
}

#[derive(FromRow)]
struct Row {
    id: i64,
    title: String,
    version: i64,
    updated_at: DateTime<Utc>,
}

#[derive(Deserialize)]
struct Draft {
    title: String,
}

/// `GET` and `PUT /articles/{id}`.
pub fn router(pool: PgPool) -> Router {
    Router::new().route("/articles/{id}", get(show).put(replace)).with_state(pool)
}

async fn show(
    State(pool): State<PgPool>,
    Path(id): Path<i64>,
    preconditions: Preconditions,
) -> Result<Conditional<Article>, Error> {
    let article = find(&pool, id).await?.ok_or(Rejected::not_found())?;
    Ok(preconditions.respond(article))
}

async fn replace(
    State(pool): State<PgPool>,
    Path(id): Path<i64>,
    preconditions: ForWrite,
    body: Deferred<Json<Draft>>,
) -> Result<Conditional<Article>, Error> {
    let current = preconditions.guard(find(&pool, id).await?)?;
    let Json(draft) = body.extract().await?;
    let saved = update(&pool, &current, draft).await?;
    Ok(current.commit_or_reload(saved, find(&pool, id)).await??)
}

/// `None` if another writer was faster. The discussion is not compared: it may have moved.
async fn update(pool: &PgPool, expected: &Guarded<Article>, draft: Draft) -> Result<Option<Article>, sqlx::Error> {
    let mut transaction = pool.begin_with("BEGIN ISOLATION LEVEL READ COMMITTED").await?;
    let row = sqlx::query_as(
        "UPDATE articles SET title = $1, version = version + 1, updated_at = clock_timestamp() \
         WHERE id = $2 AND version = $3 RETURNING *",
    )
    .bind(draft.title)
    .bind(expected.id)
    .bind(expected.version)
    .fetch_optional(&mut *transaction)
    .await?;
    let Some(row) = row else { return Ok(None) };
    // Nobody can delete it before the end.
    let discussion = discussion(&mut transaction, expected.id).await?.ok_or(sqlx::Error::RowNotFound)?;
    transaction.commit().await?;
    Ok(Some(article(row, discussion)))
}

/// In two statements, which see two instants: what never was together has a tag of its own, which is that of no other mixture.
async fn find(pool: &PgPool, id: i64) -> Result<Option<Article>, sqlx::Error> {
    let mut connection = pool.acquire().await?;
    let row = sqlx::query_as("SELECT * FROM articles WHERE id = $1").bind(id).fetch_optional(&mut *connection).await?;
    let Some(row) = row else { return Ok(None) };
    Ok(discussion(&mut connection, id).await?.map(|discussion| article(row, discussion)))
}

/// The comments, and the version that speaks for them: from one statement, since the tag says that they belong together.
async fn discussion(connection: &mut PgConnection, article_id: i64) -> Result<Option<Discussion>, sqlx::Error> {
    #[derive(FromRow)]
    struct Row {
        version: i64,
        updated_at: DateTime<Utc>,
        id: Option<i64>,
        text: Option<String>,
    }
    let rows: Vec<Row> = sqlx::query_as(
        "SELECT version, updated_at, comments.id, text \
         FROM discussions LEFT JOIN comments USING (article_id) WHERE article_id = $1 ORDER BY comments.id",
    )
    .bind(article_id)
    .fetch_all(connection)
    .await?;
    let Some(&Row { version, updated_at, .. }) = rows.first() else { return Ok(None) };
    let comments = rows.into_iter().filter_map(|row| Some(Comment { id: row.id?, text: row.text? })).collect();
    Ok(Some(Discussion { comments, version, updated_at }))
}

fn article(row: Row, discussion: Discussion) -> Article {
    let Row { id, title, version, updated_at } = row;
    Article { id, title, version, updated_at, discussion }
}
