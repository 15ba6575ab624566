//! What was measured, kept in `target/performance` from one program to the next.

use std::collections::BTreeMap;
use std::fs;
use std::path::PathBuf;

use anyhow::{Context as _, Result};
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};

/// By `group/contender`.
#[derive(Serialize, Deserialize)]
pub(crate) struct Allocations(pub(crate) BTreeMap<String, u64>);

/// By `group/contender`.
#[derive(Serialize, Deserialize)]
pub(crate) struct Counts(pub(crate) BTreeMap<String, Instructions>);

/// Of one call, by whose they are.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize, Deserialize)]
pub(crate) struct Instructions {
    /// SHA-256 in software, since valgrind hides the instructions that processors have for it.
    pub(crate) hash: u64,
    /// The C library, which is that of the machine: what allocates, copies and compares.
    pub(crate) library: u64,
    /// Everything that is Rust.
    pub(crate) rust: u64,
}

impl Instructions {
    pub(crate) fn without_hash(self) -> u64 {
        self.rust + self.library
    }
}

/// One contender.
#[derive(Serialize, Deserialize)]
pub(crate) struct Time {
    pub(crate) group: String,
    pub(crate) title: String,
    pub(crate) key: String,
    pub(crate) name: String,
    pub(crate) nanoseconds: f64,
    /// To the first of its group.
    pub(crate) ratio: f64,
}

/// One server over loopback.
#[derive(Serialize, Deserialize)]
pub(crate) struct Load {
    pub(crate) scenario: String,
    pub(crate) title: String,
    pub(crate) key: String,
    pub(crate) name: String,
    /// In a second of one processor.
    pub(crate) requests: f64,
    /// To the requests of constant answers.
    pub(crate) ratio: f64,
    /// Milliseconds.
    pub(crate) median: f64,
    /// Milliseconds.
    pub(crate) percentile_99: f64,
}

/// What one derive adds to the time of a check.
#[derive(Serialize, Deserialize)]
pub(crate) struct Compile {
    pub(crate) structs: u32,
    pub(crate) derive: String,
    /// Of a processor, for each struct.
    pub(crate) milliseconds: f64,
    pub(crate) uncertainty: f64,
}

/// One way to answer a `304` from SQLite.
#[derive(Serialize, Deserialize)]
pub(crate) struct Note {
    pub(crate) title: String,
    pub(crate) name: String,
    pub(crate) requests: f64,
    pub(crate) ratio: f64,
}

pub(crate) fn save(name: &str, figures: &impl Serialize) -> Result<()> {
    let path = path(name);
    fs::create_dir_all(path.parent().context("a folder")?)?;
    let json = serde_json::to_string_pretty(figures)?;
    fs::write(&path, json + "\n").with_context(|| path.display().to_string())
}

pub(crate) fn load<T: DeserializeOwned>(name: &str) -> Result<T> {
    let path = path(name);
    let advice = || format!("{} was not measured; `cargo xtask bench report` does it", path.display());
    let json = fs::read_to_string(&path).with_context(advice)?;
    serde_json::from_str(&json).with_context(|| path.display().to_string())
}

/// The folder of the project.
pub(crate) fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("..")
}

fn path(name: &str) -> PathBuf {
    root().join("target/performance").join(name).with_extension("json")
}
