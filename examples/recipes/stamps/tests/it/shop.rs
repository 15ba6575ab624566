//! One server of the application.

use std::path::Path;
use std::time::Duration;

use axum::Router;
use http::StatusCode;
use http::header::{ACCEPT_LANGUAGE, AUTHORIZATION};
use recipes_client::{Answer, Ask};
use recipes_stamps::app::{Products, SCHEMA, router};
use recipes_stamps::stamps::Stamps;
use serde_json::json;
use sqlx::sqlite::{SqliteConnectOptions, SqliteJournalMode, SqlitePoolOptions};
use sqlx::{SqlitePool, raw_sql};
use tracing::Instrument as _;

use crate::log::Log;

/// Longer than a store takes anywhere.
pub(crate) const PATIENCE: Duration = Duration::from_secs(20);

/// Two products of one supplier of `acme`, and one of another of `globex`.
const ROWS: &str = "
    INSERT INTO suppliers (tenant, name) VALUES ('acme', 'Smith'), ('globex', 'Jones');
    INSERT INTO products (tenant, supplier, en, de) VALUES
        ('acme', 1, 'Chair', 'Stuhl'), ('acme', 1, 'Table', 'Tisch'), ('globex', 2, 'Lamp', 'Lampe')";

pub(crate) const CHAIR: &str = "/products/1";
pub(crate) const TABLE: &str = "/products/2";
pub(crate) const SMITH: &str = "/suppliers/1";

pub(crate) struct Shop {
    app: Router,
    pool: SqlitePool,
    pub(crate) log: Log,
}

impl Shop {
    /// On a database of its own, in memory.
    pub(crate) async fn open(store: impl Products) -> Shop {
        Shop::open_with(store, PATIENCE).await
    }

    /// The same, with a store that is waited for so long.
    pub(crate) async fn open_with(store: impl Products, patience: Duration) -> Shop {
        // A second connection would have another database.
        let pool = SqlitePoolOptions::new().max_connections(1).idle_timeout(None).max_lifetime(None);
        let pool = pool.connect("sqlite::memory:").await.unwrap();
        raw_sql(SCHEMA).execute(&pool).await.unwrap();
        raw_sql(ROWS).execute(&pool).await.unwrap();
        Shop::on(pool, store, patience)
    }

    /// On the database in this folder, which is made if it is not there.
    pub(crate) async fn open_in(folder: &Path, store: impl Products) -> Shop {
        let file = folder.join("shop.db");
        let is_new = !file.exists();
        let options = SqliteConnectOptions::new().filename(file).create_if_missing(true);
        let pool = SqlitePool::connect_with(options.journal_mode(SqliteJournalMode::Wal)).await.unwrap();
        if is_new {
            raw_sql(SCHEMA).execute(&pool).await.unwrap();
            raw_sql(ROWS).execute(&pool).await.unwrap();
        }
        Shop::on(pool, store, PATIENCE)
    }

    fn on(pool: SqlitePool, store: impl Products, patience: Duration) -> Shop {
        Shop { app: router(pool.clone(), Stamps::new(store, patience)), pool, log: Log::new() }
    }

    /// Asks as a member of `acme`.
    pub(crate) async fn ask(&self, ask: Ask) -> Answer {
        self.ask_as("Bearer ada", ask).await
    }

    pub(crate) async fn ask_as(&self, key: &str, ask: Ask) -> Answer {
        self.ask_as_nobody(ask.with(AUTHORIZATION, key)).await
    }

    pub(crate) async fn ask_as_nobody(&self, ask: Ask) -> Answer {
        ask.of(&self.app).instrument(self.log.span()).await
    }

    /// The tag of what is there.
    pub(crate) async fn tag(&self, path: &str) -> String {
        self.ask(Ask::get(path)).await.is(StatusCode::OK).tag()
    }

    /// Whether what has this tag is there yet.
    pub(crate) async fn revalidate(&self, path: &str, tag: &str) -> StatusCode {
        self.ask(Ask::get(path).if_none_match(tag)).await.status
    }

    /// The same in German.
    pub(crate) async fn revalidate_german(&self, path: &str, tag: &str) -> StatusCode {
        self.ask(german(path).if_none_match(tag)).await.status
    }

    /// The tag of what is there, whose stamp is kept from now on.
    pub(crate) async fn kept(&self, path: &str) -> String {
        let tag = self.tag(path).await;
        assert_eq!(self.revalidate(path, &tag).await, StatusCode::NOT_MODIFIED);
        self.log.statements();
        assert_eq!(self.revalidate(path, &tag).await, StatusCode::NOT_MODIFIED);
        assert!(self.log.statements().is_empty(), "it is not kept");
        tag
    }

    /// Replaces what has this tag.
    pub(crate) async fn replace(&self, path: &str, tag: &str) -> Answer {
        self.ask(replacement(path, tag).json(&names())).await
    }

    /// What another program does to the database, which knows of no stamps.
    pub(crate) async fn run(&self, sql: &'static str) {
        raw_sql(sql).execute(&self.pool).await.unwrap();
    }

    /// The same, for a moment to be chosen.
    pub(crate) fn running(&self, sql: &'static str) -> impl Future<Output = ()> + Send + 'static {
        let pool = self.pool.clone();
        async move {
            raw_sql(sql).execute(&pool).await.unwrap();
        }
    }
}

pub(crate) fn german(path: &str) -> Ask {
    Ask::get(path).with(ACCEPT_LANGUAGE, "de")
}

pub(crate) fn replacement(path: &str, tag: &str) -> Ask {
    Ask::put(path).if_match(tag)
}

pub(crate) fn names() -> serde_json::Value {
    json!({ "en": "Stool", "de": "Hocker" })
}
