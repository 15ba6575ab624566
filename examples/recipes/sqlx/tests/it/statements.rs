//! How many statements a request costs, counted by the database.

use etag_postgres::Cluster;
use sqlx::PgPool;

use crate::database::{number, run};

/// A pool with one connection, whose statements the database writes into its log.
pub(crate) struct Counted {
    pool: PgPool,
    /// Each line of the log names the process of its connection.
    process: String,
}

impl Counted {
    pub(crate) async fn new(pool: &PgPool) -> Counted {
        assert_eq!(pool.options().get_max_connections(), 1);
        run(pool, "SET log_statement = 'all'").await;
        let process = format!("[{}]", number(pool, "SELECT pg_backend_pid()::BIGINT").await);
        Counted { pool: pool.clone(), process }
    }

    /// The first words of the statements that the database has got since it was asked last.
    pub(crate) async fn statements(&self) -> Vec<String> {
        // The mark is a statement itself.
        run(&self.pool, "SELECT 'mark'").await;
        let log = Cluster::shared()
            .execute("postgres", "SELECT pg_read_file(current_setting('data_directory') || '/../log')");
        let lines = log.lines().filter(|line| line.contains(&self.process));
        let statements: Vec<&str> =
            lines.filter_map(|line| line.split_once("LOG:  ")?.1.split_once(": ")).map(|(_, sql)| sql).collect();
        let (mark, before) = statements.split_last().expect("the mark");
        assert_eq!(*mark, "SELECT 'mark'");
        let since = before.iter().rposition(|sql| sql == mark).map_or(0, |mark| mark + 1);
        before[since..].iter().filter_map(|sql| sql.split(' ').next()).map(str::to_owned).collect()
    }
}
