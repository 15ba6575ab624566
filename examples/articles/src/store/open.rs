//! Opening the database: connections, tables, and something to read if there is nothing yet.

use super::url::Place;
use super::{DatabaseUrl, Result, Store, postgres, seed, sqlite};

impl Store {
    /// Opens the database, creates its tables where they are missing, and seeds it if it has no articles.
    pub(crate) async fn open(url: &DatabaseUrl) -> Result<Store> {
        let (store, schema) = match url.place.clone() {
            Place::Sqlite { options, in_memory } => {
                (Store::Sqlite(sqlite::connect(options, in_memory).await?), include_str!("schema.sqlite.sql"))
            }
            Place::Postgres(options) => {
                (Store::Postgres(postgres::connect(options).await?), include_str!("schema.postgres.sql"))
            }
        };
        // Of two servers that start on one database, the second waits, and then finds what the first has made.
        let mut transaction = store.write().await?;
        transaction.hold_everything().await?;
        transaction.script(schema).await?;
        seed::fill(&mut transaction).await?;
        transaction.commit().await?;
        Ok(store)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// As several servers would, only closer together.
    #[tokio::test(flavor = "multi_thread", worker_threads = 8)]
    async fn at_once() {
        let folder = tempfile::tempdir().unwrap();
        for round in 0..30 {
            let path = folder.path().join(format!("{round}.db"));
            let url: DatabaseUrl = format!("sqlite:{}", path.display()).parse().unwrap();
            let mut servers = tokio::task::JoinSet::new();
            for _ in 0..8 {
                let url = url.clone();
                servers.spawn(async move { Store::open(&url).await.map_err(|error| error.to_string()) });
            }
            for store in servers.join_all().await {
                assert_eq!(store.unwrap().page(1, 20).await.unwrap().total, 3, "round {round}");
            }
        }
    }
}
