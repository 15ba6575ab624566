//! Everything that was measured, by name.

use anyhow::{Context as _, Result};

use crate::figures::{self, Allocations, Compile, Counts, Load, Note, Time};

pub(super) struct Measured {
    pub(super) times: Vec<Time>,
    pub(super) loads: Vec<Load>,
    pub(super) derives: Vec<Compile>,
    pub(super) notes: Vec<Note>,
    allocations: Allocations,
    counts: Counts,
}

impl Measured {
    pub(super) fn load() -> Result<Measured> {
        Ok(Measured {
            times: figures::load("times")?,
            loads: figures::load("load")?,
            derives: figures::load("compile")?,
            notes: figures::load("notes")?,
            allocations: figures::load("allocations")?,
            counts: figures::load("instructions")?,
        })
    }

    pub(super) fn time(&self, group: &str, key: &str) -> Result<&Time> {
        let time = self.times.iter().find(|time| time.group == group && time.key == key);
        time.with_context(|| format!("the time of {group}/{key}"))
    }

    pub(super) fn allocations(&self, group: &str, key: &str) -> Result<u64> {
        let name = format!("{group}/{key}");
        self.allocations.0.get(&name).copied().with_context(|| format!("the allocations of {name}"))
    }

    /// Without those of SHA-256.
    pub(super) fn instructions(&self, group: &str, key: &str) -> Result<u64> {
        let name = format!("{group}/{key}");
        let counted = self.counts.0.get(&name).with_context(|| format!("the instructions of {name}"))?;
        Ok(counted.without_hash())
    }

    pub(super) fn requests(&self, scenario: &str, key: &str) -> Result<&Load> {
        let load = self.loads.iter().find(|load| load.scenario == scenario && load.key == key);
        load.with_context(|| format!("{scenario}/{key} over loopback"))
    }

    /// Of a hundred structs, by which it can be told.
    pub(super) fn derive(&self, name: &str) -> Result<&Compile> {
        let derive = self.derives.iter().find(|derive| derive.structs == 100 && derive.derive == name);
        derive.with_context(|| format!("what a derive of {name} costs"))
    }

    pub(super) fn note(&self, title: &str, name: &str) -> Result<&Note> {
        let note = self.notes.iter().find(|note| note.title == title && note.name == name);
        note.with_context(|| format!("SQLite: {title}, {name}"))
    }
}
