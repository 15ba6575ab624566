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

async fn a_server_is_killed(database: Database) {
    let mut load = Load::prepare(&database).await;
    let (addresses, ledger) = (Arc::clone(&load.addresses), Arc::clone(&load.ledger));
    // The load keeps the other one.
    let doomed = std::mem::replace(&mut load.servers[1], Server::start(&database).await);
    let crash = async {
        reached(&ledger, EDITS / 3).await;
        doomed.signal(Signal::KILL);
        drop(doomed.ended().await);
        reached(&ledger, EDITS * 2 / 3).await;
        addresses.write().await[1].clone_from(&load.servers[1].address);
    };
    let (figures, ()) = tokio::join!(load.run(EDITS, PATIENCE), crash);
    assert_ne!(figures.unanswered, 0, "it was killed when nobody waited for an answer");
    load.verify().await;
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
