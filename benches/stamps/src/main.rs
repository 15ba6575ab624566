//! What a `304` costs with and without loading what it is about.
//!
//! ```text
//! Store ──▶ router ──▶ Client ──▶ compare ──▶ a table, and JSON for `plot.py`
//!                        └──────▶ instructions, under valgrind
//! ```
//!
//! `cargo xtask bench stamps` runs all of it, and `cargo xtask bench report` what is about notes on SQLite. Articles of 2 KB with comments of 100 octets, one connection, one request after the
//! other, no sockets but that of PostgreSQL. Server and database are on one processor, and requests are those of a second of its work.
//! Everything that is compared is measured in the same run, in turns; quote the ratios.
#![expect(clippy::print_stdout, reason = "a table on standard output is what this program makes")]

mod client;
mod handlers;
mod instructions;
mod measure;
mod model;
mod store;

use std::fs;
use std::path::PathBuf;

use anyhow::{Context as _, Result, bail};
use axum::Router;
use etag_postgres::{Cluster, Durability};
use serde_json::{Value, json};
use tokio::runtime::{Builder, Runtime};

use crate::client::Client;
use crate::measure::{Contender, Figures, compare};
use crate::store::{ARTICLES, Children, LONG, Postgres, Sqlite, Store};

/// How many comments an article has.
const COMMENTS: [usize; 3] = [0, 20, 200];

fn main() -> Result<()> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
    let runtime = Builder::new_current_thread().enable_all().build()?;
    match arguments[..] {
        [] => {
            measure::stay_on_one_processor()?;
            let mut figures = on(&runtime, &runtime.block_on(Sqlite::open())?)?;
            let cluster = Cluster::start(Durability::Fast);
            let url = cluster.create_another_database();
            figures.extend(on(&runtime, &runtime.block_on(Postgres::open(&url))?)?);
            instructions::run()?;
            save("stamps.json", &json!(figures))
        }
        ["notes"] => {
            measure::stay_on_one_processor()?;
            let store = runtime.block_on(Sqlite::open())?;
            runtime.block_on(store.fill(&[0]))?;
            let mut figures = notes(&runtime, &handlers::router(store.clone()), &store)?;
            let store = runtime.block_on(Sqlite::open_untested())?;
            runtime.block_on(store.fill(&[0]))?;
            let untested = "a row of seven columns, without the pool's test before each use";
            figures.extend(rows(untested, 1, &runtime, &handlers::router(store.clone()), &store)?);
            save("performance/notes.json", &json!(figures))
        }
        ["requests", path, number] => {
            let number: u32 = number.parse().context("a number of requests")?;
            let store = runtime.block_on(Sqlite::open())?;
            runtime.block_on(store.fill(&[0]))?;
            let router = handlers::router(store);
            let mut client = Client::new(&router, &runtime, path, ids(), true)?;
            (0..number).try_for_each(|_| client.request())
        }
        _ => bail!("no arguments, `notes`, or `requests PATH NUMBER`"),
    }
}

/// All figures on one database.
fn on<S: Store>(runtime: &Runtime, store: &S) -> Result<Vec<Value>> {
    runtime.block_on(store.fill(&COMMENTS))?;
    let router = handlers::router(store.clone());
    let mut all = Vec::new();
    for (group, comments) in COMMENTS.into_iter().enumerate() {
        let client = |path: &str, is_conditional| {
            Client::new(&router, runtime, path, ids().skip(group * ARTICLES), is_conditional)
        };
        let contenders = vec![
            Contender::new("full load, 304", client("full", true)?),
            Contender::new("full load, 200", client("full", false)?),
            Contender::new("stamp, a row for each comment, 304", client("rows", true)?),
            Contender::new(aggregated(S::AGGREGATES[0]), client("a", true)?),
            Contender::new(aggregated(S::AGGREGATES[1]), client("b", true)?),
            Contender::new("stamp, comments counted by a trigger, 304", client("counted", true)?),
            Contender::new("stamp kept in memory, 304", client("kept", true)?),
        ];
        let figures = compare(contenders, store)?;
        print(&format!("{}, {comments} comments", S::NAME), &figures);
        all.extend(figures.iter().map(|figures| to_json(S::NAME, comments, figures)));
    }
    notes(runtime, &router, store)?;
    Ok(all)
}

/// What nothing is related to: one row, whole or in part.
fn notes<S: Store>(runtime: &Runtime, router: &Router, store: &S) -> Result<Vec<Value>> {
    let client = |path: &str| Client::new(router, runtime, path, ids(), true);
    let of_a_note = vec![
        Contender::new("the note loaded, 304", client("whole-note")?),
        Contender::new("SELECT version, by hand, 304", client("expert")?),
        Contender::new("its stamp, 304", client("note")?),
    ];
    let mut all = compared("a note of two columns", of_a_note, store)?;
    all.extend(rows("a row of seven columns", 1, runtime, router, store)?);
    all.extend(rows("a row of seven columns, with a text of 64 KB", LONG, runtime, router, store)?);
    Ok(all)
}

/// The rows of articles with these ids and more.
fn rows<S: Store>(title: &str, first: i64, runtime: &Runtime, router: &Router, store: &S) -> Result<Vec<Value>> {
    let client = |path: &str| Client::new(router, runtime, path, first.., true);
    let contenders = vec![
        Contender::new("the row loaded, 304", client("whole-row")?),
        Contender::new("its stamp, 304", client("row")?),
    ];
    compared(title, contenders, store)
}

fn compared<S: Store>(title: &str, contenders: Vec<Contender<'_>>, store: &S) -> Result<Vec<Value>> {
    let figures = compare(contenders, store)?;
    print(&format!("{}, {title}", S::NAME), &figures);
    let to_json = |Figures { name, requests, ratio, .. }: &Figures| json!({ "title": title, "name": name, "requests": requests, "ratio": ratio });
    Ok(figures.iter().map(to_json).collect())
}

/// As many as [`Client`] may ask for, and more.
fn ids() -> impl Iterator<Item = i64> {
    1..
}

fn aggregated(children: Children) -> &'static str {
    match children {
        Children::Rows => "stamp, a row for each comment, 304",
        Children::Json => "stamp, comments as JSON, 304",
        Children::Arrays => "stamp, comments as an array, 304",
        Children::Numbers => "stamp, comments as a text of numbers, 304",
    }
}

fn print(title: &str, figures: &[Figures]) {
    println!("\n{title:<44} {:>10} {:>8} {:>10} {:>6}", "requests/s", "ratio", "statements", "rows");
    for Figures { name, requests, ratio, usage } in figures {
        println!("  {name:<42} {requests:>10.0} {ratio:>8.2} {:>10} {:>6}", usage.statements, usage.rows);
    }
}

fn to_json(database: &str, comments: usize, figures: &Figures) -> Value {
    json!({ "database": database, "comments": comments, "name": figures.name, "ratio": figures.ratio })
}

/// For `plot.py`, and for `docs/performance.md`.
fn save(name: &str, figures: &Value) -> Result<()> {
    let path = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../target").join(name);
    fs::create_dir_all(path.parent().context("a folder")?)?;
    fs::write(&path, format!("{figures:#}\n")).with_context(|| path.display().to_string())?;
    println!("\nwritten to target/{name}");
    Ok(())
}
