//! Thousands of edits by many clients through two servers: as many version steps as acknowledged edits, and none lost.
//!
//! `cargo xtask soak` makes more of them, and shows the figures.

use std::time::Duration;

use crate::database::{Database, on_every_shared_database};
use crate::load::{Figures, Load};

on_every_shared_database! {
    edits,
}

/// How many edits are made, unless the environment says otherwise.
const EDITS: u64 = 10_000;

async fn edits(database: Database) {
    let edits = std::env::var("SOAK_EDITS").map_or(EDITS, |edits| edits.parse().expect("SOAK_EDITS is a number"));
    let patience = Duration::from_millis(60_000 + edits * 20);
    let load = Load::prepare(&database).await;
    let figures = load.run(edits, patience).await;
    load.verify().await;
    assert_eq!(figures.unanswered, 0);
    // Without conflicts, nothing would have been shown.
    assert!(figures.refused > edits / 100, "only {} edits were refused", figures.refused);
    report(&database, &figures);
    for server in load.servers {
        server.stop().await;
    }
}

/// What `cargo xtask soak` shows.
#[expect(clippy::print_stdout, reason = "figures are what a soak is run for")]
fn report(database: &Database, figures: &Figures) {
    let milliseconds = u64::try_from(figures.took.as_millis()).unwrap_or(u64::MAX).max(1);
    let kind = database.choose("SQLite", "PostgreSQL");
    println!(
        "{kind}: {} edits acknowledged and {} refused in {} s ({} edits a second); none lost",
        figures.acknowledged,
        figures.refused,
        milliseconds / 1000,
        figures.acknowledged * 1000 / milliseconds,
    );
}
