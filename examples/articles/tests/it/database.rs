//! Databases for one test each, and the tests on every kind of them.

use etag_postgres::Cluster;
use sqlx::sqlite::SqliteConnectOptions;
use sqlx::{AssertSqlSafe, ConnectOptions};
use tempfile::TempDir;

/// An empty database that nobody else uses.
pub(crate) struct Database {
    kind: Kind,
    pub(crate) url: String,
    folder: TempDir,
}

#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) enum Kind {
    SqliteMemory,
    SqliteFile,
    Postgres,
}

impl Database {
    pub(crate) fn new(kind: Kind) -> Database {
        let folder = tempfile::tempdir().unwrap();
        let url = match kind {
            Kind::SqliteMemory => "sqlite::memory:".to_owned(),
            Kind::SqliteFile => format!("sqlite:{}/articles.db", folder.path().display()),
            Kind::Postgres => Cluster::shared().create_another_database(),
        };
        Database { kind, url, folder }
    }

    /// Another one of the same kind.
    pub(crate) fn another(&self) -> Database {
        Database::new(self.kind)
    }

    /// This, or that on PostgreSQL.
    pub(crate) fn choose<T>(&self, sqlite: T, postgres: T) -> T {
        if self.kind == Kind::Postgres { postgres } else { sqlite }
    }

    /// Does what no client can, beside the server. Not on a database in memory, which is nobody's but the server's.
    pub(crate) async fn execute(&self, sql: &str) {
        match self.kind {
            Kind::SqliteMemory => panic!("nobody else can connect"),
            Kind::SqliteFile => {
                let file = SqliteConnectOptions::new().filename(self.folder.path().join("articles.db"));
                let mut connection = file.connect().await.unwrap();
                sqlx::raw_sql(AssertSqlSafe(sql)).execute(&mut connection).await.unwrap();
            }
            Kind::Postgres => {
                let name = self.url.split(['/', '?']).nth(3).unwrap();
                Cluster::shared().execute(name, sql);
            }
        }
    }
}

/// Makes these functions tests, on every database.
macro_rules! on_every_database {
    ($($test:ident),+ $(,)?) => {
        $crate::database::on!(sqlite, SqliteMemory, $($test),+);
        $crate::database::on!(postgres, Postgres, $($test),+);
    };
}

/// Makes these functions tests, on every database that several programs can share, and that outlives them.
macro_rules! on_every_shared_database {
    ($($test:ident),+ $(,)?) => {
        $crate::database::on!(shared_sqlite, SqliteFile, $($test),+);
        $crate::database::on!(shared_postgres, Postgres, $($test),+);
    };
}

macro_rules! on {
    ($module:ident, $kind:ident, $($test:ident),+) => {
        mod $module {
            use $crate::database::{Database, Kind};
            $(
                #[tokio::test]
                async fn $test() {
                    super::$test(Database::new(Kind::$kind)).await;
                }
            )+
        }
    };
}

pub(crate) use {on, on_every_database, on_every_shared_database};
