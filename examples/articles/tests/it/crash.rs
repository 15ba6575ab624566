//! A server, or the database, that is killed in the middle of writes: what was acknowledged is there afterwards.

use std::sync::Arc;
use std::time::{Duration, Instant};

use etag_postgres::{Cluster, Durability};
use rustix::process::Signal;

use crate::database::{Database, on_every_shared_database};
use crate::load::{Ledger, Load};
use crate::server::Server;

on_every_shared_database! {
    a_server_is_killed,
}

const EDITS: u64 = 1_500;
const PATIENCE: Duration = Duration::from_mins(2);

/// Waits for so many acknowledged edits.
async fn reached(ledger: &Arc<Ledger>, edits: u64) {
    let begin = Instant::now();
    while ledger.acknowledged_so_far() < edits {
        assert!(begin.elapsed() < PATIENCE, "the editors make no progress");
        tokio::time::sleep(Duration::from_millis(5)).await;
    }
}

/// One in the middle of it, and in the end all of them, so that whoever comes next finds what no one has closed.
async fn a_server_is_killed(database: Database) {
    let mut load = Load::prepare(&database).await;
    let (addresses, ledger) = (Arc::clone(&load.addresses), Arc::clone(&load.ledger));
    let crash = async {
        reached(&ledger, EDITS / 3).await;
        load.servers[1].signal(Signal::KILL);
        reached(&ledger, EDITS * 2 / 3).await;
        let restarted = Server::start(&database).await;
        addresses.write().await[1].clone_from(&restarted.address);
        restarted
    };
    let (figures, restarted) = tokio::join!(load.run(EDITS, PATIENCE), crash);
    assert_ne!(figures.unanswered, 0, "it was killed when nobody waited for an answer");
    load.verify().await;

    load.servers[1] = restarted;
    for server in &mut load.servers {
        server.kill().await;
    }
    let last = Server::start(&database).await;
    addresses.write().await[0].clone_from(&last.address);
    load.verify().await;
    last.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn postgres_is_killed() {
    let mut cluster = Cluster::start(Durability::Durable);
    let database = Database::at(cluster.create_database("articles"));
    let load = Load::prepare(&database).await;
    let ledger = Arc::clone(&load.ledger);
    let crash = async {
        for crash in 1..=3 {
            reached(&ledger, EDITS * crash / 4).await;
            tokio::task::block_in_place(|| {
                cluster.kill9();
                cluster.restart();
            });
        }
    };
    let (figures, ()) = tokio::join!(load.run(EDITS, PATIENCE), crash);
    assert_ne!(figures.unanswered, 0, "it was killed when nobody waited for an answer");
    load.verify().await;
    for server in load.servers {
        server.stop().await;
    }
}
